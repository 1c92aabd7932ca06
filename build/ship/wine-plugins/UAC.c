#include "plugin.h"
/* One instance, an administrator's: Wine knows no other. The number is the plug-in's own name for what is asked. */
PLUGIN(_) {
  EXDLL_INIT();
  wchar_t asked[TEXT_MAX];
  pop(asked);
  if (wcscmp(asked, L"0") == 0) {
    setuservariable(INST_0, L"0");
    setuservariable(INST_1, L"2");
    setuservariable(INST_3, L"1");
  } else if (wcscmp(asked, L"2") == 0)
    pushstring(L"1");
  else if (wcscmp(asked, L"3") == 0)
    pushstring(L"0");
  else if (wcscmp(asked, L"6") == 0)
    pushstring(L"12288");
}
