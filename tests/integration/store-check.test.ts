import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { beginCheck, beginStartCheck, type StartCheckLimits } from '../../electron/store/begin-check.ts';
import { newestGoodBackup, writeBackup } from '../../electron/store/backup.ts';
import { checkSchedule, wholeCheckDue } from '../../electron/store/check-schedule.ts';
import { type Db, closeStore, openStore } from '../../electron/store/open-store.ts';
import { startStore } from '../../electron/store/start-store.ts';
import { isStructurallySound, isWhole } from '../../electron/store/integrity-check.ts';
import { storeFolders } from '../../electron/store/store-folders.ts';
import { systemClock } from '../../electron/platform/clock.ts';
import { damageIndex, damagePages, damageTable } from '../fixtures/damage.ts';
import { freshFolder, openTestWorkshop, until } from './workshop-fixture.ts';

const at = '2026-11-24T18:05:00.000Z';
const worker = resolve(import.meta.dirname, '../../electron/store/check.worker.ts');

/** As a store is checked that is too large for the start itself. */
const ofLarge = (budgetMs: number): StartCheckLimits => ({ budgetMs, smallBytes: 0 });

async function filled(): Promise<{
  readonly place: string;
  readonly folders: ReturnType<typeof storeFolders>;
}> {
  const place = freshFolder();
  const { services, call } = await openTestWorkshop(place);
  await call('choosePortal', { kind: 'manual' });
  for (let count = 0; count < 20; count += 1) await call('startDraft', { toolId: null, evidenceIds: [] });
  await writeBackup(services.store.db, services.store.folders.backups, 'daily', '2026-11-24T17:00:00.000Z');
  await services.stop();
  return { place, folders: storeFolders(place) };
}

const isSound = (file: string, check: (db: Db) => boolean): boolean => {
  const db = openStore(file);
  try {
    return check(db);
  } finally {
    db.close();
  }
};

test('DAMAGE-1, FINDING-4: store is restored when the check beside the start finds a damaged page', async () => {
  const { place, folders } = await filled();
  damagePages(folders.database);
  const check = beginStartCheck(worker, folders, ofLarge(30_000));
  const opened = await startStore(place, at, check.inTime);
  expect(await check.result).toBe('damaged');
  expect(opened.health).toMatchObject({
    kind: 'restored',
    cause: 'damaged',
    backupAt: '2026-11-24T17:00:00.000Z',
  });
  closeStore(opened.db);
});

test('DAMAGE-1: store is restored when a start that did not wait for its check meets the damage itself', async () => {
  const { place, folders } = await filled();
  damageTable(folders.database, 'audit');
  const opened = await startStore(place, at, Promise.resolve('later'));
  expect(opened.health).toMatchObject({
    kind: 'restored',
    cause: 'damaged',
    backupAt: '2026-11-24T17:00:00.000Z',
  });
  closeStore(opened.db);
});

test('DAMAGE-1: store of an ordinary workshop is checked by the start itself, and no thread can come too late', async () => {
  const { place, folders } = await filled();
  damagePages(folders.database);
  const check = beginStartCheck(worker, folders, { budgetMs: 0, smallBytes: 8 * 1024 * 1024 });
  expect(await check.inTime).toBe('cannot-tell');
  const opened = await startStore(place, at, check.inTime);
  expect(opened.health).toMatchObject({
    kind: 'restored',
    cause: 'damaged',
    backupAt: '2026-11-24T17:00:00.000Z',
  });
  closeStore(opened.db);
});

test('store that is to be set aside or erased is not held open by a check, and any other is', async () => {
  const { folders } = await filled();
  expect(await beginStartCheck(worker, folders, ofLarge(30_000)).result).toBe('sound');
  for (const mark of [folders.restoreNext, folders.eraseNext]) {
    writeFileSync(mark, '');
    expect(await beginStartCheck(worker, folders, ofLarge(30_000)).inTime).toBe('cannot-tell');
    rmSync(mark);
  }
});

test('FINDING-4: start does not wait, the window is told and the next start restores when the check of a large store ends late', async () => {
  const { place, folders } = await filled();
  damageIndex(folders.database);
  expect(isSound(folders.database, isWhole)).toBe(false);
  const check = beginStartCheck(worker, folders, ofLarge(0));
  expect(await check.inTime).toBe('later');
  const late = beginCheck(worker, { file: folders.database, depth: 'whole' });
  const { services, call, events } = await openTestWorkshop(place, {
    storeChecks: { early: late, whole: async () => 'sound' },
  });
  await services.start();
  await until(() => events.some((event) => event.kind === 'storeHealthChanged'));
  expect((await call('appInfo', {})).storeHealth).toEqual({ kind: 'damaged' });
  expect(existsSync(folders.suspect)).toBe(true);
  await services.stop();
  const next = await startStore(place, at, beginStartCheck(worker, folders).inTime);
  expect(next.health).toMatchObject({
    kind: 'restored',
    cause: 'damaged',
    backupAt: '2026-11-24T17:00:00.000Z',
  });
  expect(existsSync(folders.suspect)).toBe(false);
  closeStore(next.db);
});

