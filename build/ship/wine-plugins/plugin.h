/* What the four stand-ins share. They take the place of NSIS plug-ins that Debian does not have, so that the installer's own script can be
   run in Wine. They are for that test only and are never shipped. */
#include <windows.h>
#include <nsis/pluginapi.h>
#define PLUGIN(name) void __declspec(dllexport) name(HWND window, int string_size, LPTSTR variables, stack_t **stacktop, extra_parameters *extra)
#define TEXT_MAX 2048
static void pop(wchar_t *into) {
  into[0] = 0;
  popstringn(into, TEXT_MAX);
}
BOOL WINAPI DllMain(HINSTANCE instance, DWORD reason, LPVOID reserved) { return TRUE; }
