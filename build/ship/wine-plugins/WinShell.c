#include "plugin.h"
/* Names on shortcuts and the pinned list: nothing in Wine shows them. What was put on the stack is taken off it. */
static void forget(int words) {
  wchar_t word[TEXT_MAX];
  while (words-- > 0) pop(word);
}
PLUGIN(SetLnkAUMI) {
  EXDLL_INIT();
  forget(2);
}
PLUGIN(UninstAppUserModelId) {
  EXDLL_INIT();
  forget(1);
}
PLUGIN(UninstShortcut) {
  EXDLL_INIT();
  forget(1);
}
