/** The vendor's two public sites; nothing else is ever opened from here (SEC-15). */
const allowedHosts: ReadonlySet<string> = new Set(['databank.alientech.to', 'www.alientech-tools.com']);
const maxChars = 2_048;

/**
 * The normalised address when it may be opened in the person's browser, else null: https, one of the vendor's hosts exactly, no
 * credentials, no port, no control characters, at most 2048 characters.
 */
export function allowedExternalUrl(text: string): string | null {
  if (text.length > maxChars || /[\p{Cc}\s\\]/u.test(text) || !URL.canParse(text)) return null;
  const url = new URL(text);
  // As it was written, between the scheme and the path, there must be the bare host: no name, no password, no port.
  const authority = /^https:\/\/([^/?#]*)/u.exec(text)?.[1];
  return authority === url.hostname && allowedHosts.has(authority) ? url.href : null;
}
