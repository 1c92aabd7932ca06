import {
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { systemClock } from '../../electron/platform/clock.ts';
import { auditRepository } from '../../electron/store/audit-repository.ts';
import { dueBackup, newestGoodBackup, writeBackup } from '../../electron/store/backup.ts';
import { migrations } from '../../electron/store/migrate.ts';
import { openDatabase } from '../../electron/store/native-binding.ts';
import { closeStore, openStore } from '../../electron/store/open-store.ts';
import { startStore } from '../../electron/store/start-store.ts';
import { AppFault } from '../../shared/domain/app-error.ts';
import type { Draft } from '../../shared/domain/draft.ts';
import { freshFolder, type OpenedServices, openTestWorkshop } from './workshop-fixture.ts';

const at = '2026-11-24T18:05:00.000Z';
const folder = freshFolder;

async function opened(dataFolder: string) {
  const { services, call } = await openTestWorkshop(dataFolder);
  return { ...services.store, call };
}

const newDraft = (call: OpenedServices['call']): Promise<Draft> =>
  call('startDraft', { toolId: null, evidenceIds: [] });

const withProblem = (draft: Draft, text: string): Draft['content'] => ({
  ...draft.content,
  fields: { problem: { text, source: { kind: 'typed' } } },
});

test('FINDING-2: store sets every pragma when it is opened again', async () => {
  const place = folder();
  closeStore((await startStore(place, at)).db);
  const { db } = await startStore(place, at);
  const read = (name: string): unknown => db.pragma(name, { simple: true });
  expect([
    read('journal_mode'),
    read('synchronous'),
    read('foreign_keys'),
    read('trusted_schema'),
    read('cell_size_check'),
    read('mmap_size'),
    read('user_version'),
  ]).toEqual(['wal', 2, 1, 0, 1, 0, migrations.length]);
  closeStore(db);
});

test('draft edit is there when the store is opened after no goodbye', async () => {
  const place = folder();
  const first = await opened(place);
  const draft = await newDraft(first.call);
  await first.call('editDraft', {
    id: draft.id,
    baseRevision: 0,
    content: withProblem(draft, 'Si ferma al 38 %'),
  });
  const second = await opened(place);
  expect(await second.call('draft', { id: draft.id })).toMatchObject({
    draft: { revision: 1, content: { fields: { problem: { text: 'Si ferma al 38 %' } } } },
  });
});

test('draft edit changes nothing when somebody stored another one first', async () => {
  const { call } = await opened(folder());
  const draft = await newDraft(call);
  await call('editDraft', { id: draft.id, baseRevision: 0, content: withProblem(draft, 'uno') });
  await expect(
    call('editDraft', { id: draft.id, baseRevision: 0, content: withProblem(draft, 'due') }),
  ).rejects.toThrow(AppFault);
  expect(await call('draft', { id: draft.id })).toMatchObject({
    draft: { content: { fields: { problem: { text: 'uno' } } } },
  });
});

test('draft edit that comes again because its answer was lost is the same edit', async () => {
  const { call } = await opened(folder());
  const draft = await newDraft(call);
  const edit = { id: draft.id, baseRevision: 0, content: withProblem(draft, 'uno') };
  const first = await call('editDraft', edit);
  expect(await call('editDraft', edit)).toEqual(first);
  expect(await call('draft', { id: draft.id })).toMatchObject({
    draft: { revision: 1, updatedAt: first.savedAt },
  });
  await call('editDraft', { ...edit, baseRevision: 1, content: withProblem(draft, 'due') });
  await expect(call('editDraft', edit)).rejects.toThrow('draft.staleRevision');
});

test('draft goes back to an earlier version when asked, and keeps the present one', async () => {
  const { call } = await opened(folder());
  const draft = await newDraft(call);
  await call('editDraft', { id: draft.id, baseRevision: 0, content: withProblem(draft, 'uno') });
  await call('restoreDraftVersion', { id: draft.id, revision: 0 });
  expect(await call('draft', { id: draft.id })).toMatchObject({
    draft: { revision: 2, content: { fields: {} } },
  });
  expect((await call('draftVersions', { id: draft.id }))?.map((version) => version.title)).toContain('uno');
});

test('draft history keeps a step now and then and not every save, and a step that went bad hides no other', async () => {
  let now = Date.parse(at);
  const { services, call } = await openTestWorkshop(folder(), {
    clock: { ...systemClock, instant: () => new Date(now).toISOString() },
  });
  const draft = await newDraft(call);
  for (let revision = 0; revision < 8; revision += 1) {
    now += 10_000;
    await call('editDraft', {
      id: draft.id,
      baseRevision: revision,
      content: withProblem(draft, `riga ${revision}`),
    });
  }
  const kept = async (): Promise<number[]> =>
    (await call('draftVersions', { id: draft.id })).map(({ revision }) => revision);
  expect(await kept()).toEqual([6, 4, 2, 0]);
  const { drafts } = services.context;
  expect(drafts.lastVersionAt(draft.id)).toBe(new Date(Date.parse(at) + 60_000).toISOString());
  services.store.db.prepare("update draft_versions set content = '{' where revision = 4").run();
  services.store.db.prepare("update draft_versions set saved_at = 'x' where revision = 6").run();
  expect(await kept()).toEqual([2, 0]);
  expect(drafts.lastVersionAt(draft.id)).toBeNull();
  // A step too much does no harm; a save that fails would.
  await call('editDraft', { id: draft.id, baseRevision: 8, content: withProblem(draft, 'riga 8') });
  expect(await kept()).toEqual([8, 2, 0]);
});

test('DAMAGE-1, DAMAGE-3: store is quarantined and restored from the newest good backup when a page is damaged', async () => {
  const place = folder();
  const first = await opened(place);
  const draft = await newDraft(first.call);
  await writeBackup(first.db, first.folders.backups, 'daily', '2026-11-24T17:00:00.000Z');
  writeFileSync(join(first.folders.backups, 'quarter-20261124T180000000Z.db'), '');
  await newDraft(first.call);
  closeStore(first.db);
  const file = openSync(first.folders.database, 'r+');
  for (let page = 1; page < 6; page += 1) writeSync(file, Buffer.alloc(4096, 0xff), 0, 4096, page * 4096);
  const second = await opened(place);
  expect(second.health).toMatchObject({
    kind: 'restored',
    backupAt: '2026-11-24T17:00:00.000Z',
    missingEntries: 1,
  });
  expect(await second.call('draft', { id: draft.id })).toBeDefined();
  expect(
    readdirSync(join(second.folders.quarantine, readdirSync(second.folders.quarantine)[0] ?? '')),
  ).toContain('officina.db');
});

test('FINDING-3: store says what is missing when the WAL lost committed work and still checks as sound', async () => {
  const place = folder();
  const first = await opened(place);
  for (let count = 0; count < 30; count += 1) await newDraft(first.call);
  first.db.pragma('wal_checkpoint(TRUNCATE)');
  for (let count = 0; count < 30; count += 1) await newDraft(first.call);
  const wal = `${first.folders.database}-wal`;
  const copy = folder();
  for (const name of ['officina.db', 'audit-head.json'])
    writeFileSync(join(copy, name), readFileSync(join(place, name)));
  writeFileSync(join(copy, 'officina.db-wal'), readFileSync(wal));
  truncateSync(join(copy, 'officina.db-wal'), Math.floor(readFileSync(wal).length / 2));
  const { health } = await startStore(copy, at);
  expect(health.kind).toBe('restored');
  expect(health.kind === 'restored' ? health.missingEntries : 0).toBeGreaterThan(0);
});

test('store is refused with words and left as it is when a newer program wrote it', async () => {
  const place = folder();
  const { db, folders } = await startStore(place, at);
  db.exec(`create table later (words text); pragma user_version = ${migrations.length + 1}`);
  closeStore(db);
  await expect(startStore(place, at)).rejects.toMatchObject({ error: { code: 'store.newerThanApp' } });
  expect(existsSync(folders.database)).toBe(true);
});

test('newestGoodBackup passes over damaged files when looking', async () => {
  const { db, folders } = await startStore(folder(), at);
  await writeBackup(db, folders.backups, 'daily', at);
  writeFileSync(join(folders.backups, 'quarter-20261125T000000000Z.db'), 'not a database');
  expect(newestGoodBackup(folders.backups)?.file).toContain('daily-');
});

test.each([
  [[], true, 'weekly'],
  [[['weekly', at]], false, 'daily'],
  [
    [
      ['weekly', at],
      ['daily', at],
    ],
    true,
    'quarter',
  ],
  [
    [
      ['weekly', at],
      ['daily', at],
    ],
    false,
    null,
  ],
] as const)('dueBackup of %j when changed is %s: %s', (existing, changed, due) => {
  const list = existing.map(([reason, when]) => ({
    file: '',
    reason,
    stamp: '',
    at: when,
    sizeBytes: 1,
    walBytes: 0,
    isByHand: false,
  }));
  expect(dueBackup(list, Date.parse(at) + 60_000, changed)).toBe(due);
});

test('audit chain links every entry to the one before when many are written', async () => {
  const { db, call } = await opened(folder());
  for (let count = 0; count < 20; count += 1) await newDraft(call);
  const entries = auditRepository(db).entries(0, 100);
  expect(entries).toHaveLength(20);
  for (const [index, entry] of entries.entries())
    if (index > 0) expect(entry.previousHash).toBe(entries[index - 1]?.hash);
});

test('store goes back to the backup a person chose at the next start, and keeps what stood there aside', async () => {
  const place = folder();
  const first = await opened(place);
  const draft = await newDraft(first.call);
  await writeBackup(first.db, first.folders.backups, 'daily', '2026-11-24T17:00:00.000Z');
  const later = await newDraft(first.call);
  const [backup] = await first.call('backups', {});
  await first.call('restoreBackup', { id: backup?.id ?? '' });
  expect(await first.call('draft', { id: later.id })).toBeDefined();
  closeStore(first.db);
  const second = await opened(place);
  expect(second.health).toMatchObject({
    kind: 'restored',
    backupAt: '2026-11-24T17:00:00.000Z',
    missingEntries: 1,
  });
  expect(await second.call('draft', { id: draft.id })).toBeDefined();
  await expect(second.call('draft', { id: later.id })).rejects.toMatchObject({ error: { code: 'notFound' } });
  expect(
    readdirSync(join(second.folders.quarantine, readdirSync(second.folders.quarantine)[0] ?? '')),
  ).toContain('officina.db');
  closeStore(second.db);
  expect((await opened(place)).health.kind).toBe('healthy');
});

test('restore is refused and changes nothing when no backup has that name', async () => {
  const { call, folders } = await opened(folder());
  await expect(call('restoreBackup', { id: '../officina.db' })).rejects.toMatchObject({
    error: { code: 'notFound' },
  });
  expect(existsSync(folders.restoreNext)).toBe(false);
});

test('store of another program is set aside whole and never written into when it stands in our place', async () => {
  const place = folder();
  const foreign = openDatabase(join(place, 'officina.db'));
  foreign.exec(
    "pragma application_id = 77; create table theirs (words text); insert into theirs values ('not ours');",
  );
  foreign.close();
  const { db, folders, health } = await startStore(place, at);
  expect(health.kind).toBe('restored');
  expect(db.prepare("select count(*) from sqlite_schema where name = 'theirs'").pluck().get()).toBe(0);
  const [aside = ''] = readdirSync(folders.quarantine);
  const kept = openDatabase(join(folders.quarantine, aside, 'officina.db'), { readonly: true });
  expect(kept.prepare('select words from theirs').pluck().all()).toEqual(['not ours']);
  expect(kept.pragma('application_id', { simple: true })).toBe(77);
  kept.close();
  closeStore(db);
});

test('backup of a store that is damaged meanwhile is no backup: nothing of it is kept, and older ones stay', async () => {
  const { db, folders } = await startStore(folder(), at);
  await writeBackup(db, folders.backups, 'daily', at);
  db.exec('create table many (bytes blob)');
  for (let row = 0; row < 200; row += 1) db.prepare('insert into many values (zeroblob(3000))').run();
  closeStore(db);
  const file = openSync(folders.database, 'r+');
  for (let page = 60; page < 70; page += 1)
    writeSync(file, Buffer.alloc(4_096, 0xff), 0, 4_096, page * 4_096);
  const damaged = openStore(folders.database);
  expect(await writeBackup(damaged, folders.backups, 'quarter', '2026-11-24T18:20:00.000Z')).toBeNull();
  expect(readdirSync(folders.backups).map((name) => name.split('-')[0])).toEqual(['daily']);
  closeStore(damaged);
});
