import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { exportRequest } from '../../electron/requests/export-request.ts';
import type { ExportRequest } from '../../electron/requests/request-in-words.ts';
import { requestPage } from '../../electron/requests/request-page.ts';
import {
  type Language,
  messageIdSchema,
  ticketIdSchema,
  ticketNumberSchema,
} from '../../shared/domain/ids.ts';
import type { Message } from '../../shared/domain/ticket.ts';
import { freshFolder } from '../fixtures/fresh-folder.ts';

const ticketId = ticketIdSchema.parse('3f2c8a10-1111-4111-8111-000000000001');
const at = '2026-11-28T22:29:30.836Z';
const said = (
  author: Message['author'],
  text: string,
  attachments: Message['attachments'] = [],
): Message => ({
  id: messageIdSchema.parse('3f2c8a10-1111-4111-8111-000000000002'),
  ticketId,
  author,
  text,
  attachments,
  at,
  delivery: 'delivered',
  read: true,
});

const request = (language: Language): ExportRequest => ({
  name: 'P-000004',
  text: { language, subject: 'K-TAG <b>Master</b>', body: 'Line one\n<script>alert(1)</script>' },
  files: [],
  lost: [],
  conversation: [
    said({ kind: 'system', event: 'session-requested', detail: 'Sara' }, ''),
    said({ kind: 'operator', name: 'Sara\nMario' }, 'Manda il LOG <img src=x>'),
    said({ kind: 'customer' }, 'Ecco', [
      { evidenceId: null, name: 'ktag.log', sizeBytes: 2_048, sha256: null },
    ]),
    { ...said({ kind: 'customer' }, 'withdrawn words'), delivery: 'withdrawn' },
  ],
  terms: null,
  standing: {
    number: ticketNumberSchema.parse('P-000004'),
    state: 'waiting-customer',
    operator: 'Sara',
    receivedAt: at,
    realm: 'practice',
    sentAt: at,
  },
});
const file = { name: 'ktag.log', original: 'ktag.log', sizeBytes: 2_048, sha256: 'a'.repeat(64), kept: true };

test('page of a request speaks its language and the clock of the support, without a code or a raw instant', () => {
  const italian = requestPage(request('it'), [file], ['perso.log']);
  for (const words of [
    'La richiesta',
    'Sara chiede una sessione remota',
    '28 nov 2026, 23:29',
    'ktag.log (2 KB)',
    'perso.log',
    'Portale di prova',
  ])
    expect(italian).toContain(words);
  const english = requestPage(request('en'), [], []);
  for (const words of [
    'The request',
    'Sara asks for a remote session',
    '28 Nov 2026, 23:29',
    'Practice portal',
  ])
    expect(english).toContain(words);
  for (const raw of ['session-requested', 'customer', at, 'withdrawn words']) {
    expect(italian).not.toContain(raw);
    expect(english).not.toContain(raw);
  }
});

test('THREAT-4: nothing anybody wrote becomes markup, and the page fetches nothing', () => {
  const page = requestPage(request('it'), [{ ...file, original: '"><img src=x>.log' }], []);
  expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  expect(page).not.toMatch(/<(?:script|img|b|a|link|iframe)\b/u);
  expect(page).not.toMatch(/https?:/u);
  expect(page).toContain("default-src 'none'");
  expect(page).toContain('Sara');
});

const nobody = { verified: () => Promise.reject(new Error('no files')) };

test.each([
  ['it', 'Richiesta P-000004', ['elenco.json', 'richiesta.html', 'richiesta.pdf', 'richiesta.txt']],
  ['en', 'Request P-000004', ['list.json', 'request.html', 'request.pdf', 'request.txt']],
] as const)('saved request in %s is a page, the same as PDF, its text and a list, named in its language', async (language, name, names) => {
  const written = await exportRequest(freshFolder(), request(language), {
    frozenFiles: nobody,
    printPdf: async (html) => new Uint8Array(Buffer.from(`%PDF ${html.length}`)),
  });
  expect([
    basename(written.folder),
    readdirSync(written.folder).sort(),
    written.hasPdf,
    written.files,
  ]).toEqual([name, [...names], true, 0]);
  expect(readFileSync(join(written.folder, names[1]), 'utf8')).toContain('P-000004');
});

test('D2: request that cannot be printed is saved with its page, and the answer says so', async () => {
  const written = await exportRequest(freshFolder(), request('it'), {
    frozenFiles: nobody,
    printPdf: () => Promise.reject(new Error('no printer')),
  });
  expect([readdirSync(written.folder).sort(), written.hasPdf]).toEqual([
    ['elenco.json', 'richiesta.html', 'richiesta.txt'],
    false,
  ]);
});
