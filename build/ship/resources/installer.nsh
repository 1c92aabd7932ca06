; What electron-builder's installer cannot know of this program; it takes this file into the installer and into the uninstaller.
; A workshop's data lies in %LOCALAPPDATA%\Officina Support, and stays there unless a person or --delete-app-data says otherwise.
!include LogicLib.nsh
!include FileFunc.nsh
!include WordFunc.nsh

!define OFFICINA_DATA "$LOCALAPPDATA\Officina Support"
!define OFFICINA_UPDATER "$LOCALAPPDATA\officina-support-updater"

; An older program cannot read the store of a newer one. $9 is the version that is there, from either kind of installation.
!macro officinaRefuseOlder HIVE
  ReadRegStr $9 ${HIVE} "${UNINSTALL_REGISTRY_KEY}" "DisplayVersion"
  ${If} $9 != ""
    ${VersionCompare} "$9" "${VERSION}" $8
    ${If} $8 == "1"
      MessageBox MB_OK|MB_ICONSTOP "$(officinaNewerIsThere)" /SD IDOK
      SetErrorLevel 3
      Quit
    ${EndIf}
  ${EndIf}
!macroend

!macro customHeader
  !ifdef LANG_ENGLISH
    LangString officinaNewerIsThere ${LANG_ENGLISH} "A newer version ($9) is installed on this PC. It was left as it is, with all data. To go back, uninstall it first."
    LangString officinaCollect ${LANG_ENGLISH} "Officina Support - Collect for support"
    LangString officinaDeleteData ${LANG_ENGLISH} "Delete the requests, drafts, files and proofs of the workshop on this PC too?$\r$\n${OFFICINA_DATA}"
  !endif
  !ifdef LANG_ITALIAN
    LangString officinaNewerIsThere ${LANG_ITALIAN} "Su questo PC c'è una versione più nuova ($9). È rimasta com'è, con tutti i dati. Per tornare indietro, prima disinstallala."
    LangString officinaCollect ${LANG_ITALIAN} "Officina Support - Raccogli per il supporto"
    LangString officinaDeleteData ${LANG_ITALIAN} "Cancellare anche le richieste, le bozze, i file e le prove dell'officina su questo PC?$\r$\n${OFFICINA_DATA}"
  !endif
!macroend

!macro customInit
  !insertmacro officinaRefuseOlder HKLM
  !insertmacro officinaRefuseOlder HKCU
!macroend

; For the day on which the program does not open: the evidence of the last failure into one file, without its window.
!macro customInstall
  CreateShortCut "$SMPROGRAMS\$(officinaCollect).lnk" "$INSTDIR\${APP_EXECUTABLE_FILENAME}" "--collect" "$INSTDIR\${APP_EXECUTABLE_FILENAME}" 0
!macroend

!macro customUnInstall
  ; In whichever language it was made.
  Delete "$SMPROGRAMS\Officina Support - Collect for support.lnk"
  Delete "$SMPROGRAMS\Officina Support - Raccogli per il supporto.lnk"
  ${IfNot} ${isUpdated}
    ; The data is the person's, also where the program is everybody's.
    ${If} $installMode == "all"
      SetShellVarContext current
    ${EndIf}
    RMDir /r "${OFFICINA_UPDATER}"
    ; A program that is gone is not started with the session any more.
    DeleteRegValue HKCU "Software\Microsoft\Windows\CurrentVersion\Run" "support.officina.desktop"
    DeleteRegValue HKCU "Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run" "support.officina.desktop"
    StrCpy $9 "keep"
    ${GetParameters} $8
    ClearErrors
    ${GetOptions} $8 "--delete-app-data" $7
    ${IfNot} ${Errors}
      StrCpy $9 "delete"
    ${ElseIfNot} ${Silent}
    ${AndIf} ${FileExists} "${OFFICINA_DATA}\*.*"
      MessageBox MB_YESNO|MB_ICONQUESTION|MB_DEFBUTTON2 "$(officinaDeleteData)" /SD IDNO IDNO +2
      StrCpy $9 "delete"
    ${EndIf}
    ${If} $9 == "delete"
      RMDir /r "${OFFICINA_DATA}"
    ${EndIf}
    ${If} $installMode == "all"
      SetShellVarContext all
    ${EndIf}
  ${EndIf}
!macroend

; The test in Wine says so: Wine's PowerShell and findstr answer 0 to everything, and the look for a running program would never end.
!ifdef OFFICINA_IN_WINE
  !macro customCheckAppRunning
  !macroend
!endif
