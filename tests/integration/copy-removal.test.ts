import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type AppError, AppFault } from '../../shared/domain/app-error.ts';
import type { Evidence } from '../../shared/domain/evidence.ts';
import {
  freshFolder,
  frozenFile,
  noEvidence,
  type OpenedServices,
  openTestWorkshop,
  readyDraft,
  until,
} from './workshop-fixture.ts';

type Shop = OpenedServices & {
  readonly take: (name: string, text?: string) => Promise<Evidence>;
  readonly hasBytes: (file: Evidence) => boolean;
};

async function shop(): Promise<Shop> {
  const opened = await openTestWorkshop(freshFolder(), { evidence: noEvidence });
  const place = freshFolder();
  return {
    ...opened,
    take: async (name, text = name) => {
      writeFileSync(join(place, name), text);
      const [file] =
        (await opened.services.handlers.freezeDroppedFiles({ paths: [join(place, name)] }))?.frozen ?? [];
      if (file === undefined) throw new Error(`${name} was not taken`);
      return file;
    },
    hasBytes: (file) => existsSync(opened.services.evidence.frozen.fileOf(file.sha256)),
  };
}

async function refusal({ call }: Shop, file: Evidence): Promise<AppError | null> {
  try {
    await call('removeCopy', { evidenceId: file.id });
    return null;
  } catch (error) {
    if (error instanceof AppFault) return error.error;
    throw error;
  }
}

const sent = (world: Shop, id: string, state: string): unknown =>
  world.services.store.db
    .prepare(
      "update tickets set stage = 'frozen', realm = 'practice', number = 'P-000001', text = ?, frozen_at = ?, received_at = ?, state = ?, closed_at = ? where id = ?",
    )
    .run(
      JSON.stringify({ language: 'it', subject: 'K-TAG', body: 'y' }),
      '2026-01-05T09:00:00.000Z',
      '2026-01-05T09:00:00.000Z',
      state,
      state === 'closed' ? '2026-01-05T09:00:00.000Z' : null,
      id,
    );

test('R-PRIVACY-1: a copy that nothing names is deleted with its bytes, leaves the list, and the registry says so', async () => {
  const world = await shop();
  const file = await world.take('cliente.png');
  expect(await world.call('copyUses', { evidenceId: file.id })).toEqual([]);
  expect(await refusal(world, file)).toBeNull();
  expect([world.hasBytes(file), await world.call('evidenceList', {})]).toEqual([false, []]);
  expect((await world.call('auditPage', { kind: 'files', offset: 0 })).entries[0]).toMatchObject({
    action: 'evidence-removed',
  });
  expect(world.events).toContainEqual({ kind: 'evidenceRemoved' });
  // Twice is once.
  expect(await refusal(world, file)).toBeNull();
});

test.each<[string, string, string, (world: Shop, file: Evidence) => Promise<unknown>]>([
  [
    'a draft',
    'draft',
    'Non trovo il driver',
    (world, file) => readyDraft(world, 'Non trovo il driver', [file.id]),
  ],
  [
    'a reply that is being written',
    'reply',
    'P-000001',
    async (world, file) => {
      const { id } = await readyDraft(world);
      sent(world, id, 'open');
      await world.call('saveReply', { ticketId: id, text: 'ecco', evidenceIds: [file.id] });
    },
  ],
  [
    'a request the vendor still works on',
    'request',
    'P-000001',
    async (world, file) => sent(world, (await readyDraft(world, 'Errore', [file.id])).id, 'open'),
  ],
  [
    'the queue',
    'queue',
    'P-000001',
    async (world, file) => {
      const { id } = await readyDraft(world, 'In coda');
      sent(world, id, 'open');
      world.services.store.db
        .prepare(
          "insert into outbox (id, ticket_id, kind, work, idempotency_key, state, attempts, absent_lookups, created_at, updated_at) values (?, ?, 'upload-attachment', ?, ?, 'rejected', 1, 0, ?, ?)",
        )
        .run(
          id,
          id,
          JSON.stringify({ kind: 'upload-attachment', evidenceId: file.id, messageId: null }),
          id,
          file.frozenAt,
          file.frozenAt,
        );
    },
  ],
])('R-PRIVACY-1: a copy is kept, and the refusal says so, when it is needed by %s', async (_where, use, request, name) => {
  const world = await shop();
  const file = await world.take('ktag.log');
  await name(world, file);
  const error = await refusal(world, file);
  expect(error).toMatchObject({ code: 'evidence.inUse', params: { name: 'ktag.log', use } });
  expect(String(error?.params['request'])).toContain(request);
  expect(world.hasBytes(file)).toBe(true);
  expect(await world.call('evidenceList', {})).toHaveLength(1);
  expect((await world.call('copyUses', { evidenceId: file.id }))[0]).toMatchObject({
    kind: use,
    isNeeded: true,
  });
});

