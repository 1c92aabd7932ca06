/** The process that stands for a session under way (FACTS section 4). */
const sessionProgram = 'teamviewer_desktop.exe';
/** A QuickSupport as this program starts it, and as TeamViewer's own site names it. */
const quickSupports = ['teamviewerqs.exe', 'teamviewerqs_x64.exe'] as const;

/** Programs that are asked to close when a session is to end: installed, portable and QuickSupport, gentlest first. */
export const programsToClose = ['TeamViewer.exe', 'TeamViewerQS.exe', 'TeamViewerQS_x64.exe'] as const;

/**
 * Whether the session's process runs, by the names of all that run (in lower case); null where that cannot be told: no list, or a
 * QuickSupport without the process of its own that an installed TeamViewer has, for it may hold the session itself (R-REMOTE-6).
 */
export function sessionProcessAmong(names: ReadonlySet<string> | null): boolean | null {
  if (names === null) return null;
  if (names.has(sessionProgram)) return true;
  return quickSupports.some((name) => names.has(name)) ? null : false;
}
