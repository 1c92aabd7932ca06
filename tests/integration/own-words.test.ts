import { createServer, connect, type Socket } from 'node:net';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { ticketIdSchema, ticketNumberSchema } from '../../shared/domain/ids.ts';
import { startFaultyPortal } from '../portal/faulty-portal.ts';
import { temporaryFolder } from '../portal/portal-fixtures.ts';
import {
  freshFolder,
  noEvidence,
  type OpenedServices,
  openTestWorkshop,
  readyDraft,
  until,
} from './workshop-fixture.ts';

const stops: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop();
});

const words = { plate: 'ZX 987 QW', customer: 'Ernesto Quagliarella', note: 'paga tardi, sconto del 5 %' };
/** Parts of them by which they would be known anywhere. */
const marks = ['ZX 987 QW', 'zx987qw', 'quagliarella', 'paga tardi'];
const found = (text: string): string[] =>
  marks.filter((mark) => text.toLowerCase().includes(mark.toLowerCase()));

/** Everything the program says to the portal, byte by byte, and the portal behind it. */
async function overheard(): Promise<{
  readonly url: string;
  readonly token: string;
  readonly said: () => string;
}> {
  const folder = temporaryFolder();
  const portal = await startFaultyPortal({
    dataFolder: join(folder, 'portal'),
    journalFile: join(folder, 'journal.jsonl'),
  });
  stops.push(() => portal.stop());
  const said: Buffer[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(Number(new URL(portal.url).port), '127.0.0.1');
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
    }
    near.on('data', (bytes) => said.push(bytes));
    near.pipe(far).pipe(near);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stops.push(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: portal.url.replace(new URL(portal.url).port, String(address.port)),
    token: portal.token,
    said: () => Buffer.concat(said).toString('utf8'),
  };
}

async function workshop(target = freshFolder()): Promise<OpenedServices & { readonly said: () => string }> {
  const portal = await overheard();
  const opened = await openTestWorkshop(freshFolder(), {
    startPractice: async () => ({ url: portal.url, token: portal.token, stop: async () => undefined }),
    evidence: { ...noEvidence, dialogs: { chooseFiles: async () => [], chooseFolder: async () => target } },
    timing: { gapMs: 100, syncMs: 600_000 },
    random: () => 0.01,
  });
  stops.push(() => opened.services.stop());
  await opened.services.start();
  await until(() => opened.services.link.reach().reach === 'reached');
  return { ...opened, said: portal.said };
}

function everyFile(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((file) => statSync(file).isFile());
}

/** Which marks stand in a folder, by the file they stand in. */
function leaked(folder: string): readonly string[] {
  const files = everyFile(folder);
  expect(files.length).toBeGreaterThan(2);
  return files.flatMap((file) => found(readFileSync(file, 'utf8')).map((mark) => `${file}: ${mark}`));
}

test("R-PRIVACY-1: the workshop's own words are in nothing that is delivered, exported or noted, of a draft or a ticket", async () => {
  const target = freshFolder();
  const shop = await workshop(target);
  const { call, services } = shop;
  const draft = await readyDraft(shop);
  await call('saveOwnWords', { id: draft.id, words });
  expect((await call('draft', { id: draft.id })).own).toEqual(words);
  const review = await call('review', { id: draft.id });
  expect(review.own).toEqual({ plate: words.plate, customer: words.customer });
  expect(found(JSON.stringify(review.text))).toEqual([]);
  await call('exportRequest', { id: draft.id, unstored: null });
  await call('sendDraft', draft);
  await until(() => services.context.tickets.find(draft.id)?.number);
  await call('saveReply', { ticketId: draft.id, text: 'Ancora niente', evidenceIds: [] });
  await call('sendReply', { ticketId: draft.id });
  await until(() => services.context.outbox.open().length === 0);
  // It went, and all that was said is known.
  expect(shop.said()).toContain('Non trovo il driver');
  expect(shop.said()).toContain('Ancora niente');
  expect(found(shop.said())).toEqual([]);
  expect((await call('ticket', { id: draft.id })).own).toEqual(words);
  await call('exportRequest', { id: draft.id, unstored: null });
  await call('exportAudit', {});
  expect(found(JSON.stringify(await call('manualPackage', { id: draft.id })))).toEqual([]);
  expect(found(JSON.stringify((await call('auditPage', { kind: 'all', offset: 0 })).entries))).toEqual([]);
  // Of a draft that was removed as well.
  const gone = await readyDraft(shop, 'Un altro problema');
  await call('saveOwnWords', { id: gone.id, words });
  await call('removeDraft', { id: gone.id });
  await call('exportEverything', {});
  expect(leaked(target)).toEqual([]);
  expect(shop.faults).toEqual([]);
  const taken = await call('exportEverything', { withOwn: true });
  const own = readFileSync(join(taken?.folder ?? '', 'store/own_words.json'), 'utf8');
  expect(JSON.parse(own)).toEqual([{ ticket_id: draft.id, ...words }]);
});

