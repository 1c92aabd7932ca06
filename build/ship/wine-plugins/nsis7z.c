#include "plugin.h"
#include <stdio.h>
/* Unpacks into $OUTDIR with the 7z.exe that the test names in OFFICINA_7Z. */
PLUGIN(Extract) {
  EXDLL_INIT();
  wchar_t archive[TEXT_MAX], tool[TEXT_MAX], line[3 * TEXT_MAX];
  STARTUPINFOW how = {.cb = sizeof how};
  PROCESS_INFORMATION program;
  DWORD code = 1;
  pop(archive);
  if (GetEnvironmentVariableW(L"OFFICINA_7Z", tool, TEXT_MAX)) {
    swprintf(line, 3 * TEXT_MAX, L"\"%ls\" x -y -bd -o\"%ls\" \"%ls\"", tool, getuservariable(INST_OUTDIR), archive);
    if (CreateProcessW(NULL, line, NULL, NULL, FALSE, CREATE_NO_WINDOW, NULL, NULL, &how, &program)) {
      WaitForSingleObject(program.hProcess, INFINITE);
      GetExitCodeProcess(program.hProcess, &code);
    }
  }
  if (code != 0) extra->exec_flags->exec_error = 1;
}
