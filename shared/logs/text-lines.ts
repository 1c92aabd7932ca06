/**
 * The lines of a text, whatever system wrote it: each end of line counts once, and a line may be empty. A text of nothing but ends of
 * lines is many lines, and a pattern that looks for each takes ten times as long.
 */
export function textLines(text: string): string[] {
  return text.replaceAll('\r\n', '\n').replaceAll('\r', '\n').split('\n');
}
