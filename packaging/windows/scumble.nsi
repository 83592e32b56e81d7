; Installs Scumble for one user, without administrator rights. Compiled by make_setup.py, which defines
; VERSION, VERSION_OF_FOUR_NUMBERS, BUNDLE (the folder to install), ICON, OUTPUT and KILOBYTES; TARGET if another than NSIS's own.
; Silent: /S, another folder: /D=C:\Folder (last). Exit code 3: Scumble is running.

Unicode true
!ifdef TARGET
Target ${TARGET}
!endif
!include MUI2.nsh
!include FileFunc.nsh

!define UNINSTALL_KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\Scumble"
!define CLASSES "Software\Classes"
!define STYLE_CLASS "Scumble.Style"
!define APP_PATHS "Software\Microsoft\Windows\CurrentVersion\App Paths"

Name "Scumble"
OutFile "${OUTPUT}"
SetCompressor /SOLID lzma
SetCompressorDictSize 64
RequestExecutionLevel user
InstallDir "$LOCALAPPDATA\Programs\Scumble"
InstallDirRegKey HKCU "${UNINSTALL_KEY}" "InstallLocation"
ManifestDPIAware true
BrandingText "Scumble ${VERSION}"
VIProductVersion "${VERSION_OF_FOUR_NUMBERS}"
VIAddVersionKey /LANG=0 "ProductName" "Scumble"
VIAddVersionKey /LANG=0 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=0 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=0 "FileDescription" "Installs Scumble"
VIAddVersionKey /LANG=0 "LegalCopyright" "Apache License 2.0"

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_ABORTWARNING
!define MUI_FINISHPAGE_RUN "$INSTDIR\scumble-window.exe"
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "SimpChinese"

LangString RUNNING ${LANG_ENGLISH} "Scumble is running. Close it, then start again."
LangString RUNNING ${LANG_SIMPCHINESE} "Scumble 正在运行。请关闭它，然后重试。"
LangString FOREIGN ${LANG_ENGLISH} "The folder $INSTDIR holds other files. Choose an empty one."
LangString FOREIGN ${LANG_SIMPCHINESE} "文件夹 $INSTDIR 中有其他文件。请选择一个空文件夹。"
LangString STYLE ${LANG_ENGLISH} "Scumble style"
LangString STYLE ${LANG_SIMPCHINESE} "Scumble 风格"

; Ends with exit code 3 if a program of the folder is running: a running program cannot be opened for writing.
!macro STOP_IF_RUNNING NAME ID
    IfFileExists "$INSTDIR\${NAME}" 0 stopped_${ID}
    ClearErrors
    FileOpen $0 "$INSTDIR\${NAME}" a
    IfErrors running_${ID}
    FileClose $0
    Goto stopped_${ID}
running_${ID}:
    MessageBox MB_OK|MB_ICONSTOP "$(RUNNING)" /SD IDOK
    SetErrorLevel 3
    Quit
stopped_${ID}:
!macroend

Section "Scumble"
    !insertmacro STOP_IF_RUNNING "scumble-window.exe" window
    !insertmacro STOP_IF_RUNNING "scumble.exe" command
    ; An upgrade in place: files that the new version no longer has must not stay. Only a folder of ours is emptied.
    IfFileExists "$INSTDIR\_internal\*.*" 0 fresh
    IfFileExists "$INSTDIR\uninstall.exe" old 0
    MessageBox MB_OK|MB_ICONSTOP "$(FOREIGN)" /SD IDOK
    SetErrorLevel 2
    Quit
old:
    RMDir /r "$INSTDIR\_internal"
fresh:
    SetOutPath "$INSTDIR"
    File /r "${BUNDLE}\*.*"
    WriteUninstaller "$INSTDIR\uninstall.exe"

    SetShellVarContext current
    CreateShortcut "$SMPROGRAMS\Scumble.lnk" "$INSTDIR\scumble-window.exe"

    WriteRegStr HKCU "${CLASSES}\.scumble" "" "${STYLE_CLASS}"
    WriteRegStr HKCU "${CLASSES}\.scumble" "Content Type" "application/x-scumble-style"
    WriteRegStr HKCU "${CLASSES}\${STYLE_CLASS}" "" "$(STYLE)"
    WriteRegStr HKCU "${CLASSES}\${STYLE_CLASS}\DefaultIcon" "" "$INSTDIR\scumble-window.exe,0"
    WriteRegStr HKCU "${CLASSES}\${STYLE_CLASS}\shell\open\command" "" '"$INSTDIR\scumble-window.exe" "%1"'
    WriteRegStr HKCU "${CLASSES}\Applications\scumble-window.exe\shell\open\command" "" '"$INSTDIR\scumble-window.exe" "%1"'
    WriteRegStr HKCU "${CLASSES}\Applications\scumble-window.exe" "FriendlyAppName" "Scumble"
    WriteRegStr HKCU "${APP_PATHS}\scumble.exe" "" "$INSTDIR\scumble.exe"
    WriteRegStr HKCU "${APP_PATHS}\scumble-window.exe" "" "$INSTDIR\scumble-window.exe"

    WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayName" "Scumble"
    WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayVersion" "${VERSION}"
    WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayIcon" "$INSTDIR\scumble-window.exe"
    WriteRegStr HKCU "${UNINSTALL_KEY}" "Publisher" "Scumble developers"
    WriteRegStr HKCU "${UNINSTALL_KEY}" "InstallLocation" "$INSTDIR"
    WriteRegStr HKCU "${UNINSTALL_KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
    WriteRegStr HKCU "${UNINSTALL_KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
    WriteRegDWORD HKCU "${UNINSTALL_KEY}" "EstimatedSize" ${KILOBYTES}
    WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoModify" 1
    WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoRepair" 1
    ${RefreshShellIcons}
SectionEnd

; The user's styles, settings and log are in other folders, and stay.
Section "Uninstall"
    !insertmacro STOP_IF_RUNNING "scumble-window.exe" window
    !insertmacro STOP_IF_RUNNING "scumble.exe" command
    SetShellVarContext current
    Delete "$SMPROGRAMS\Scumble.lnk"
    RMDir /r "$INSTDIR\_internal"
    Delete "$INSTDIR\scumble.exe"
    Delete "$INSTDIR\scumble-window.exe"
    Delete "$INSTDIR\uninstall.exe"
    RMDir "$INSTDIR"
    DeleteRegKey HKCU "${UNINSTALL_KEY}"
    DeleteRegKey HKCU "${CLASSES}\${STYLE_CLASS}"
    DeleteRegKey HKCU "${CLASSES}\Applications\scumble-window.exe"
    DeleteRegKey HKCU "${APP_PATHS}\scumble.exe"
    DeleteRegKey HKCU "${APP_PATHS}\scumble-window.exe"
    ReadRegStr $0 HKCU "${CLASSES}\.scumble" ""
    StrCmp $0 "${STYLE_CLASS}" 0 +2
    DeleteRegKey HKCU "${CLASSES}\.scumble"
    ${RefreshShellIcons}
SectionEnd
