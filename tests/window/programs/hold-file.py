# Holds a file as a file server does for its clients: a write lease, for which everybody else's open has to wait or is refused.
# usage: hold-file.py FILE   Prints "held" and keeps it until killed. Linux only.
import fcntl
import os
import signal
import sys

signal.signal(signal.SIGIO, signal.SIG_IGN)
held = os.open(sys.argv[1], os.O_RDWR)
fcntl.fcntl(held, fcntl.F_SETLEASE, fcntl.F_WRLCK)
print("held", flush=True)
signal.pause()
