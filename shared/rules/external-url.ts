/** The vendor's two public sites; nothing else is ever opened from here (checklist row 15). */
const allowedHosts: ReadonlySet<string> = new Set(['databank.alientech.to', 'www.alientech-tools.com']);
const maxChars = 2_048;

/**
 * The normalised address when it may be opened in the person's browser, else null: https, one of the vendor's hosts exactly, no
 * credentials, no port, no control characters, at most 2048 characters.
 */
export function allowedExternalUrl(text: string): string | null {
  if (text.length > maxChars || /[\p{Cc}\s\\]/u.test(text) || !/^https:\/\/[a-z]/u.test(text)) return null;
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  const plain = url.protocol === 'https:' && url.username === '' && url.password === '' && url.port === '';
  const authority = /^https:\/\/([^/?#]*)/u.exec(text)?.[1] ?? '';
  return plain && authority === url.hostname && allowedHosts.has(url.hostname) ? url.href : null;
}
