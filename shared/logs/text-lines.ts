/**
 * The lines of a text, whatever system wrote it: each end of line counts once, and a line may be empty. A text of nothing but ends of
 * lines is many lines, and a pattern that looks for each takes ten times as long.
 */
export function textLines(text: string): string[] {
  return text.replaceAll('\r\n', '\n').replaceAll('\r', '\n').split('\n');
}

/** Lines of a LOG that are looked at for what broke: the last attempt stands at its end, and a file of nothing but short lines has many. */
const mostLines = 5_000;

/** The last lines of a text, in their order: at most five thousand. */
export function lastLines(text: string): string[] {
  return textLines(text).slice(-mostLines);
}
