import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  fileRetention,
  type FileRetention,
  type FileRetentionParts,
} from '../../electron/evidence/file-retention.ts';
import type { Evidence } from '../../shared/domain/evidence.ts';
import type { TicketId } from '../../shared/domain/ids.ts';
import {
  freshFolder,
  noEvidence,
  type OpenedServices,
  openTestWorkshop,
  readyDraft,
} from './workshop-fixture.ts';

const long = '2026-01-05T09:00:00.000Z';
const nowMs = Date.parse('2026-11-24T12:00:00.000Z');

type Shop = OpenedServices & {
  readonly take: (name: string, text: string) => Promise<Evidence>;
  /** A request with these files, closed long ago as far as its row says. */
  readonly closed: (files: readonly Evidence[]) => Promise<TicketId>;
  readonly hasBytes: (file: Evidence) => boolean;
  readonly removedAt: (file: Evidence) => string | null | undefined;
  readonly retention: (changes?: Partial<FileRetentionParts>) => FileRetention;
};

async function shop(): Promise<Shop> {
  const place = freshFolder();
  const opened = await openTestWorkshop(freshFolder(), { evidence: noEvidence });
  const { services } = opened;
  await opened.call('saveSettings', { keptFiles: '30-days' });
  let number = 0;
  return {
    ...opened,
    take: async (name, text) => {
      writeFileSync(join(place, name), text);
      const [file] =
        (await services.handlers.freezeDroppedFiles({ paths: [join(place, name)] }))?.frozen ?? [];
      if (file === undefined) throw new Error(`${name} was not taken`);
      return file;
    },
    closed: async (files) => {
      const { id } = await readyDraft(
        opened,
        'Chiusa da tempo',
        files.map((file) => file.id),
      );
      number += 1;
      services.store.db
        .prepare(
          "update tickets set stage = 'frozen', realm = 'practice', number = ?, text = ?, frozen_at = ?, received_at = ?, state = 'closed', closed_at = ? where id = ?",
        )
        .run(
          `P-00000${number}`,
          JSON.stringify({ language: 'it', subject: 'x', body: 'y' }),
          long,
          long,
          long,
          id,
        );
      return id;
    },
    hasBytes: (file) => existsSync(services.evidence.frozen.fileOf(file.sha256)),
    removedAt: (file) => services.context.evidenceRows.find(file.id)?.removedAt,
    retention: (changes = {}) =>
      fileRetention({
        ...services.context,
        evidence: services.context.evidenceRows,
        uses: services.context.fileUses,
        folder: services.evidence.frozen,
        whileNothingIsFrozen: services.evidence.whileNothingIsFrozen,
        chosen: () => services.context.profile.settings().keptFiles,
        trustedNowMs: () => nowMs,
        log: (error) => void opened.faults.push(error),
        ...changes,
      }),
  };
}

test('R-PRIVACY-1: bytes of a request closed long ago go, its row and an audit entry stay, and they can be taken again', async () => {
  const world = await shop();
  const file = await world.take('ktag.log', 'ERR back checksum');
  const ticketId = await world.closed([file]);
  expect(await world.retention().run()).toBe(1);
  expect([world.hasBytes(file), world.removedAt(file)]).toEqual([false, expect.any(String)]);
  expect((await world.call('auditPage', { kind: 'files', offset: 0 })).entries[0]).toMatchObject({
    action: 'evidence-removed',
    detail: { sha256: file.sha256 },
  });
  expect((await world.call('ticket', { id: ticketId })).ticket.content?.evidenceIds).toEqual([file.id]);
  expect(await world.call('evidenceList', {})).toEqual([]);
  const again = await world.take('ktag.log', 'ERR back checksum');
  expect(await world.retention().run()).toBe(0);
  expect([world.hasBytes(again), world.removedAt(again)]).toEqual([true, null]);
});

