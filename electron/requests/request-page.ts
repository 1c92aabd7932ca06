import { displayName } from '../../shared/domain/display-name.ts';
import type { Language } from '../../shared/domain/ids.ts';
import { portalKinds } from '../../shared/domain/portal-kind.ts';
import type { Message } from '../../shared/domain/ticket.ts';
import { sizeText } from '../../shared/i18n/amounts.ts';
import { createTranslator, localeOf, type Translate } from '../../shared/i18n/translator.ts';
import { escaped } from '../../shared/text/escaped-html.ts';
import type { ListedFile } from './export-folder.ts';
import type { ExportRequest } from './request-in-words.ts';

const style =
  'body{font:11pt/1.5 system-ui,sans-serif;color:#222;background:#fff;margin:0 auto;max-width:46em;padding:24px}h1{font-size:18pt;line-height:1.25;margin:0 0 4pt;overflow-wrap:anywhere}h2{font-size:12pt;margin:20pt 0 4pt;break-after:avoid}table{border-collapse:collapse;width:100%}th{text-align:left;font-weight:600;width:32%;vertical-align:top}th,td{padding:3pt 8pt 3pt 0;border-top:.5pt solid #ccc;overflow-wrap:anywhere}.words{white-space:pre-wrap;overflow-wrap:anywhere;margin:4pt 0}.entry{border-top:.5pt solid #ccc;padding:8pt 0}.who{font-weight:600}.event,.small{color:#555;font-size:9.5pt}.mark{border:1.5pt solid #a33;padding:4pt 8pt;display:inline-block;font-weight:700}ul{margin:0;padding-left:16pt}li{overflow-wrap:anywhere}@media print{body{padding:0;max-width:none}}';

/** "28 nov 2026, 23:29" on the clock of the vendor's support in Italy. */
function when(instant: string, language: Language): string {
  return new Intl.DateTimeFormat(localeOf(language), {
    timeZone: 'Europe/Rome',
    dateStyle: 'medium',
    timeStyle: 'short',
  }).format(Date.parse(instant));
}

const row = (label: string, value: string): string =>
  `<tr><th>${escaped(label)}</th><td>${escaped(value)}</td></tr>`;

function entry(
  { author, text, attachments, at, delivery }: Message,
  t: Translate,
  language: Language,
): string {
  const time = when(at, language);
  if (author.kind === 'system')
    return `<div class="entry event">${escaped(`${time} · ${t(`systemEvent.${author.event}`, { detail: displayName(author.detail) })}`)}</div>`;
  // One line each, whatever the name holds: nobody speaks here in another's name.
  const who = author.kind === 'operator' ? displayName(author.name) : t('export.you');
  const files = attachments
    .map((file) => `<li>${escaped(`${displayName(file.name)} (${sizeText(file.sizeBytes, language)})`)}</li>`)
    .join('');
  const state = delivery === 'delivered' ? '' : ` · ${t('export.notSentYet')}`;
  return `<div class="entry"><span class="who">${escaped(who)}</span> <span class="small">${escaped(time + state)}</span>${
    text === '' ? '' : `<p class="words">${escaped(text)}</p>`
  }${files === '' ? '' : `<ul>${files}</ul>`}</div>`;
}

function facts({ text, terms, standing }: ExportRequest, t: Translate): string {
  const { language } = text;
  const rows = [
    ...(standing === null
      ? [row(t('export.state'), t('export.draft'))]
      : [
          row(t('export.number'), standing.number ?? t('export.noNumber')),
          row(t('export.state'), t(`ticketState.${standing.state}`)),
          row(t('export.sent'), when(standing.sentAt, language)),
          ...(standing.receivedAt === null
            ? []
            : [row(t('export.received'), when(standing.receivedAt, language))]),
          ...(standing.operator === null ? [] : [row(t('export.operator'), displayName(standing.operator))]),
        ]),
    ...(terms === null
      ? []
      : [
          row(
            t('export.terms'),
            t('export.termsAccepted', { version: terms.version, time: when(terms.acceptedAt, language) }),
          ),
        ]),
  ];
  return `<table>${rows.join('')}</table>`;
}

/**
 * A request as a document in its own language: what was asked, with which files, and what was said since. One page that needs nothing
 * beside it: no script, no address, nothing fetched; everything anybody wrote is text.
 */
export function requestPage(
  request: ExportRequest,
  files: readonly ListedFile[],
  missing: readonly string[],
): string {
  const { language, subject, body } = request.text;
  const t = createTranslator(language);
  const listed = files
    .filter(({ kept }) => kept)
    .map(
      (file) =>
        `<li>${escaped(`${displayName(file.original)} (${sizeText(file.sizeBytes, language)})`)}</li>`,
    )
    .join('');
  const absent = missing.map((name) => `<li>${escaped(displayName(name))}</li>`).join('');
  const said = request.conversation
    .filter(({ delivery }) => delivery !== 'withdrawn')
    .map((message) => entry(message, t, language))
    .join('');
  return [
    `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"><meta name="viewport" content="width=device-width"><title>${escaped(subject)}</title><style>${style}</style></head><body>`,
    `<h1>${escaped(subject)}</h1>`,
    request.standing !== null && portalKinds[request.standing.realm].isPractice
      ? `<p class="mark">${escaped(t('export.practice'))}</p>`
      : '',
    facts(request, t),
    `<h2>${escaped(t('export.asked'))}</h2><p class="words">${escaped(body)}</p>`,
    `<h2>${escaped(t('export.files'))}</h2>${listed === '' ? `<p>${escaped(t('review.noFiles'))}</p>` : `<ul>${listed}</ul>`}`,
    absent === ''
      ? ''
      : `<p>${escaped(t('manual.missingText', { count: missing.length }))}</p><ul>${absent}</ul>`,
    said === '' ? '' : `<h2>${escaped(t('export.conversation'))}</h2>${said}`,
    `<p class="small">${escaped(t('export.zone'))}</p></body></html>`,
  ].join('\n');
}
