/** The process that stands for a session under way (FACT-TV-2). */
const sessionProgram = 'teamviewer_desktop.exe';
/** A QuickSupport as this program starts it, and as TeamViewer's own site names it. */
const quickSupports = ['teamviewerqs.exe', 'teamviewerqs_x64.exe'] as const;

/** Programs that are asked to close when a session is to end: installed, portable and QuickSupport, gentlest first. */
export const programsToClose = ['TeamViewer.exe', 'TeamViewerQS.exe', 'TeamViewerQS_x64.exe'] as const;

/** What of TeamViewer runs: itself, and the process of a session. Null where that cannot be told. */
export type TeamViewerProcesses = { readonly program: boolean | null; readonly session: boolean | null };

/**
 * What of TeamViewer is among all that runs (names in lower case, null without a list). The service does not count as TeamViewer
 * itself: an installed one has it running from the start of the PC to its end. A QuickSupport without the session process that an
 * installed TeamViewer has may hold the session itself: then that cannot be told (R-REMOTE-6).
 */
export function teamViewerAmong(names: ReadonlySet<string> | null): TeamViewerProcesses {
  if (names === null) return { program: null, session: null };
  const session = names.has(sessionProgram);
  const program = session || programsToClose.some((name) => names.has(name.toLowerCase()));
  const mayHoldIt = quickSupports.some((name) => names.has(name));
  return { program, session: session ? true : mayHoldIt ? null : false };
}
