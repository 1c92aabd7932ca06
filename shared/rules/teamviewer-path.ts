import type { ToolRefusal } from '../domain/remote-tool.ts';

/** The program of an installed or portable TeamViewer (FACT-TV-1). */
const programName = 'teamviewer.exe';
/** A QuickSupport: TeamViewer's own names, names its makers give it, and what a browser makes of a second download. */
const quickSupportName = /^[\p{L}\p{N} _.-]*qs(?:_x64)?(?: ?\(\d{1,3}\))?\.exe$/iu;

const nameOf = (path: string): string => path.slice(path.lastIndexOf('\\') + 1).toLowerCase();

/** True for a path that ends in the name of a QuickSupport, which is one file and needs none beside it. */
export function isQuickSupport(path: string): boolean {
  return quickSupportName.test(nameOf(path));
}

/**
 * Whether a path from the registry, a known folder or the person's own choice may be looked at: a plain absolute path on a drive of this PC, written out,
 * to a program with one of TeamViewer's names. Anything that a shell, a variable or the network could make into something else is
 * refused, not cleaned (R-REMOTE-2, THREAT-9). Null: it may.
 */
export function windowsPathRefusal(path: string): ToolRefusal | null {
  if (/^[\\/]{2}/u.test(path)) return 'path-network';
  if (/["'`]/u.test(path)) return 'path-quotes';
  if (/[%$]/u.test(path)) return 'path-variables';
  if (!/^[a-z]:\\/iu.test(path) || path.length > 259) return 'path-odd';
  const parts = path.slice(3).split('\\');
  const odd = parts.some(
    (part) =>
      part === '' || /^\.+$/u.test(part) || /[ .]$/u.test(part) || /[/:*?<>|\p{Cc}\p{Cf}]/u.test(part),
  );
  if (odd) return 'path-odd';
  return nameOf(path) === programName || isQuickSupport(path) ? null : 'path-odd';
}
