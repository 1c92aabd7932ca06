import { copyFileSync, cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { backups, writeBackup } from '../../electron/store/backup.ts';
import { migrations, schemaVersion } from '../../electron/store/migrate.ts';
import { openDatabase } from '../../electron/store/native-binding.ts';
import { closeStore } from '../../electron/store/open-store.ts';
import { isWhole } from '../../electron/store/integrity-check.ts';
import { storeFolders } from '../../electron/store/store-folders.ts';
import { AppFault } from '../../shared/domain/app-error.ts';
import { freshFolder, openTestWorkshop, readyDraft } from './workshop-fixture.ts';

const backedUpAt = '2026-11-24T17:00:00.000Z';
/** A store with one draft and a backup that has it, closed. */
const model = freshFolder();

beforeAll(async () => {
  const opened = await openTestWorkshop(model);
  await readyDraft(opened, 'La lettura non parte');
  const { db, folders } = opened.services.store;
  await writeBackup(db, folders.backups, 'daily', backedUpAt);
  closeStore(db);
});

/** What a start does with a copy of the model that was harmed: how it came up, or the code it refused with. Whatever came up works and holds the draft. */
async function outcome(harm: (database: string) => void, withBackup = true): Promise<string> {
  const place = freshFolder();
  try {
    cpSync(model, place, { recursive: true });
    const folders = storeFolders(place);
    if (!withBackup) for (const { file } of backups(folders.backups)) rmSync(file);
    harm(folders.database);
    const opened = await openTestWorkshop(place);
    const { db, health } = opened.services.store;
    const before = (await opened.call('requests', { filter: 'drafts', text: '', offset: 0 })).total;
    await opened.call('startDraft', { toolId: null, evidenceIds: [] });
    const found = await opened.call('requests', { filter: 'drafts', text: 'lettura', offset: 0 });
    expect([before, found.total, schemaVersion(db), isWhole(db), opened.faults]).toEqual([
      1,
      1,
      migrations.length,
      true,
      [],
    ]);
    closeStore(db);
    return health.kind === 'restored' ? `${health.kind} ${health.cause}` : health.kind;
  } catch (error) {
    if (!(error instanceof AppFault)) throw error;
    return error.error.code;
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

const flip =
  (offset: number, bits: number) =>
  (database: string): void => {
    const bytes = readFileSync(database);
    bytes[offset] = (bytes[offset] ?? 0) ^ bits;
    writeFileSync(database, bytes);
  };

test('DAMAGE-1: store comes up whole, restored or refused with words, whichever byte of its first hundred is flipped', async () => {
  const outcomes = new Map<string, number>();
  let tried = 0;
  for (let offset = 0; offset < 100; offset += 1)
    for (const bits of [0xff, 0x01, 0x80]) {
      const ended = await outcome(flip(offset, bits)).catch((error: unknown) => {
        throw new Error(`byte ${offset} ^ ${bits}`, { cause: error });
      });
      outcomes.set(ended, (outcomes.get(ended) ?? 0) + 1);
      tried += 1;
    }
  expect(tried).toBe(300);
  expect([...outcomes.keys()].toSorted()).toEqual(['healthy', 'restored damaged', 'restored mended']);
  expect(outcomes.get('restored damaged')).toBeGreaterThan(90);
  expect(outcomes.get('restored mended')).toBeGreaterThan(10);
}, 300_000);

const withSql =
  (sql: string) =>
  (database: string): void => {
    const db = openDatabase(database);
    db.exec(sql);
    db.close();
  };

test.each([
  ['user_version is 0', 'pragma user_version = 0', 'restored mended'],
  ['user_version is -1', 'pragma user_version = -1', 'restored mended'],
  ['user_version is 3', 'pragma user_version = 3', 'restored mended'],
  [
    'several bits of user_version are turned',
    `pragma user_version = ${migrations.length ^ 0xff}`,
    'restored mended',
  ],
  ['user_version is 999', 'pragma user_version = 999', 'restored mended'],
  ...[2, 4, 6, 12, 30].map((bit): [string, string, string] => [
    `bit ${bit} of user_version is turned`,
    `pragma user_version = ${migrations.length ^ (2 ** bit)}`,
    'restored mended',
  ]),
  ['user_version is the next', `pragma user_version = ${migrations.length + 1}`, 'restored mended'],
  [
    'user_version is the next and a column is not ours',
    `alter table tickets add column theirs text; pragma user_version = ${migrations.length + 1}`,
    'store.newerThanApp',
  ],
  [
    'user_version is the next and an index is not ours',
    `create index theirs on tickets (state); pragma user_version = ${migrations.length + 1}`,
    'store.newerThanApp',
  ],
  [
    'a bit of user_version is turned and a table is not ours',
    `create table theirs (words text); pragma user_version = ${migrations.length ^ 64}`,
    'store.newerThanApp',
  ],
  ['the mark of the owner is another', 'pragma application_id = 77', 'restored mended'],
  ['the mark of the owner is gone', 'pragma application_id = 0', 'restored mended'],
  [
    'the mark and the version are gone',
    'pragma application_id = 0; pragma user_version = 0',
    'restored mended',
  ],
  ['a unique index is dropped', 'drop index one_creation_a_ticket', 'restored mended'],
  [
    'every index is dropped',
    'drop index tickets_by_time; drop index tickets_by_move; drop index unread_messages',
    'restored mended',
  ],
  ['an index that queries name is dropped', 'drop index messages_of_sessions', 'restored mended'],
  ['a trigger is dropped', 'drop trigger request_words_added', 'restored mended'],
  [
    'the rows of the search are emptied',
    'delete from request_rows; drop trigger request_words_changed',
    'restored mended',
  ],
  ['a table of somebody else is added', 'create table theirs (words text)', 'healthy'],
  ['an old column is renamed', 'alter table tools rename column serial to number', 'restored damaged'],
  ['a column is dropped', 'alter table tickets drop column closed_at', 'restored damaged'],
  ['the search is dropped', 'drop table request_words', 'restored damaged'],
])('store is whole again and says so when %s', async (_what, sql, expected) => {
  expect(await outcome(withSql(sql))).toBe(expected);
});

test('store comes back from the backup whichever of its tables is dropped', async () => {
  const db = openDatabase(storeFolders(model).database, { readonly: true });
  const tables = db
    .prepare(
      "select name from sqlite_schema where type = 'table' and sql like 'create table%' and name not like 'request@_words%' escape '@' and name not like 'sqlite@_%' escape '@'",
    )
    .pluck()
    .all()
    .map(String);
  db.close();
  expect(tables.length).toBeGreaterThanOrEqual(19);
  const ended: string[] = [];
  for (const table of tables)
    ended.push(await outcome(withSql(`pragma foreign_keys = off; drop table ${table}`)));
  expect(new Set(ended)).toEqual(new Set(['restored damaged']));
}, 300_000);

test('store is mended in place and nothing is lost when no backup is there and only what is around its tables is wrong', async () => {
  for (const sql of [
    'pragma user_version = 0',
    'pragma application_id = 77',
    'drop index tickets_by_time',
    'drop trigger request_words_added',
  ])
    expect(await outcome(withSql(sql), false)).toBe('restored mended');
});

test('store whose write-ahead log is a folder or another store’s comes up', async () => {
  const asFolder = (database: string): void => {
    rmSync(`${database}-wal`, { force: true });
    cpSync(storeFolders(model).backups, `${database}-wal`, { recursive: true });
  };
  expect(await outcome(asFolder)).toBe('healthy');
  expect(await outcome((database) => copyFileSync(database, `${database}-wal`))).toBe('healthy');
  expect(await outcome((database) => writeFileSync(`${database}-shm`, 'x'))).toBe('healthy');
});
