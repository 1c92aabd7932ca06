/** What no other system can prove, by name. Each is named in every run elsewhere, so that nobody takes silence for a pass. */
export const onlyOnWindows = [
  'app.asar with one byte changed does not start (its integrity is looked after on Windows and macOS only)',
  "installer's real plug-ins, elevation (UAC) and SmartScreen",
  'signature of the installer and of every .exe, .dll and .node verified by Windows',
];
