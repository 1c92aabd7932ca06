import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { systemClock } from '../../electron/platform/clock.ts';
import { messageIdSchema, ticketIdSchema, ticketNumberSchema } from '../../shared/domain/ids.ts';
import { productIdSchema } from '../../shared/domain/product.ts';
import { askedBackFor } from '../../shared/rules/asked-back.ts';
import { startFaultyPortal } from '../portal/faulty-portal.ts';
import { freshFolder, openTestWorkshop, readyDraft, typed, until } from './workshop-fixture.ts';

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

test('R-VERSION-1: old version is told before sending, against the newest the portal named, and blocks nothing', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'officina-portal-'));
  const server = await startFaultyPortal({
    dataFolder: join(folder, 'portal'),
    journalFile: join(folder, 'journal.jsonl'),
  });
  stops.push(() => server.stop());
  const opened = await openTestWorkshop(freshFolder(), {
    startPractice: async () => ({ url: server.url, token: server.token, stop: async () => undefined }),
    timing: { gapMs: 30, syncMs: 50 },
    onBattery: () => true,
  });
  stops.push(() => opened.services.stop());
  await opened.services.start();
  const { id, revision } = await readyDraft(opened, 'Si ferma per batteria scarica');
  await until(() => opened.services.context.portals.latestVersions('practice'));
  const { draft } = await opened.call('draft', { id });
  const content = {
    ...draft.content,
    productId: productIdSchema.parse('ecm-titanium'),
    requestType: 'read-failure' as const,
    fields: { ...draft.content.fields, softwareVersion: typed('1.8') },
  };
  await opened.call('editDraft', { id, baseRevision: revision, content });
  const before = await opened.call('draftAdvice', { id });
  expect([before.pcChecks, before.version.status, before.causes[0]?.checks]).toEqual([null, 'outdated', []]);
  await opened.call('lookAtPc', {});
  const advice = await opened.call('draftAdvice', { id });
  expect(advice.version).toMatchObject({
    status: 'outdated',
    installed: { text: '1.8', origin: { kind: 'typed' } },
    latest: { text: '1.73', origin: { kind: 'portal' } },
  });
  expect(advice.causes[0]).toMatchObject({
    id: 'power-supply',
    checks: ['power'],
    words: ['batteria scarica'],
  });
  expect(advice.rules.find((rule) => rule.id === 'R-VERSION-1')).toEqual({
    id: 'R-VERSION-1',
    origin: { kind: 'vendor', section: 9 },
    severity: 'warn',
    answer: 'not-met',
    lookedAt: ['1.8', '1.73'],
  });
  expect(advice.rules.find((rule) => rule.id === 'R-ACCEPT-1')?.answer).toBe('met');
  expect(advice.pcChecks?.find((check) => check.id === 'power')?.status).toBe('warn');
});

test('R-INFO-8: what operators ask back for is learned from the conversation, shown with its counts, and forgotten when asked', async () => {
  const opened = await openTestWorkshop();
  stops.push(() => opened.services.stop());
  const { context } = opened.services;
  const { id } = await readyDraft(opened);
  const { draft } = await opened.call('draft', { id });
  const counts = () => context.askedBack.counts(draft.content.productId ?? '', 'question');
  const message = {
    id: messageIdSchema.parse('00000000-0000-4000-8000-000000000001'),
    ticketId: id,
    author: { kind: 'operator', name: 'Sara' },
    text: 'Quale guida ha letto?',
    attachments: [],
    at: '2026-11-24T09:00:00.000Z',
    delivery: 'delivered',
    read: false,
  } as const;
  context.messages.add({ ...message, attachments: [] }, 'm-1');
  context.askedBack.add(
    message.id,
    { productId: draft.content.productId ?? '', requestType: 'question' },
    askedBackFor(message.text),
  );
  opened.services.store.db.exec(
    "insert into messages (id, ticket_id, author, text, attachments, at, delivery, read) select 'x', ticket_id, author, '', '[]', at, delivery, 1 from messages; insert into asked_back values ('x', 'banca-dati', 'question', 'not json')",
  );
  expect(counts()).toEqual({ guides: 1 });
  expect(
    (await opened.call('draftAdvice', { id })).completeness.items.find((item) => item.check === 'guides'),
  ).toMatchObject({
    askedBack: 1,
    met: true,
  });
  await opened.call('resetLearning', {});
  expect(counts()).toEqual({});
});