test('DAMAGE-3: backup that carries the same damage is passed over when the store is suspect', async () => {
  const { folders } = await filled();
  damageIndex(folders.database);
  const db = openStore(folders.database);
  expect(isStructurallySound(db)).toBe(true);
  await writeBackup(db, folders.backups, 'quarter', '2026-11-24T18:00:00.000Z');
  db.close();
  expect(newestGoodBackup(folders.backups)?.at).toBe('2026-11-24T18:00:00.000Z');
  expect(newestGoodBackup(folders.backups, isWhole)?.at).toBe('2026-11-24T17:00:00.000Z');
});

test('suspect mark goes and nothing is restored when the store turns out to be whole', async () => {
  const { place, folders } = await filled();
  writeFileSync(folders.suspect, '');
  const { db, health } = await startStore(place, at, beginStartCheck(worker, folders).inTime);
  expect(health).toEqual({ kind: 'healthy' });
  expect(existsSync(folders.suspect)).toBe(false);
  closeStore(db);
});

test('check cannot tell, and the start checks by itself, when there is no file or no worker', async () => {
  const { place, folders } = await filled();
  expect(await beginCheck(worker, { file: `${folders.database}.gone`, depth: 'quick' })).toBe('cannot-tell');
  expect(await beginCheck('/nowhere/check.js', { file: folders.database, depth: 'quick' })).toBe(
    'cannot-tell',
  );
  damagePages(folders.database);
  const { db, health } = await startStore(
    place,
    at,
    beginCheck('/nowhere/check.js', { file: folders.database, depth: 'quick' }),
  );
  expect(health.kind).toBe('restored');
  closeStore(db);
});

test('rows without the rows they name are told apart from damage when the store is checked whole', async () => {
  const { folders } = await filled();
  const db = openStore(folders.database);
  db.pragma('foreign_keys = OFF');
  db.prepare(
    "insert into messages (id, ticket_id, author, text, attachments, at, delivery, read, portal_reference) values ('m', 'nobody', '{}', '', '[]', ?, 'delivered', 1, null)",
  ).run(at);
  closeStore(db);
  expect(await beginCheck(worker, { file: folders.database, depth: 'whole' })).toBe('orphans');
});

test.each([
  ['never made', null, true],
  ['six days old', '2026-11-18T18:05:00.000Z', false],
  ['a week old', '2026-11-17T18:05:00.000Z', true],
  ['made in the future by a wrong clock', '2027-11-17T18:05:00.000Z', true],
  ['unreadable', 'yesterday', true],
])('whole check is due or not when the last one is %s', (_when, last, due) => {
  expect(wholeCheckDue(last, Date.parse(at))).toBe(due);
});

test('rows without the rows they name are told, and found again after the next start, when the whole check finds them', async () => {
  const { place } = await filled();
  for (let start = 0; start < 2; start += 1) {
    const shop = await openTestWorkshop(place, {
      storeChecks: { early: Promise.resolve('sound'), whole: async () => 'orphans' },
      timing: { gapMs: 30, syncMs: null, firstCheckMs: 1 },
    });
    await shop.services.start().catch(() => undefined);
    await expect.poll(async () => (await shop.call('appInfo', {})).hasOrphans).toBe(true);
    expect(shop.events).toContainEqual({ kind: 'storeHealthChanged' });
    await shop.services.stop();
  }
});

test('whole check writes down when it was made and is not made again within the week', async () => {
  const { folders } = await filled();
  const db = openStore(folders.database);
  let made = 0;
  const whole = async (): Promise<'sound'> => {
    made += 1;
    return 'sound';
  };
  const schedule = (): ReturnType<typeof checkSchedule> =>
    checkSchedule({
      db,
      clock: systemClock,
      suspect: folders.suspect,
      early: Promise.resolve('sound'),
      whole,
      onDamaged: () => undefined,
      onOrphans: () => undefined,
      log: (error) => {
        throw error;
      },
      firstLookMs: 1,
    });
  for (let start = 0; start < 3; start += 1) {
    const checks = schedule();
    checks.start();
    await until(() => made > 0);
    checks.stop();
  }
  expect(made).toBe(1);
  closeStore(db);
});
