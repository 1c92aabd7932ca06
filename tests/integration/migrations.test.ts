import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { migrate, migrations, schemaVersion } from '../../electron/store/migrate.ts';
import { closeStore, type Db, openStore } from '../../electron/store/open-store.ts';
import { isStructurallySound } from '../../electron/store/integrity-check.ts';
import { startStore } from '../../electron/store/start-store.ts';
import { storeFolders } from '../../electron/store/store-folders.ts';
import { ticketIdSchema } from '../../shared/domain/ids.ts';
import { oldDraft, oldEvidence, oldTicket, writeOlderStore } from '../fixtures/older-store.ts';
import { freshFolder, openTestWorkshop } from './workshop-fixture.ts';

const olderVersions = migrations.map((_step, index) => index + 1).slice(0, -1);
const child = join(import.meta.dirname, '../fixtures/start-store-child.ts');

/** Everything that was in the older store, read the way the program of today reads it. */
async function expectAllThere(dataFolder: string): Promise<void> {
  const { services, call } = await openTestWorkshop(dataFolder);
  expect(services.store.health).toEqual({ kind: 'healthy' });
  expect(schemaVersion(services.store.db)).toBe(migrations.length);
  const view = await call('ticket', { id: ticketIdSchema.parse(oldTicket) });
  expect([
    view.ticket.number,
    view.ticket.content?.fields.problem?.text,
    view.messages.length,
    view.messages.at(-1)?.text,
    view.row.serial,
  ]).toEqual(['P-000007', 'Si ferma al 38 %', 200, 'messaggio 199', 'KT42']);
  const { draft } = await call('draft', { id: ticketIdSchema.parse(oldDraft) });
  expect([draft.revision, draft.content.fields.problem?.text]).toEqual([5, 'Non trovo il driver']);
  const found = await call('requests', { filter: 'all', text: 'ferma 38', offset: 0 });
  expect(found.rows.map((row) => row.id)).toEqual([oldTicket]);
  expect((await call('tools', {})).map((tool) => tool.serial)).toEqual(['KT42']);
  expect(services.context.evidenceRows.newest(10)).toMatchObject([
    { id: oldEvidence, name: 'ktag.log', removedAt: null },
  ]);
  closeStore(services.store.db);
}

test('request that was closed before the program noted when counts from its last change, and an open one is not closed', () => {
  const dataFolder = freshFolder();
  writeOlderStore(dataFolder, 4);
  const db = openStore(storeFolders(dataFolder).database);
  db.exec(
    `update tickets set state = 'closed', updated_at = '2026-03-01T00:00:00.000Z' where id = '${oldTicket}'`,
  );
  migrate(db);
  expect(db.prepare('select id, closed_at from tickets order by id').raw().all()).toEqual([
    [oldTicket, '2026-03-01T00:00:00.000Z'],
    [oldDraft, null],
  ]);
  db.close();
});

test.each(
  olderVersions,
)('LAW-9: store of version %i is whole and backed up when the program of today opens it', async (version) => {
  const dataFolder = freshFolder();
  writeOlderStore(dataFolder, version);
  await expectAllThere(dataFolder);
  const backups = readdirSync(storeFolders(dataFolder).backups).filter(
    (name) => name.startsWith('migration') && name.endsWith('.db'),
  );
  expect(backups).toHaveLength(1);
  const backup = openStore(join(storeFolders(dataFolder).backups, backups[0] ?? ''));
  expect(schemaVersion(backup)).toBe(version);
  backup.close();
});

test('store is left as it was when the backup before an update cannot be made, and opens once it can', async () => {
  const dataFolder = freshFolder();
  writeOlderStore(dataFolder, 1);
  const { backups, database } = storeFolders(dataFolder);
  // A file in the folder's place stands for a folder nobody may write to.
  expect(existsSync(backups)).toBe(false);
  writeFileSync(backups, '');
  await expect(startStore(dataFolder, '2026-11-24T18:05:00.000Z')).rejects.toMatchObject({
    error: { code: 'backup.beforeUpdate', params: { detail: 'EEXIST' } },
  });
  const db = openStore(database);
  expect(schemaVersion(db)).toBe(1);
  closeStore(db);
  rmSync(backups);
  await expectAllThere(dataFolder);
});