test('R-PRIVACY-1: a copy of a closed request can be deleted, and its request keeps the name', async () => {
  const world = await shop();
  const file = await world.take('ktag.log');
  const { id } = await readyDraft(world, 'Chiusa', [file.id]);
  sent(world, id, 'closed');
  expect(await world.call('copyUses', { evidenceId: file.id })).toMatchObject([
    { kind: 'request', request: 'P-000001', isNeeded: false },
  ]);
  expect(await refusal(world, file)).toBeNull();
  expect(world.hasBytes(file)).toBe(false);
  expect((await world.call('ticket', { id })).ticket.content?.evidenceIds).toEqual([file.id]);
  expect(world.services.context.evidenceRows.find(file.id)).toMatchObject({
    name: 'ktag.log',
    removedAt: expect.any(String),
  });
});

test('bytes that another copy lies on stay until that one is deleted too', async () => {
  const world = await shop();
  const [one, other] = [await world.take('a.log', 'same'), await world.take('b.log', 'same')];
  expect([await refusal(world, one), world.hasBytes(other)]).toEqual([null, true]);
  expect((await world.call('evidencePreview', { evidenceId: other.id })).kind).toBe('text');
  expect([await refusal(world, other), world.hasBytes(other)]).toEqual([null, false]);
});

test('a found file is shown where it lies and no copy of it is made', async () => {
  const folder = freshFolder();
  writeFileSync(join(folder, 'ktag.log'), 'ERR back checksum\n');
  const evidence = { ...noEvidence, dialogs: { ...noEvidence.dialogs, chooseFolder: async () => folder } };
  const world = await openTestWorkshop(freshFolder(), { evidence });
  await world.call('addWatchedFolder', {});
  await world.call('startScan', {});
  const found = await until(() => world.events.find((event) => event.kind === 'candidatesFound'));
  const candidateId = found.candidates[0]?.id;
  if (candidateId === undefined) throw new Error('nothing found');
  expect(await world.call('candidatePreview', { candidateId })).toMatchObject({
    kind: 'text',
    text: 'ERR back checksum\n',
  });
  expect(await world.call('evidenceList', {})).toEqual([]);
});

test.each([
  ['a number', '[5]'],
  ['nothing', '[null]'],
  ['a list', '[["x"]]'],
  ['no list', '{"a":{"b":1}}'],
])('DAMAGE-3: a request that names %s among its files keeps no file from being listed', async (_what, ids) => {
  const one = await openTestWorkshop();
  const file = await frozenFile(one, 'ktag.log', 'ERR wake up');
  const named = await readyDraft(one, 'La lettura si ferma', [file.id]);
  const spoiled = await readyDraft(one, 'La scrittura si ferma');
  one.services.store.db
    .prepare("update tickets set content = json_set(content, '$.evidenceIds', json(?)) where id = ?")
    .run(ids, spoiled.id);
  expect(await one.call('evidenceList', {})).toMatchObject([{ id: file.id, onRequest: true }]);
  expect(named.id).not.toBe(spoiled.id);
});

test('DAMAGE-3: a copy that a request without a readable name holds is refused with words, and stays', async () => {
  const one = await openTestWorkshop();
  const file = await frozenFile(one, 'ktag.log', 'ERR wake up');
  const { id } = await readyDraft(one, 'La lettura si ferma', [file.id]);
  const { db } = one.services.store;
  db.pragma('foreign_keys = OFF');
  expect(db.prepare("update tickets set id = 'x' where id = ?").run(id).changes).toBe(1);
  await expect(one.call('removeCopy', { evidenceId: file.id })).rejects.toMatchObject({
    error: { code: 'store.unreadable' },
  });
  expect(await one.call('evidenceList', {})).toHaveLength(1);
});
