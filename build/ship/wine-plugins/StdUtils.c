#include "plugin.h"
#include <shellapi.h>
/* Looks for /name, -name or --name, with or without =value, among the installer's arguments. */
static BOOL argument(const wchar_t *name, wchar_t *value) {
  int count = 0;
  BOOL found = FALSE;
  LPWSTR *list = CommandLineToArgvW(GetCommandLineW(), &count);
  const size_t length = wcslen(name);
  for (int at = 1; at < count && !found; at++) {
    const wchar_t *word = list[at] + wcsspn(list[at], L"-/");
    if (word == list[at] || _wcsnicmp(word, name, length) != 0) continue;
    found = word[length] == 0 || word[length] == L'=';
    if (word[length] == L'=' && value) lstrcpynW(value, word + length + 1, TEXT_MAX);
  }
  LocalFree(list);
  return found;
}
PLUGIN(TestParameter) {
  EXDLL_INIT();
  wchar_t name[TEXT_MAX];
  pop(name);
  pushstring(argument(name, NULL) ? L"true" : L"false");
}
PLUGIN(GetParameter) {
  EXDLL_INIT();
  wchar_t value[TEXT_MAX], name[TEXT_MAX];
  pop(value);
  pop(name);
  argument(name, value);
  pushstring(value);
}
PLUGIN(GetAllParameters) {
  EXDLL_INIT();
  wchar_t truncate[TEXT_MAX];
  pop(truncate);
  const wchar_t *line = GetCommandLineW();
  const wchar_t stop = *line == L'"' ? L'"' : L' ';
  if (*line == L'"') line++;
  while (*line && *line != stop) line++;
  if (*line == L'"') line++;
  pushstring((wchar_t *)(line + wcsspn(line, L" ")));
}
PLUGIN(GetParentPath) {
  EXDLL_INIT();
  wchar_t path[TEXT_MAX];
  pop(path);
  wchar_t *cut = wcsrchr(path, L'\\');
  if (cut) *cut = 0;
  pushstring(path);
}
PLUGIN(ExecShellAsUser) {
  EXDLL_INIT();
  wchar_t arguments[TEXT_MAX], verb[TEXT_MAX], file[TEXT_MAX];
  pop(arguments);
  pop(verb);
  pop(file);
  pushstring((INT_PTR)ShellExecuteW(NULL, verb, file, arguments, NULL, SW_SHOWNORMAL) > 32 ? L"ok" : L"error");
}
