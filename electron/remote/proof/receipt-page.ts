import type { Language } from '../../../shared/domain/ids.ts';
import { escaped } from '../../../shared/text/escaped-html.ts';

/** One line of a receipt's table, both sides escaped. */
export const row = (label: string, value: string): string =>
  `<tr><th>${escaped(label)}</th><td>${escaped(value)}</td></tr>`;

/** A titled list, escaped; nothing at all where there are no items. */
export const list = (title: string, items: readonly string[]): string =>
  items.length === 0
    ? ''
    : `<h2>${escaped(title)}</h2><ul>${items.map((item) => `<li>${escaped(item)}</li>`).join('')}</ul>`;

const style =
  'body{font:11pt/1.45 sans-serif;color:#222;margin:0}h1{font-size:17pt;margin:0 0 4pt}h2{font-size:12pt;margin:14pt 0 4pt}table{border-collapse:collapse;width:100%}th{text-align:left;font-weight:600;width:34%;vertical-align:top}th,td{padding:3pt 6pt 3pt 0;border-top:.5pt solid #ccc;overflow-wrap:anywhere}ul{margin:0;padding-left:16pt}li{overflow-wrap:anywhere}.small{font-size:8.5pt;color:#555;overflow-wrap:anywhere}.mark{border:1.5pt solid #a33;padding:4pt 8pt;display:inline-block;font-weight:700}';

/**
 * A receipt as a page to be printed: no script, no address, nothing fetched.
 * @param mark a warning above everything, or null
 * @param body already escaped
 */
export function receiptPage(title: string, mark: string | null, body: string, language: Language): string {
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"><title>${escaped(title)}</title><style>${style}</style></head><body><h1>${escaped(title)}</h1>${mark === null ? '' : `<p class="mark">${escaped(mark)}</p>`}${body}</body></html>`;
}