test.each<[string, (world: Shop, file: Evidence, ticketId: TicketId) => unknown]>([
  ['a draft names it', (world, file) => readyDraft(world, 'Bozza', [file.id])],
  [
    'a draft names it whose row a hand has spoiled',
    async (world, file) => {
      const { id } = await readyDraft(world, 'Bozza', [file.id]);
      world.services.store.db.prepare("update tickets set content = content || '}' where id = ?").run(id);
    },
  ],
  [
    'an older version of a draft names it',
    async (world, file) => {
      const { id } = await readyDraft(world, 'Bozza');
      world.services.store.db
        .prepare(
          'insert or replace into draft_versions (ticket_id, revision, saved_at, content) values (?, 0, ?, ?)',
        )
        .run(id, long, JSON.stringify({ evidenceIds: [file.id] }));
    },
  ],
  [
    'a reply being written names it',
    (world, file, id) =>
      world.services.store.db
        .prepare('insert into reply_drafts values (?, ?, ?)')
        .run(id, 'x', JSON.stringify([file.id])),
  ],
  [
    'its request was opened again',
    (world, _file, id) => world.services.context.tickets.setState(id, 'open', null, long),
  ],
  [
    'its request was closed a moment ago by the portal, though this PC noted an old day',
    (world, _file, id) =>
      world.services.store.db
        .prepare(
          "insert into messages (id, ticket_id, author, text, attachments, at, delivery, read) values (?, ?, ?, '', '[]', ?, 'delivered', 1)",
        )
        .run(
          id,
          id,
          JSON.stringify({ kind: 'system', event: 'closed', detail: '' }),
          new Date(nowMs).toISOString(),
        ),
  ],
  [
    'it has still to be uploaded',
    (world, file, id) =>
      world.services.store.db
        .prepare(
          "insert into outbox (id, ticket_id, kind, work, idempotency_key, state, attempts, absent_lookups, created_at, updated_at) values (?, ?, 'upload-attachment', ?, ?, 'rejected', 1, 0, ?, ?)",
        )
        .run(
          id,
          id,
          JSON.stringify({ kind: 'upload-attachment', evidenceId: file.id, messageId: null }),
          id,
          long,
          long,
        ),
  ],
  ['another file that stays lies on the same bytes', (world) => world.take('copia.log', 'ERR back checksum')],
  ['the choice is to keep it', (world) => world.call('saveSettings', { keptFiles: 'until-erased' })],
  [
    'the choice is six months, and it was closed less than that ago',
    async (world, _file, id) => {
      await world.call('saveSettings', { keptFiles: '6-months' });
      world.services.store.db
        .prepare('update tickets set closed_at = ? where id = ?')
        .run('2026-10-01T00:00:00.000Z', id);
    },
  ],
])('R-PRIVACY-1: bytes of a request closed long ago stay when %s', async (_when, change) => {
  const world = await shop();
  const file = await world.take('ktag.log', 'ERR back checksum');
  await change(world, file, await world.closed([file]));
  expect(await world.retention().run()).toBe(0);
  expect([world.hasBytes(file), world.removedAt(file)]).toEqual([true, null]);
});

test('R-PRIVACY-1: nothing goes while nobody vouches for the clock', async () => {
  const world = await shop();
  const file = await world.take('ktag.log', 'x');
  await world.closed([file]);
  expect(await world.retention({ trustedNowMs: () => null }).run()).toBe(0);
  expect(world.hasBytes(file)).toBe(true);
});

test('R-PRIVACY-1: rows and audit are one step, and bytes that a cut left behind go at the next run', async () => {
  const world = await shop();
  const [first, second] = [await world.take('a.log', 'a'), await world.take('b.log', 'b')];
  await world.closed([first, second]);
  let entries = 0;
  const cutInside = {
    ...world.services.context.audit,
    append: (...entry: Parameters<FileRetentionParts['audit']['append']>) => {
      entries += 1;
      if (entries === 2) throw new Error('cut');
      world.services.context.audit.append(...entry);
    },
  };
  await expect(world.retention({ audit: cutInside }).run()).rejects.toThrow('cut');
  expect([world.removedAt(first), world.removedAt(second), world.hasBytes(first)]).toEqual([
    null,
    null,
    true,
  ]);
  await expect(
    world
      .retention({
        folder: {
          fileOf: () => {
            throw new Error('cut');
          },
        },
      })
      .run(),
  ).rejects.toThrow('cut');
  expect([
    world.removedAt(first),
    world.removedAt(second),
    world.hasBytes(first),
    world.hasBytes(second),
  ]).toEqual([expect.any(String), expect.any(String), true, true]);
  // Whatever is chosen by then: it was said to be gone.
  await world.call('saveSettings', { keptFiles: 'until-erased' });
  expect(await world.retention().run()).toBe(0);
  expect([world.hasBytes(first), world.hasBytes(second)]).toEqual([false, false]);
});