/** Every step is the first that some older version has before it; the last is there for all of them. */
const points = olderVersions.flatMap((version) => {
  const left = migrations.length - version;
  const steps = [...new Set([1, left])];
  return [
    `migrate.backupDone:1`,
    ...steps.flatMap((step) => [`migrate.stepK:${step}`, `migrate.versionSet:${step}`]),
  ].map((point) => [version, point] as const);
});

test.each(
  points,
)('K5: store of version %i is old or new and never between when the program dies at %s', async (version, point) => {
  const dataFolder = freshFolder();
  writeOlderStore(dataFolder, version);
  let deaths = 0;
  for (let death = 0; death < 3; death += 1) {
    const before = openStore(storeFolders(dataFolder).database);
    const from = schemaVersion(before);
    before.close();
    const { signal, stdout } = spawnSync(process.execPath, [child, dataFolder], {
      env: { ...process.env, FAIL_AT: point },
      encoding: 'utf8',
    });
    // A death further on may find fewer steps left than the point waits for.
    if (migrations.length - from >= Number(point.split(':')[1])) {
      expect([signal, stdout]).toEqual(['SIGKILL', '']);
      deaths += 1;
    }
    const db = openStore(storeFolders(dataFolder).database);
    expect(isStructurallySound(db)).toBe(true);
    const now = schemaVersion(db);
    expect(now).toBeGreaterThanOrEqual(from);
    // The shape is exactly the one its number speaks of.
    const fresh = openStore(':memory:');
    for (const step of migrations.slice(0, now)) fresh.exec(step);
    expect(shapeText(db)).toBe(shapeText(fresh));
    fresh.close();
    db.close();
  }
  expect(deaths).toBeGreaterThan(0);
  await expectAllThere(dataFolder);
});

test('store of a newer program is refused and left as it was when it is opened', async () => {
  const dataFolder = freshFolder();
  const { database } = storeFolders(dataFolder);
  writeOlderStore(dataFolder, migrations.length);
  const db = openStore(database);
  db.exec(`create table later (words text); pragma user_version = ${migrations.length + 1}`);
  closeStore(db);
  const bytes = readFileSync(database);
  await expect(openTestWorkshop(dataFolder)).rejects.toMatchObject({
    error: { code: 'store.newerThanApp', params: { found: migrations.length + 1, known: migrations.length } },
  });
  expect(readFileSync(database).equals(bytes)).toBe(true);
  expect(() => migrate(openStore(database))).toThrow('store.newerThanApp');
});

function shapeText(db: Db): string {
  return JSON.stringify(db.prepare('select type, name, sql from sqlite_schema order by name').raw().all());
}

/** What the program knows a version by: tables, their columns by name, and how indexes and triggers are made. */
const knownBy = [
  "select m.name, c.name from sqlite_schema m left join pragma_table_info(m.name) c where m.type = 'table' and m.sql not like 'create virtual%' order by 1, 2",
  "select name, sql from sqlite_schema where type in ('index', 'trigger') and sql is not null order by 1",
];

test('each step makes a table, a column, an index or a trigger, so that a number alone never is a newer version', () => {
  const db = openStore(':memory:');
  const shape = (): string => JSON.stringify(knownBy.map((sql) => db.prepare(sql).raw().all()));
  const seen = new Set([shape()]);
  for (const step of migrations) {
    db.exec(step);
    seen.add(shape());
  }
  db.close();
  expect(seen.size).toBe(migrations.length + 1);
  expect(migrations.length).toBeGreaterThanOrEqual(9);
});
