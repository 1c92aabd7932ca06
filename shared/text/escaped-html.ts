const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Turns any text into text of a page: nothing anybody wrote may become markup. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/gu, (char) => entities[char] ?? '');
}
