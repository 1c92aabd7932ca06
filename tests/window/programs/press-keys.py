"""Presses keys together as a keyboard would, through the XTest extension: press-keys.py Control_L Alt_L Shift_L t"""
import ctypes
import sys
import time

x11 = ctypes.CDLL("libX11.so.6")
xtst = ctypes.CDLL("libXtst.so.6")
x11.XOpenDisplay.restype = ctypes.c_void_p
x11.XStringToKeysym.restype = ctypes.c_ulong
display = ctypes.c_void_p(x11.XOpenDisplay(None))
if not display:
    sys.exit("no display")
codes = [x11.XKeysymToKeycode(display, ctypes.c_ulong(x11.XStringToKeysym(name.encode()))) for name in sys.argv[1:]]
for down, order in ((1, codes), (0, codes[::-1])):
    for code in order:
        xtst.XTestFakeKeyEvent(display, code, down, ctypes.c_ulong(0))
        x11.XSync(display, 0)
        time.sleep(0.05)
