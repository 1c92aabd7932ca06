import type { ToolRefusal } from '../domain/remote-tool.ts';

/** Names TeamViewer gives its programs (FACTS section 4); a custom-named QuickSupport is found only where its maker put it. */
const programNames: ReadonlySet<string> = new Set(['teamviewer.exe', 'teamviewerqs.exe', 'teamviewerqs_x64.exe']);

/**
 * Whether a path from the registry or a known folder may be looked at: a plain absolute path on a drive of this PC, written out,
 * to a program with one of TeamViewer's names. Anything that a shell, a variable or the network could make into something else is
 * refused, not cleaned (R-REMOTE-2, T9). Null: it may.
 */
export function windowsPathRefusal(path: string): ToolRefusal | null {
  if (/^[\\/]{2}/u.test(path)) return 'path-network';
  if (/["'`]/u.test(path)) return 'path-quotes';
  if (/[%$]/u.test(path)) return 'path-variables';
  if (!/^[a-z]:\\/iu.test(path) || path.length > 259) return 'path-odd';
  const parts = path.slice(3).split('\\');
  const odd = parts.some((part) => part === '' || /^\.+$/u.test(part) || /[ .]$/u.test(part) || /[/:*?<>|\p{Cc}\p{Cf}]/u.test(part));
  if (odd) return 'path-odd';
  return programNames.has((parts.at(-1) ?? '').toLowerCase()) ? null : 'path-odd';
}