test('plate and customer leave where a person chose so, as they were shown, and the note does not', async () => {
  const shop = await workshop();
  const { call, services } = shop;
  const draft = await readyDraft(shop);
  await call('saveOwnWords', { id: draft.id, words });
  const review = await call('review', { id: draft.id, withOwn: true });
  expect(review.text.body).toContain(`Targa: ${words.plate}\nCliente dell'officina: ${words.customer}`);
  expect(review.text.body).not.toContain('paga tardi');
  // Another plate than the one that was read: nothing leaves that nobody saw.
  await call('saveOwnWords', { id: draft.id, words: { ...words, plate: 'AA 000 AA' } });
  await expect(call('sendDraft', { ...draft, own: review.own })).rejects.toMatchObject({
    error: { code: 'draft.staleRevision' },
  });
  await call('saveOwnWords', { id: draft.id, words });
  await call('sendDraft', { ...draft, own: review.own });
  await until(() => services.context.tickets.find(draft.id)?.number);
  expect(found(shop.said())).toEqual(['ZX 987 QW', 'quagliarella']);
  expect((await call('ticket', { id: draft.id })).ticket.text).toEqual(review.text);
});

test('request is found by plate, customer or note, a begun draft is kept with them, and cleared they are nowhere', async () => {
  const shop = await openTestWorkshop();
  stops.push(() => shop.services.stop());
  const { call } = shop;
  const { id } = await call('beginDraft', { toolId: null });
  await call('saveOwnWords', { id, words });
  await call('beginDraft', { toolId: null });
  const ids = async (text: string) =>
    (await call('requests', { filter: 'all', text, offset: 0 })).rows.map((row) => row.id);
  let asked = 0;
  for (const text of ['ZX987QW', 'zx 987', 'Quagliarella', 'sconto', 'zx987qw ernesto', '']) {
    expect(await ids(text), text).toEqual([id]);
    asked += 1;
  }
  expect(asked).toBe(6);
  expect(await ids('rossi')).toEqual([]);
  const [row] = (await call('requests', { filter: 'drafts', text: 'zx987qw', offset: 0 })).rows;
  expect([row?.plate, row?.customer]).toEqual([words.plate, words.customer]);
  // The form goes on from where it was.
  const { draft } = await call('draft', { id });
  await call('editDraft', { id, baseRevision: draft.revision, content: draft.content });
  await call('saveOwnWords', { id, words: { plate: '', customer: '', note: '' } });
  expect(await ids('sconto')).toEqual([]);
  expect(shop.services.store.db.prepare('select count(*) from own_words').pluck().get()).toBe(0);
  const nobody = ticketIdSchema.parse('00000000-0000-4000-8000-0000000000ff');
  await expect(call('saveOwnWords', { id: nobody, words })).rejects.toMatchObject({
    error: { code: 'notFound' },
  });
});

test('two rows that turn out to be one request keep what the workshop wrote beside both', async () => {
  const shop = await openTestWorkshop();
  stops.push(() => shop.services.stop());
  const { context } = shop.services;
  const at = '2026-11-24T09:00:00.000Z';
  const [one, other, third] = ['1', '2', '3'].map((nth) => {
    const id = ticketIdSchema.parse(`00000000-0000-4000-8000-00000000000${nth}`);
    context.tickets.insertForeign({
      id,
      realm: 'practice',
      number: ticketNumberSchema.parse(`P-${nth}`),
      state: 'open',
      text: { language: 'it', subject: 'Checksum', body: 'Errore' },
      operator: null,
      updatedAt: at,
      productId: 'ktag-master',
      serial: 'KT1',
      receivedAt: at,
    });
    return id;
  });
  if (one === undefined || other === undefined || third === undefined) throw new Error('three are there');
  await shop.call('saveOwnWords', { id: one, words });
  await shop.call('saveOwnWords', { id: other, words: { plate: 'AB 1', customer: '', note: 'prima' } });
  context.transact(() => context.tickets.absorb(one, other));
  const both = { plate: 'AB 1', customer: words.customer, note: `prima\n${words.note}` };
  expect(context.ownWords.of(other)).toEqual(both);
  context.transact(() => context.tickets.absorb(other, third));
  expect(context.ownWords.of(third)).toEqual(both);
  const [found] = (await shop.call('requests', { filter: 'all', text: 'zx987qw prima', offset: 0 })).rows;
  expect(found?.id).toBe(third);
});
