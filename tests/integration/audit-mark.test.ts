import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { missingEntries } from '../../electron/store/audit-repository.ts';
import { auditHandlers } from '../../electron/ipc/audit-handlers.ts';
import { appError } from '../../shared/domain/app-error.ts';
import { auditHash } from '../../electron/store/audit-hash.ts';
import type { AuditEntry } from '../../shared/domain/audit-entry.ts';
import { startFaultyPortal } from '../portal/faulty-portal.ts';
import { freshFolder, openTestWorkshop, readyDraft, until } from './workshop-fixture.ts';

const sequenceIn = (file: string): number =>
  Number(Reflect.get(JSON.parse(readFileSync(file, 'utf8')) as object, 'sequence'));

test('FINDING-3: audit mark never leads the store and reaches its head at the end when many steps come in a row', async () => {
  const { services } = await openTestWorkshop(freshFolder());
  const { context, store } = services;
  const note = (): void => context.audit.append(context.clock.instant(), 'ticket-queued', 'x');
  context.transact(note);
  for (let step = 0; step < 50; step += 1) {
    context.transactInRow(note);
    expect(sequenceIn(store.folders.head)).toBeLessThanOrEqual(context.audit.head().sequence);
    expect(missingEntries(store.folders.head, context.audit.head())).toBe(0);
  }
  context.publishMark();
  expect(sequenceIn(store.folders.head)).toBe(context.audit.head().sequence);
  expect(context.audit.head().sequence).toBe(51);
});

test('audit mark stands at the head of the store when a queue has drained', async () => {
  const folder = freshFolder();
  const server = await startFaultyPortal({
    dataFolder: join(folder, 'portal'),
    journalFile: join(folder, 'journal.jsonl'),
  });
  const opened = await openTestWorkshop(freshFolder(), {
    startPractice: async () => ({ url: server.url, token: server.token, stop: async () => undefined }),
    timing: { gapMs: 30, syncMs: 60_000 },
  });
  for (let count = 0; count < 8; count += 1) await opened.call('sendDraft', await readyDraft(opened));
  await opened.services.start();
  await until(() => opened.told.numbered.length === 8);
  const head = opened.services.context.audit.head().sequence;
  await opened.services.stop();
  await server.stop();
  expect(sequenceIn(opened.services.store.folders.head)).toBe(head);
});

/** Writes the chain anew from one entry on, as somebody would who knows how its links are made. */
function relink(
  opened: Awaited<ReturnType<typeof openTestWorkshop>>,
  from: number,
  changed: Partial<AuditEntry>,
): void {
  const { db } = opened.services.store;
  const update = db.prepare(
    'update audit set action = ?, subject = ?, detail = ?, previous_hash = ?, hash = ? where sequence = ?',
  );
  let previousHash: AuditEntry['hash'] | null = null;
  for (const entry of opened.services.context.audit.entries(from - 1, 1_000)) {
    const next: AuditEntry = {
      ...entry,
      ...(entry.sequence === from ? changed : {}),
      previousHash: previousHash ?? entry.previousHash,
    };
    const hash = auditHash(next);
    update.run(
      next.action,
      next.subject,
      JSON.stringify(next.detail),
      next.previousHash,
      hash,
      next.sequence,
    );
    previousHash = hash;
  }
}

const tamperings: Readonly<Record<string, (opened: Awaited<ReturnType<typeof openTestWorkshop>>) => void>> = {
  'the last entry is deleted': ({ services }) =>
    void services.store.db.prepare('delete from audit where sequence = 6').run(),
  'an entry in the middle is deleted': ({ services }) =>
    void services.store.db.prepare('delete from audit where sequence = 3').run(),
  'an entry is altered': ({ services }) =>
    void services.store.db.prepare("update audit set subject = 'y' where sequence = 4").run(),
  'two entries change places': ({ services }) => {
    for (const [from, to] of [
      [3, 99],
      [4, 3],
      [99, 4],
    ])
      services.store.db.prepare('update audit set sequence = ? where sequence = ?').run(to, from);
  },
  'one is put in': ({ services }) =>
    void services.store.db
      .prepare(
        "insert into audit (sequence, at, action, subject, detail, previous_hash, hash) select 7, at, action, 'z', detail, previous_hash, hash from audit where sequence = 6",
      )
      .run(),
  'an entry is altered and every link after it made good': (opened) => relink(opened, 4, { subject: 'y' }),
};

test.each(
  Object.entries(tamperings),
)('THREAT-12: audit is not called intact in the app when %s', async (_how, tamper) => {
  const opened = await openTestWorkshop(freshFolder());
  const { context } = opened.services;
  for (let step = 0; step < 6; step += 1)
    context.transact(() => context.audit.append(context.clock.instant(), 'ticket-queued', 'x', { step }));
  expect(await opened.call('verifyAudit', {})).toMatchObject({ ok: true, entries: 6, firstFaultAt: null });
  tamper(opened);
  const { ok, firstFaultAt } = await opened.call('verifyAudit', {});
  expect([ok, firstFaultAt === null]).toEqual([false, false]);
  await opened.services.stop();
});

test('THREAT-12: audit that was written over while the program was closed says so in itself at the next start', async () => {
  const folder = freshFolder();
  const opened = await openTestWorkshop(folder);
  const { context } = opened.services;
  for (let step = 0; step < 6; step += 1)
    context.transact(() => context.audit.append(context.clock.instant(), 'ticket-queued', 'x', { step }));
  relink(opened, 2, { subject: 'y' });
  await opened.services.stop();
  const again = await openTestWorkshop(folder);
  expect(again.services.context.audit.entries(6, 10)).toMatchObject([
    { action: 'audit-rewritten', detail: { sequence: 6 } },
  ]);
  await again.services.stop();
});

test.each([
  ['nothing was signed yet', [], true],
  [
    'a session with a real operator was held',
    [{ record: '{"kind":"consent","practice":false}', signature: '', publicKey: '' }],
    false,
  ],
])('THREAT-12: audit exported while practising is sealed with the key that proves it when %s', async (_when, records, practiceKey) => {
  const { services } = await openTestWorkshop(freshFolder());
  const asked: boolean[] = [];
  const context = { ...services.context, remote: { ...services.context.remote, records: () => records } };
  const { exportAudit } = auditHandlers(context, {
    practises: () => true,
    mark: () => null,
    chooseFolder: async () => null,
    key: async (practice) => {
      asked.push(practice);
      return { kind: 'unavailable', error: appError('keychain.unavailable') };
    },
  });
  await expect(exportAudit?.({})).rejects.toMatchObject({ error: { code: 'keychain.unavailable' } });
  expect(asked).toEqual([practiceKey]);
  await services.stop();
});
