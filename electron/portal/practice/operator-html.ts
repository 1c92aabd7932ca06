import { escaped } from '../../../shared/text/escaped-html.ts';
import type { WireMessage, WireTicket } from '../../../shared/portal/wire.ts';
import words from './operator-page-words.json' with { type: 'json' };
import { operatorStyle } from './operator-style.ts';
import type { PracticeSessions } from './practice-sessions.ts';
import { type PracticeMode, practiceModes } from './practice-bulletin.ts';
import type { PracticeDesk } from './practice-desk.ts';

export type PageLanguage = keyof typeof words;
type Words = (typeof words)[PageLanguage];

function form(base: string, action: string, inner: string, label: string): string {
  return `<form method="post" action="${escaped(`${base}/${action}`)}">${inner}<button>${escaped(label)}</button></form>`;
}

function messageHtml(message: WireMessage, text: Words): string {
  const author =
    message.author.kind === 'operator'
      ? message.author.name
      : message.author.kind === 'customer'
        ? text.customer
        : text[message.author.event];
  const files =
    message.attachments.length === 0
      ? ''
      : `<p>${text.files}: ${message.attachments.map((file) => escaped(file.name)).join(', ')}</p>`;
  return `<li><b>${escaped(author)}</b> <time>${escaped(message.at)}</time><pre>${escaped(message.text)}</pre>${files}</li>`;
}

function ticketHtml(
  base: string,
  ticket: WireTicket,
  messages: readonly WireMessage[],
  told: string | null,
  text: Words,
): string {
  const at = `tickets/${encodeURIComponent(ticket.number)}`;
  const actions =
    ticket.state === 'closed'
      ? ''
      : `${form(base, `${at}/assign`, '', text.assign)}${form(base, `${at}/answer`, `<textarea name="text" required maxlength="60000" aria-label="${text.answer}"></textarea>`, text.answer)}${form(base, `${at}/ask-for-session`, '', text.askForSession)}${told === null ? '' : `<p>${text.toldInPrivate}: <code>${escaped(told)}</code></p>${form(base, `${at}/connect`, '', text.connect)}`}${form(base, `${at}/end-session`, '', text.endSession)}${form(base, `${at}/close`, '', text.close)}`;
  return `<article><h3>${escaped(ticket.number)} ${escaped(ticket.subject)} (${text[ticket.state]})</h3><pre>${escaped(ticket.body)}</pre><ol>${messages.map((message) => messageHtml(message, text)).join('')}</ol>${actions}</article>`;
}

function modeHtml(base: string, mode: PracticeMode, text: Words): string {
  const options = practiceModes
    .map((name) => `<option value="${name}"${name === mode ? ' selected' : ''}>${text[name]}</option>`)
    .join('');
  return form(base, 'mode', `<label>${text.mode} <select name="mode">${options}</select></label>`, text.set);
}

function noticeHtml(base: string, text: Words): string {
  const field = (name: string, label: string, type: string, required: boolean): string =>
    `<label>${label} <input name="${name}" type="${type}"${required ? ' required' : ''}></label> `;
  const kinds = (['info', 'closure', 'maintenance'] as const)
    .map((kind) => `<option value="${kind}">${text[kind]}</option>`)
    .join('');
  return `<h2>${text.notice}</h2>${form(base, 'notices', `<select name="kind" aria-label="${text.notice}">${kinds}</select> ${field('it', text.titleIt, 'text', true)}${field('en', text.titleEn, 'text', true)}${field('startsAt', text.starts, 'datetime-local', true)}${field('endsAt', text.ends, 'datetime-local', false)}`, text.publish)}`;
}

/** The whole operator page. `base` is its own address with its token. */
export function operatorHtml(
  desk: PracticeDesk,
  remote: PracticeSessions,
  base: string,
  language: PageLanguage,
): string {
  const text = words[language];
  const tickets = desk.tickets();
  const list =
    tickets.length === 0
      ? `<p>${text.none}</p>`
      : tickets
          .map((ticket) =>
            ticketHtml(base, ticket, desk.messagesOf(ticket.number), remote.toldOf(ticket.number), text),
          )
          .join('');
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><title>${text.title}</title><style>${operatorStyle}</style></head><body><h1>${text.title}</h1>${modeHtml(base, desk.mode(), text)}<h2>${text.tickets}</h2>${list}${noticeHtml(base, text)}</body></html>`;
}
