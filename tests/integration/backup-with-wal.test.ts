import { copyFileSync, readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { backups, writeBackup } from '../../electron/store/backup.ts';
import { headOfCopy } from '../../electron/store/backup-standing.ts';
import { closeStore } from '../../electron/store/open-store.ts';
import { askForRestore } from '../../electron/store/restore-backup.ts';
import type { StoreFolders } from '../../electron/store/store-folders.ts';
import type { TicketId } from '../../shared/domain/ids.ts';
import { freshFolder, openTestWorkshop } from './workshop-fixture.ts';

const backedUpAt = '2026-11-24T17:00:00.000Z';
const byHandAt = '2026-11-24T18:00:00.000Z';
const byHand = 'Copia di daily-20261124T180000000Z.db';

type Open = {
  readonly place: string;
  readonly opened: Awaited<ReturnType<typeof openTestWorkshop>>;
  readonly drafts: TicketId[];
};

async function write({ opened, drafts }: Open, count: number): Promise<void> {
  for (let written = 0; written < count; written += 1)
    drafts.push((await opened.call('startDraft', { toolId: null, evidenceIds: [] })).id);
}

/** A workshop with a profile and three drafts, backed up once and still open. */
async function working(): Promise<Open & { readonly folders: StoreFolders }> {
  const place = freshFolder();
  const opened = await openTestWorkshop(place);
  await opened.call('saveProfile', {
    customerCode: 'ALI-1',
    company: 'Rossi',
    email: 'a@b.example',
    ticketLanguage: 'it',
  });
  const open = { place, opened, drafts: [] };
  await write(open, 3);
  const { db, folders } = opened.services.store;
  await writeBackup(db, folders.backups, 'daily', backedUpAt);
  return { ...open, folders };
}

/** What a person copies in the file manager while the program runs: the file and the log of writes beside it. */
function copiedByHand({ database, backups: folder }: StoreFolders): string {
  const copy = join(folder, byHand);
  for (const suffix of ['', '-wal']) copyFileSync(database + suffix, copy + suffix);
  return copy;
}

function lose({ opened, folders }: Open & { readonly folders: StoreFolders }): void {
  closeStore(opened.services.store.db);
  for (const suffix of ['', '-wal', '-shm']) rmSync(folders.database + suffix, { force: true });
}

async function seen({ place, drafts }: Open): Promise<{ health: unknown; there: number; isNew: boolean }> {
  const { services, call } = await openTestWorkshop(place);
  const info = await call('appInfo', {});
  let there = 0;
  for (const id of drafts) there += (await call('draft', { id }).catch(() => null)) === null ? 0 : 1;
  closeStore(services.store.db);
  return { health: info.storeHealth, there, isNew: info.profile === null };
}

test('copy by hand with its log of writes is restored with all it was judged by, and stays as it is', async () => {
  const past = await working();
  await write(past, 2);
  await writeBackup(
    past.opened.services.store.db,
    past.folders.backups,
    'quarter',
    '2026-11-24T17:30:00.000Z',
  );
  await write(past, 2);
  const copy = copiedByHand(past.folders);
  const [main, wal] = [readFileSync(copy), readFileSync(`${copy}-wal`)];
  lose(past);
  for (const item of backups(past.folders.backups)) headOfCopy(item);
  expect(await seen(past)).toMatchObject({
    health: { cause: 'gone', backupAt: byHandAt, missingEntries: 0 },
    there: 7,
    isNew: false,
  });
  expect(readFileSync(copy).equals(main)).toBe(true);
  expect(readFileSync(`${copy}-wal`).equals(wal)).toBe(true);
});

test('copy by hand with its log of writes can be chosen and comes back whole', async () => {
  const past = await working();
  await write(past, 2);
  const copy = copiedByHand(past.folders);
  await write(past, 1);
  askForRestore(past.folders.restoreNext, past.folders.backups, basename(copy));
  closeStore(past.opened.services.store.db);
  expect(await seen(past)).toMatchObject({
    health: { cause: 'chosen', backupAt: byHandAt, missingEntries: 1 },
    there: 5,
    isNew: false,
  });
  expect(readFileSync(`${copy}-wal`).length).toBeGreaterThan(0);
});

test('copy whose log of writes is spoiled counts for what the file alone holds, and the best good one wins', async () => {
  const past = await working();
  await write(past, 2);
  const copy = copiedByHand(past.folders);
  rmSync(`${copy}-wal`);
  copyFileSync(join(past.folders.backups, 'daily-20261124T170000000Z.db'), copy);
  copyFileSync(past.folders.database, `${copy}-wal`);
  lose(past);
  expect(await seen(past)).toMatchObject({ health: { cause: 'gone' }, there: 3, isNew: false });
});
