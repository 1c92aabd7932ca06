import {
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { auditRepository } from '../../electron/store/audit-repository.ts';
import { backups, copiesIn, dueBackup, newestGoodBackup, writeBackup } from '../../electron/store/backup.ts';
import { askForErase, eraseIfAsked } from '../../electron/store/erase-store.ts';
import { migrations } from '../../electron/store/migrate.ts';
import { openDatabase } from '../../electron/store/native-binding.ts';
import { closeStore } from '../../electron/store/open-store.ts';
import { askForRestore } from '../../electron/store/restore-backup.ts';
import { startStore } from '../../electron/store/start-store.ts';
import { type StoreFolders, storeFolders } from '../../electron/store/store-folders.ts';
import type { TicketId } from '../../shared/domain/ids.ts';
import { freshFolder, openTestWorkshop } from './workshop-fixture.ts';

const backedUpAt = '2026-11-24T17:00:00.000Z';

type Place = { readonly place: string; readonly folders: StoreFolders; readonly drafts: readonly TicketId[] };

/** A workshop with a profile and three drafts, backed up once and closed. */
async function workedIn(): Promise<Place> {
  const place = freshFolder();
  const { services, call } = await openTestWorkshop(place);
  await call('saveProfile', {
    customerCode: 'ALI-1',
    company: 'Rossi',
    email: 'a@b.example',
    ticketLanguage: 'it',
  });
  const drafts: TicketId[] = [];
  for (let count = 0; count < 3; count += 1)
    drafts.push((await call('startDraft', { toolId: null, evidenceIds: [] })).id);
  const { db, folders } = services.store;
  await writeBackup(db, folders.backups, 'daily', backedUpAt);
  closeStore(db);
  return { place, folders, drafts };
}

/** What a start finds there: how it came up, how many of the drafts it has, and whether it takes this PC for a new one. */
async function seen({ place, drafts }: Place): Promise<{ health: unknown; there: number; isNew: boolean }> {
  const { services, call } = await openTestWorkshop(place);
  const info = await call('appInfo', {});
  let there = 0;
  for (const id of drafts) there += (await call('draft', { id }).catch(() => null)) === null ? 0 : 1;
  closeStore(services.store.db);
  return { health: info.storeHealth, there, isNew: info.profile === null };
}

const blank = (file: string, sql: string): void => {
  rmSync(file);
  const db = openDatabase(file);
  db.exec(sql);
  db.close();
};

const harms: readonly (readonly [string, 'gone' | 'damaged' | 'lost', (file: string) => void])[] = [
  ['is gone', 'gone', (file) => rmSync(file)],
  ['has no byte', 'gone', (file) => truncateSync(file, 0)],
  ['has one byte', 'damaged', (file) => writeFileSync(file, 'S')],
  ['is a text', 'damaged', (file) => writeFileSync(file, 'Questo non è un archivio.\n'.repeat(400))],
  ['is all NULs', 'damaged', (file) => writeFileSync(file, Buffer.alloc(40_960))],
  ['is cut in its first page', 'damaged', (file) => truncateSync(file, 700)],
  ['is a database nobody wrote into', 'gone', (file) => blank(file, 'vacuum')],
  [
    'is another program’s with a mark',
    'damaged',
    (file) => blank(file, 'pragma application_id = 77; create table theirs (words text)'),
  ],
  [
    'is another program’s without a mark',
    'damaged',
    (file) => blank(file, 'create table theirs (words text)'),
  ],
  [
    'has our mark and no table',
    'damaged',
    (file) => blank(file, `pragma application_id = ${0x4f465355}; pragma user_version = 5`),
  ],
  [
    'is a folder',
    'damaged',
    (file) => {
      rmSync(file);
      mkdirSync(join(file, 'inside'), { recursive: true });
    },
  ],
  [
    'is a link into nowhere',
    'damaged',
    (file) => {
      rmSync(file);
      symlinkSync('/nowhere/officina.db', file);
    },
  ],
  [
    'is ours with every table and no entry',
    'lost',
    (file) => {
      const db = openDatabase(file);
      for (const table of ['tickets', 'profile', 'audit', 'settings']) db.exec(`delete from ${table}`);
      db.close();
    },
  ],
];

test.each(
  harms,
)('DAMAGE-1: store comes back from the backup and says so when officina.db %s', async (_how, cause, harm) => {
  const past = await workedIn();
  harm(past.folders.database);
  const health = expect.objectContaining({
    kind: 'restored',
    cause,
    backupAt: backedUpAt,
    missingEntries: 0,
  });
  expect(await seen(past)).toEqual({ health, there: 3, isNew: false });
  expect(await seen(past)).toEqual({ health: { kind: 'healthy' }, there: 3, isNew: false });
});

test.each(
  harms,
)('store begins empty and says so when officina.db %s and no backup is good', async (_how, cause, harm) => {
  const past = await workedIn();
  for (const { file } of backups(past.folders.backups)) writeFileSync(file, 'spoiled');
  harm(past.folders.database);
  const { health, there } = await seen(past);
  expect([health, there]).toEqual([
    expect.objectContaining({ kind: 'restored', cause, backupAt: null, missingEntries: 4 }),
    0,
  ]);
});

test('store begins empty and says so when only what was set aside earlier stands beside it', async () => {
  const place = freshFolder();
  const folders = storeFolders(place);
  mkdirSync(join(folders.quarantine, '20260101T000000000Z'), { recursive: true });
  const { db, health } = await startStore(place, backedUpAt);
  expect(health).toMatchObject({
    kind: 'restored',
    cause: 'gone',
    backupAt: null,
    missingEntries: 0,
    quarantineFolder: '',
  });
  closeStore(db);
});

test('store begins empty and says so when the mark of its audit alone stands beside it', async () => {
  const past = await workedIn();
  rmSync(past.folders.database);
  rmSync(past.folders.backups, { recursive: true });
  expect(existsSync(past.folders.head)).toBe(true);
  const { health } = await seen(past);
  expect(health).toMatchObject({ kind: 'restored', cause: 'gone', backupAt: null, missingEntries: 4 });
});

test('store is new, and nothing is told, on a PC nobody used before and after everything was erased', async () => {
  const fresh = await startStore(freshFolder(), backedUpAt);
  expect(fresh.health).toEqual({ kind: 'healthy' });
  closeStore(fresh.db);
  const past = await workedIn();
  rmSync(past.folders.database);
  await startStore(past.place, backedUpAt).then(({ db }) => closeStore(db));
  askForErase(past.place);
  expect(eraseIfAsked(past.place)).toEqual([]);
  expect(await seen(past)).toEqual({ health: { kind: 'healthy' }, there: 0, isNew: true });
});

const heads: readonly (readonly [string, (file: string) => void])[] = [
  ['is gone', (file) => rmSync(file)],
  ['is no mark', (file) => writeFileSync(file, '{')],
  ['has no byte', (file) => truncateSync(file, 0)],
  [
    'names the first of all entries',
    (file) => writeFileSync(file, JSON.stringify({ sequence: 0, hash: '0'.repeat(64) })),
  ],
];

/** A workshop whose store is as it was when its first draft was written, while its backup has all three. */
async function takenBack(): Promise<Place> {
  const place = freshFolder();
  const { services, call } = await openTestWorkshop(place);
  const drafts: TicketId[] = [];
  const { db, folders } = services.store;
  await call('saveProfile', {
    customerCode: 'ALI-1',
    company: 'Rossi',
    email: 'a@b.example',
    ticketLanguage: 'it',
  });
  for (let count = 0; count < 3; count += 1) {
    drafts.push((await call('startDraft', { toolId: null, evidenceIds: [] })).id);
    if (count === 0) await db.backup(join(place, 'early.db'));
  }
  await writeBackup(db, folders.backups, 'daily', backedUpAt);
  closeStore(db);
  renameSync(join(place, 'early.db'), folders.database);
  return { place, folders, drafts };
}

test.each(
  heads,
)('older copy of the store goes on from the backup that holds more though its mark %s', async (_how, harm) => {
  const past = await takenBack();
  harm(past.folders.head);
  const health = expect.objectContaining({
    kind: 'restored',
    cause: 'lost',
    backupAt: backedUpAt,
    missingEntries: 0,
  });
  expect(await seen(past)).toEqual({ health, there: 3, isNew: false });
  expect(await seen(past)).toEqual({ health: { kind: 'healthy' }, there: 3, isNew: false });
});

test.each(
  heads,
)('store stays and its doubt is told once when a backup has another past and its mark %s', async (_how, harm) => {
  const past = await takenBack();
  // Worked in since: neither of the two holds what the other has.
  const since = await startStore(past.place, backedUpAt);
  closeStore(since.db);
  const apart = await workedIn();
  writeFileSync(
    join(past.folders.backups, 'quarter-20261124T180000000Z.db'),
    readFileSync(apart.folders.database),
  );
  const kept = readFileSync(past.folders.database);
  harm(past.folders.head);
  const longer = await openTestWorkshop(apart.place);
  for (let count = 0; count < 9; count += 1)
    await longer.call('startDraft', { toolId: null, evidenceIds: [] });
  await writeBackup(longer.services.store.db, past.folders.backups, 'quarter', '2026-11-24T18:30:00.000Z');
  closeStore(longer.services.store.db);
  writeFileSync(past.folders.database, kept);
  const health = expect.objectContaining({
    kind: 'restored',
    cause: 'unsure',
    backupAt: '2026-11-24T18:30:00.000Z',
  });
  expect(await seen(past)).toEqual({ health, there: 3, isNew: false });
  expect(await seen(past)).toEqual({ health: { kind: 'healthy' }, there: 3, isNew: false });
});

test.each(
  heads,
)('store that holds most is healthy beside its older backup though its mark %s', async (_how, harm) => {
  const past = await workedIn();
  const { services, call } = await openTestWorkshop(past.place);
  const later = await call('startDraft', { toolId: null, evidenceIds: [] });
  closeStore(services.store.db);
  harm(past.folders.head);
  const drafts = [...past.drafts, later.id];
  expect(await seen({ ...past, drafts })).toEqual({ health: { kind: 'healthy' }, there: 4, isNew: false });
  // The mark is there again: what is lost from now on is noticed.
  writeFileSync(past.folders.database, readFileSync(backups(past.folders.backups)[0]?.file ?? ''));
  expect((await seen({ ...past, drafts })).health).toMatchObject({
    kind: 'restored',
    cause: 'lost',
    missingEntries: 1,
  });
});

test('store begins empty and says so when only the files of its requests stand beside it', async () => {
  const place = freshFolder();
  const folders = storeFolders(place);
  const first = await openTestWorkshop(place);
  closeStore(first.services.store.db);
  for (const path of [folders.database, folders.head]) rmSync(path, { force: true });
  // Folders that hold nothing are no past.
  const nothing = await startStore(place, backedUpAt);
  expect(nothing.health).toEqual({ kind: 'healthy' });
  closeStore(nothing.db);
  for (const path of [folders.database, folders.head]) rmSync(path, { force: true });
  const file = join(place, 'evidence', 'ab', 'ab'.repeat(32));
  mkdirSync(join(place, 'evidence', 'ab'), { recursive: true });
  writeFileSync(file, 'lettura');
  const { services, call } = await openTestWorkshop(place);
  const gone = { kind: 'restored', cause: 'gone', backupAt: null, missingEntries: 0 };
  expect((await call('appInfo', {})).storeHealth).toMatchObject(gone);
  closeStore(services.store.db);
  expect(readFileSync(file, 'utf8')).toBe('lettura');
});

const copyNames: readonly ((name: string) => string)[] = [
  (name) => name.replace('.db', ' - Copia.db'),
  (name) => name.replace('.db', ' - Copia (2).db'),
  (name) => name.replace('.db', ' - Copy.db'),
  (name) => name.replace('.db', ' (1).db'),
  (name) => name.replace('.db', '(1).DB'),
  (name) => `Copia di ${name}`,
  (name) => `Copy (2) of ${name}`,
];
test.each(
  copyNames,
)('backup that somebody copied by hand is found, chosen, restored and never removed: %#', async (named) => {
  const past = await workedIn();
  const { backups: folder, database, restoreNext } = past.folders;
  const name = named('daily-20261124T170000000Z.db');
  renameSync(join(folder, 'daily-20261124T170000000Z.db'), join(folder, name));
  expect(backups(folder).map(({ reason, at }) => [reason, at])).toEqual([['daily', backedUpAt]]);
  askForRestore(restoreNext, folder, name);
  rmSync(restoreNext);
  rmSync(database);
  expect(await seen(past)).toMatchObject({
    health: { kind: 'restored', cause: 'gone', backupAt: backedUpAt },
    there: 3,
    isNew: false,
  });
  const { db } = await startStore(past.place, backedUpAt);
  const days = Array.from({ length: 10 }, (_, day) =>
    new Date(Date.parse(backedUpAt) + (day + 1) * 86_400_000).toISOString(),
  );
  for (const at of days) expect(await writeBackup(db, folder, 'daily', at)).not.toBeNull();
  closeStore(db);
  expect(existsSync(join(folder, name))).toBe(true);
  expect(backups(folder)).toHaveLength(8);
});

test('store that lost its last entries goes on from a backup that still has them, and from itself when none has', async () => {
  const past = await workedIn();
  const early = readFileSync(past.folders.database);
  const { services, call } = await openTestWorkshop(past.place);
  const later = await call('startDraft', { toolId: null, evidenceIds: [] });
  await writeBackup(services.store.db, past.folders.backups, 'quarter', '2026-11-24T17:20:00.000Z');
  closeStore(services.store.db);
  const newest = readFileSync(past.folders.database);
  writeFileSync(past.folders.database, early);
  const drafts = [...past.drafts, later.id];
  const health = expect.objectContaining({
    cause: 'lost',
    backupAt: '2026-11-24T17:20:00.000Z',
    missingEntries: 0,
  });
  expect(await seen({ ...past, drafts })).toEqual({ health, there: 4, isNew: false });
  writeFileSync(past.folders.database, newest);
  rmSync(past.folders.backups, { recursive: true });
  expect((await seen({ ...past, drafts })).health).toMatchObject({
    cause: 'lost',
    backupAt: null,
    missingEntries: 1,
  });
});

const oddities: readonly (readonly [string, (folder: string, good: string) => void])[] = [
  [
    'a stamp on no day',
    (folder, good) => writeFileSync(join(folder, 'weekly-20261399T000000000Z.db'), readFileSync(good)),
  ],
  ['a folder with the name of one', (folder) => mkdirSync(join(folder, 'weekly-20261123T000000000Z.db'))],
  [
    'a folder with the name of one under way',
    (folder) => mkdirSync(join(folder, 'daily-20261124T183000000Z.db.tmp')),
  ],
  [
    'a link into nowhere',
    (folder) => symlinkSync('/nowhere/a.db', join(folder, 'daily-20261124T180000000Z.db')),
  ],
  [
    'a link in a circle',
    (folder) => symlinkSync('daily-20261124T190000000Z.db', join(folder, 'daily-20261124T190000000Z.db')),
  ],
  [
    'one that is no database',
    (folder) => writeFileSync(join(folder, 'quarter-20261124T200000000Z.db'), 'no'),
  ],
  ['one of no byte', (folder) => writeFileSync(join(folder, 'quarter-20261124T210000000Z.db'), '')],
  [
    'one cut in half',
    (folder, good) => {
      const file = join(folder, 'quarter-20261124T220000000Z.db');
      writeFileSync(file, readFileSync(good));
      truncateSync(file, 40_000);
    },
  ],
  [
    'another program’s',
    (folder) => {
      const db = openDatabase(join(folder, 'quarter-20261124T230000000Z.db'));
      db.exec(
        'create table audit (sequence integer primary key, hash text); insert into audit values (900, 1)',
      );
      db.close();
    },
  ],
  ['one without a table', (folder, good) => edited(folder, good, 'drop table tools')],
  ['one of a version nobody knows', (folder, good) => edited(folder, good, 'pragma user_version = 999')],
  [
    'one of a version its tables are not of',
    (folder, good) => edited(folder, good, 'pragma user_version = 3'),
  ],
  [
    'an older one stamped in the future',
    (folder, good) =>
      edited(
        folder,
        good,
        'delete from audit where sequence > 2; delete from tickets',
        'weekly-20281124T170000000Z.db',
      ),
  ],
];

function edited(folder: string, good: string, sql: string, name = 'quarter-20261124T231500000Z.db'): void {
  const file = join(folder, name);
  writeFileSync(file, readFileSync(good));
  const db = openDatabase(file);
  db.exec(sql);
  db.close();
}

test.each(oddities)('backups go on and the good one wins when there is %s among them', async (_what, put) => {
  const past = await workedIn();
  const [good] = backups(past.folders.backups);
  put(past.folders.backups, good?.file ?? '');
  const now = '2026-11-25T08:00:00.000Z';
  expect(dueBackup(backups(past.folders.backups), Date.parse(now), true)).toBe('weekly');
  const { db, folders } = await startStore(past.place, now);
  expect(await writeBackup(db, folders.backups, 'weekly', now)).not.toBeNull();
  expect(dueBackup(backups(folders.backups), Date.parse(now) + 3_600_000, true)).not.toBe('weekly');
  closeStore(db);
  rmSync(join(folders.backups, 'weekly-20261125T080000000Z.db'));
  rmSync(folders.database);
  expect(await seen(past)).toMatchObject({ health: { kind: 'restored', backupAt: backedUpAt }, there: 3 });
});

test.each([
  '20261399T000000000Z',
  '20260230T000000000Z',
  '20261124T250000000Z',
  '00000000T000000000Z',
])('copy whose stamp is on no day (%s) has the instant of its last change where backups are listed', async (stamp) => {
  const past = await workedIn();
  const [good] = backups(past.folders.backups);
  const file = join(past.folders.backups, `weekly-${stamp}.db`);
  writeFileSync(file, readFileSync(good?.file ?? ''));
  expect(backups(past.folders.backups).map(({ at }) => at)).toEqual([backedUpAt]);
  const odd = copiesIn(past.folders.backups).find((copy) => copy.file === file);
  expect(odd).toMatchObject({ isUnnamed: true, at: statSync(file).mtime.toISOString() });
});

test('backup that holds most wins and not the one a clock that was ahead stamped last', async () => {
  const past = await workedIn();
  const { services, call } = await openTestWorkshop(past.place);
  const { db, folders } = services.store;
  await writeBackup(db, folders.backups, 'daily', '2027-06-01T00:00:00.000Z');
  const later = await call('startDraft', { toolId: null, evidenceIds: [] });
  await writeBackup(db, folders.backups, 'quarter', '2026-11-24T18:00:00.000Z');
  closeStore(db);
  expect(newestGoodBackup(folders.backups)?.at).toBe('2026-11-24T18:00:00.000Z');
  rmSync(folders.database);
  const drafts = [...past.drafts, later.id];
  expect(await seen({ ...past, drafts })).toMatchObject({
    health: { backupAt: '2026-11-24T18:00:00.000Z' },
    there: 4,
  });
});

test.each([
  (name: string) => name.toUpperCase(),
  (name: string) => name.toLowerCase(),
])('backup whose name another program wrote in one case is found, chosen and restored all the same', async (inOneCase) => {
  const past = await workedIn();
  const { backups: folder, database, restoreNext } = past.folders;
  const [only] = backups(folder);
  if (only === undefined) throw new Error('no backup');
  const name = inOneCase(basename(only.file));
  renameSync(only.file, join(folder, name));
  expect(backups(folder).map(({ reason, at }) => [reason, at])).toEqual([['daily', backedUpAt]]);
  expect(dueBackup(backups(folder), Date.parse(backedUpAt) + 60_000, true)).not.toBe('daily');
  askForRestore(restoreNext, folder, name);
  rmSync(database);
  expect(await seen(past)).toMatchObject({
    health: { kind: 'restored', backupAt: backedUpAt },
    there: 3,
    isNew: false,
  });
});

test('backups are made day after day when a clock that was a year ahead had filled every place', async () => {
  const { db, folders } = await startStore(freshFolder(), backedUpAt);
  auditRepository(db).append(backedUpAt, 'profile-saved', 'profile');
  const written = (from: number, reason: 'quarter' | 'daily' | 'weekly', count: number): Promise<unknown> =>
    Array.from({ length: count }, (_, index) => new Date(from + index * 86_400_000).toISOString()).reduce<
      Promise<unknown>
    >((before, at) => before.then(() => writeBackup(db, folders.backups, reason, at)), Promise.resolve());
  for (const reason of ['quarter', 'daily', 'weekly'] as const)
    await written(Date.parse('2027-11-24T00:00:00.000Z'), reason, 8);
  let made = 0;
  for (let day = 0; day < 9; day += 1) {
    const nowMs = Date.parse('2026-11-24T00:00:00.000Z') + day * 86_400_000 + 60_000;
    const due = dueBackup(backups(folders.backups), nowMs, true);
    if (due === null) continue;
    const file = await writeBackup(db, folders.backups, due, new Date(nowMs).toISOString());
    if (file !== null && existsSync(file)) made += 1;
  }
  expect(made).toBe(9);
  closeStore(db);
});

test('backups of a store that began anew, or went back, push out none of the best of the past', async () => {
  const past = await workedIn();
  const kept = readFileSync(backups(past.folders.backups)[0]?.file ?? '');
  const spoiled = backups(past.folders.backups)[0]?.file ?? '';
  // Nobody can read it at the start, as when another program holds it; later it is whole again.
  writeFileSync(spoiled, 'held');
  rmSync(past.folders.database);
  const { db, folders, health } = await startStore(past.place, '2026-11-25T08:00:00.000Z');
  expect(health).toMatchObject({ kind: 'restored', cause: 'gone', backupAt: null });
  writeFileSync(spoiled, kept);
  let written = 0;
  for (let day = 0; day < 12; day += 1) {
    auditRepository(db).append(backedUpAt, 'profile-saved', 'profile');
    if (
      (await writeBackup(
        db,
        folders.backups,
        'daily',
        new Date(Date.parse(backedUpAt) + day * 86_400_000 + 1).toISOString(),
      )) !== null
    )
      written += 1;
  }
  expect(written).toBe(12);
  expect(readFileSync(spoiled).equals(kept)).toBe(true);
  expect(backups(folders.backups).filter(({ reason }) => reason === 'daily')).toHaveLength(8);
  closeStore(db);
  askForRestore(folders.restoreNext, folders.backups, 'daily-20261124T170000000Z.db');
  expect(await seen(past)).toMatchObject({ health: { cause: 'chosen', backupAt: backedUpAt }, there: 3 });
});

test('store that somebody took back on purpose comes back from its own backups and not from the ones it left', async () => {
  const past = await workedIn();
  const ahead = await openTestWorkshop(past.place);
  for (let count = 0; count < 5; count += 1)
    await ahead.call('startDraft', { toolId: null, evidenceIds: [] });
  const { db, folders } = ahead.services.store;
  await writeBackup(db, folders.backups, 'quarter', '2026-11-24T17:30:00.000Z');
  askForRestore(folders.restoreNext, folders.backups, 'daily-20261124T170000000Z.db');
  closeStore(db);
  const back = await openTestWorkshop(past.place);
  expect(back.services.store.health).toMatchObject({ cause: 'chosen', backupAt: backedUpAt });
  const wanted = await back.call('startDraft', { toolId: null, evidenceIds: [] });
  await writeBackup(back.services.store.db, folders.backups, 'quarter', '2026-11-24T17:45:00.000Z');
  await back.call('startDraft', { toolId: null, evidenceIds: [] });
  closeStore(back.services.store.db);
  rmSync(folders.database);
  const drafts = [...past.drafts, wanted.id];
  expect(await seen({ ...past, drafts })).toMatchObject({
    health: { cause: 'gone', backupAt: '2026-11-24T17:45:00.000Z', missingEntries: 1 },
    there: 4,
  });
});

test('good backup wins whatever another program that opened it left beside it', async () => {
  for (const suffix of ['-journal', '-wal', '-shm']) {
    const past = await workedIn();
    const backup = newestGoodBackup(past.folders.backups)?.file;
    if (backup === undefined) throw new Error('no backup');
    writeFileSync(backup + suffix, Buffer.alloc(9_000, 3));
    rmSync(past.folders.database);
    expect(await seen(past), suffix).toMatchObject({
      health: { cause: 'gone', backupAt: backedUpAt },
      there: 3,
      isNew: false,
    });
  }
});

const otherNames = [
  'officina-copia.db',
  'daily-20261124T170000000Z.db.bak',
  'daily-20261124T170000000Z.db.tmp',
];

test.each(
  otherNames,
)('good store among the backups brings the work back though its name is %s', async (name) => {
  const past = await workedIn();
  const { backups: folder, database, head } = past.folders;
  renameSync(join(folder, 'daily-20261124T170000000Z.db'), join(folder, name));
  for (const file of [database, head]) rmSync(file, { force: true });
  expect(await seen(past)).toMatchObject({ health: { cause: 'gone' }, there: 3, isNew: false });
  expect(existsSync(join(folder, name))).toBe(!name.endsWith('.tmp'));
});

test('copy that was never finished and only its journal could undo brings nothing', async () => {
  const past = await workedIn();
  const { backups: folder, database } = past.folders;
  const cut = join(folder, 'quarter-20261124T180000000Z.db.tmp');
  renameSync(join(folder, 'daily-20261124T170000000Z.db'), cut);
  writeFileSync(`${cut}-journal`, 'half');
  rmSync(database);
  expect(await seen(past)).toMatchObject({ health: { cause: 'gone', backupAt: null }, there: 0 });
});

test.each([
  ['is gone', (file: string) => rmSync(file)],
  ['is damaged', (file: string) => writeFileSync(file, 'spoiled')],
])('store that %s is not begun anew when only a newer program can read its backups', async (_what, harm) => {
  const past = await workedIn();
  const { backups: folder, database } = past.folders;
  const file = join(folder, 'daily-20261124T170000000Z.db');
  const later = openDatabase(file);
  later.exec(`create table later (words text); pragma user_version = ${migrations.length + 1}`);
  later.close();
  harm(database);
  const before = existsSync(database);
  for (let tries = 0; tries < 2; tries += 1)
    await expect(startStore(past.place, '2026-11-25T08:00:00.000Z')).rejects.toMatchObject({
      error: { code: 'store.newerThanApp' },
    });
  expect([existsSync(database), existsSync(file)]).toEqual([before, true]);
  const ours = openDatabase(file);
  ours.exec(`drop table later; pragma user_version = ${migrations.length}`);
  ours.close();
  expect(await seen(past)).toMatchObject({ there: 3, isNew: false });
});

test('backup that is damaged or none of ours is refused with its reason when somebody chooses it', async () => {
  const { folders } = await workedIn();
  const file = join(folders.backups, 'quarter-20261124T180000000Z.db');
  writeFileSync(file, 'no database');
  expect(() => askForRestore(folders.restoreNext, folders.backups, 'quarter-20261124T180000000Z.db')).toThrow(
    'backup.unusable',
  );
  expect(existsSync(folders.restoreNext)).toBe(false);
});

const kinds: readonly (readonly [string, (path: string) => void])[] = [
  ['a folder', (path) => mkdirSync(join(path, 'inside'), { recursive: true })],
  ['a link into nowhere', (path) => symlinkSync('/nowhere/at/all', path)],
  ['a link in a circle', (path) => symlinkSync(path, path)],
  ['a file', (path) => writeFileSync(path, 'not what belongs here')],
];
const names = [
  'restoreNext',
  'suspect',
  'eraseNext',
  'head',
  'backups',
  'quarantine',
  'journal',
  'restoring',
] as const;
const cases = names.flatMap((name) =>
  kinds
    .filter(
      ([what]) =>
        what !== 'a file' ||
        name === 'backups' ||
        name === 'quarantine' ||
        name === 'head' ||
        name === 'restoreNext',
    )
    .map(([what, put]) => [name, what, put] as const),
);

test('every place of the store is tried with every wrong kind of thing', () => {
  expect(cases).toHaveLength(28);
});

test.each(cases)('store opens, works and can be restored when %s is %s', async (name, _what, put) => {
  const past = await workedIn();
  const { database } = past.folders;
  const path = { ...past.folders, journal: `${database}-journal`, restoring: `${database}.restoring` }[name];
  rmSync(path, { recursive: true, force: true });
  put(path);
  expect(eraseIfAsked(past.place)).toEqual([]);
  const first = await openTestWorkshop(past.place);
  expect((await first.call('appInfo', {})).profile?.customerCode).toBe('ALI-1');
  const draft = await first.call('startDraft', { toolId: null, evidenceIds: [] });
  closeStore(first.services.store.db);
  expect(first.faults).toEqual([]);
  // The store is damaged on top of it: what stands in the way must not keep it from being set aside and told.
  writeFileSync(past.folders.database, 'spoiled');
  const { health, there } = await seen({ ...past, drafts: [...past.drafts, draft.id] });
  const backup = name === 'backups' ? null : backedUpAt;
  expect([health, there]).toEqual([
    expect.objectContaining({ kind: 'restored', cause: 'damaged', backupAt: backup }),
    backup === null ? 0 : 3,
  ]);
});