test('R-INFO-9: warnings sent past without a word are in the audit by rule, those with a reason are not', async () => {
  const opened = await openTestWorkshop();
  stops.push(() => opened.services.stop());
  const said = "Account bloccato dopo il rinnovo: non riesco ad accedere alla banca dati, forse l'antivirus";
  const first = await readyDraft(opened, said);
  await opened.call('sendDraft', first);
  const second = await readyDraft(opened, said);
  const advice = await opened.call('draftAdvice', { id: second.id });
  expect(advice.duplicates.found.map((duplicate) => duplicate.ticketId)).toEqual([first.id]);
  expect(advice.unanswered).toEqual([
    { ruleId: 'R-TICKET-4', about: first.id },
    { ruleId: 'R-EXCL-1', about: 'security-software' },
  ]);
  const reason = 'Antivirus già escluso';
  await opened.call('waiveRule', {
    id: second.id,
    waiver: { ruleId: 'R-EXCL-1', about: 'security-software', reason },
  });
  const after = await opened.call('draftAdvice', { id: second.id });
  expect(after.unanswered.map((warning) => warning.ruleId)).toEqual(['R-TICKET-4']);
  expect(after.waivers.map((waiver) => waiver.reason)).toEqual([reason]);
  await opened.call('sendDraft', second);
  const queued = opened.services.context.audit
    .entries(0, 50)
    .filter((entry) => entry.action === 'ticket-queued');
  expect(new Map(queued.map((entry) => [entry.subject, entry.detail]))).toEqual(
    new Map([
      [first.id, { files: 0, warnings: 'R-EXCL-1' }],
      [second.id, { files: 0, warnings: 'R-TICKET-4' }],
    ]),
  );
});

test('R-EXCL-1: what was found on this PC is said no more once a new look has begun, for it may have been put right', async () => {
  let [onBattery, nowMs] = [true, 1_000];
  const opened = await openTestWorkshop(freshFolder(), {
    onBattery: () => onBattery,
    clock: { ...systemClock, monotonicMs: () => nowMs },
  });
  stops.push(() => opened.services.stop());
  const { id } = await readyDraft(opened);
  const power = async (): Promise<string | null> => {
    const { pcChecks } = await opened.call('draftAdvice', { id });
    return pcChecks?.find((check) => check.id === 'power')?.status ?? null;
  };
  await opened.call('lookAtPc', {});
  expect(await power()).toBe('warn');
  [onBattery, nowMs] = [false, nowMs + 21_000];
  // Reasons may be kept for as long as the page stands there: what it shows stays until it is looked at again.
  expect(await power()).toBe('warn');
  const looking = opened.call('lookAtPc', {});
  expect(await power()).toBeNull();
  await looking;
  expect(await power()).toBe('pass');
});

test('R-TICKET-4: damaged search index warns of nothing and holds no request back', async () => {
  const opened = await openTestWorkshop();
  stops.push(() => opened.services.stop());
  const ready = await readyDraft(opened);
  vi.spyOn(opened.services.context.problems, 'likely').mockImplementation(() => {
    throw new Error('database disk image is malformed');
  });
  await opened.call('sendDraft', ready);
  expect(
    opened.services.context.audit.entries(0, 50).find((entry) => entry.action === 'ticket-queued')?.detail,
  ).toEqual({
    files: 0,
    warnings: '?',
  });
  expect(opened.faults).toHaveLength(1);
});

test('R-TICKET-4: going past a warning is let through with a reason, which is kept and audited', async () => {
  const opened = await openTestWorkshop();
  stops.push(() => opened.services.stop());
  const { id } = await readyDraft(opened);
  await opened.call('waiveRule', {
    id,
    waiver: { ruleId: 'R-TICKET-4', about: 'P-000012', reason: 'Altra centralina dello stesso camion' },
  });
  expect((await opened.call('draftAdvice', { id })).waivers).toEqual([
    expect.objectContaining({ ruleId: 'R-TICKET-4', about: 'P-000012' }),
  ]);
  expect(
    opened.services.context.audit.entries(0, 50).find((entry) => entry.action === 'rule-waived')?.detail,
  ).toMatchObject({
    rule: 'R-TICKET-4',
    reason: 'Altra centralina dello stesso camion',
  });
});

test('R-TICKET-5: reply about another unit than its ticket is noticed while it is written', async () => {
  const opened = await openTestWorkshop();
  stops.push(() => opened.services.stop());
  const id = ticketIdSchema.parse('00000000-0000-4000-8000-000000000009');
  const at = '2026-11-24T09:00:00.000Z';
  opened.services.context.tickets.insertForeign({
    id,
    realm: 'practice',
    number: ticketNumberSchema.parse('P-9'),
    state: 'open',
    text: { language: 'it', subject: 'Checksum', body: 'Checksum error EDC17CP44' },
    operator: null,
    updatedAt: at,
    productId: 'ktag-master',
    serial: 'KT1',
    receivedAt: at,
  });
  expect(
    await opened.call('replyAdvice', { ticketId: id, text: 'Ho anche una MED17.5 che non si identifica' }),
  ).toEqual({
    strays: ['other-ecu'],
  });
  expect(
    await opened.call('replyAdvice', { ticketId: id, text: 'Tensione 13,4 V, EDC17CP44 al banco' }),
  ).toEqual({ strays: [] });
});
