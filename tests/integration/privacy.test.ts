import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { isWithin } from '../../electron/platform/same-place.ts';
import { askForErase, assertErased, eraseIfAsked } from '../../electron/store/erase-store.ts';
import { AppFault } from '../../shared/domain/app-error.ts';
import { freshFolder, noEvidence, type OpenedWorkshop, openTestWorkshop, readyDraft } from './workshop-fixture.ts';

type Manifest = { readonly tables: readonly string[]; readonly files: readonly { readonly original: string; readonly kept: boolean }[] };

async function shopWithFiles(target: string, outside: Parameters<typeof openTestWorkshop>[1] = {}): Promise<OpenedWorkshop> {
  const opened = await openTestWorkshop(freshFolder(), {
    evidence: { ...noEvidence, dialogs: { chooseFiles: async () => [], chooseFolder: async () => target } },
    ...outside,
  });
  await readyDraft(opened, 'La lettura si ferma al 38 %');
  const place = freshFolder();
  for (const [name, text] of [
    ['ktag.log', 'ERR back checksum'],
    ['kess.log', 'Wake up error'],
  ] as const)
    writeFileSync(join(place, name), text);
  await opened.workshop.handlers.freezeDroppedFiles?.({ paths: [join(place, 'ktag.log'), join(place, 'kess.log')] });
  return opened;
}

test('R-PRIVACY-1 everything held is handed out as plain files, and a file that is gone is named instead of stopping the rest', async () => {
  const target = freshFolder();
  const opened = await shopWithFiles(target);
  const lost = opened.workshop.rooms.evidenceRows.newest(10).find((file) => file.name === 'kess.log');
  const frozen = lost === undefined ? null : await opened.workshop.evidence.files.frozenFile(lost.id);
  rmSync(frozen?.path ?? '');
  const written = await opened.call('exportEverything', {});
  expect(written?.files).toBe(1);
  const folder = written?.folder ?? '';
  const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as Manifest;
  expect(manifest.files.map(({ original, kept }) => [original, kept]).toSorted()).toEqual([
    ['kess.log', false],
    ['ktag.log', true],
  ]);
  expect(readFileSync(join(folder, 'files/ktag.log'), 'utf8')).toBe('ERR back checksum');
  expect(manifest.tables).toEqual(
    expect.arrayContaining(['profile', 'tools', 'tickets', 'messages', 'outbox', 'evidence', 'audit', 'settings']),
  );
  expect(readFileSync(join(folder, 'store/tickets.json'), 'utf8')).toContain('La lettura si ferma al 38 %');
  expect(readdirSync(join(folder, 'store')).toSorted()).toEqual(manifest.tables.map((table) => `${table}.json`).toSorted());
  // A second time nothing is written over.
  expect((await opened.call('exportEverything', {}))?.folder).not.toBe(folder);
});

test('R-PRIVACY-1 nothing is left of a workshop when it was erased, whatever the erasing was interrupted by', () => {
  const folder = freshFolder();
  const fill = (): void => {
    for (const name of ['evidence', 'backups', 'practice', 'window']) mkdirSync(join(folder, name), { recursive: true });
    for (const name of [
      'officina.db',
      'officina.db-wal',
      'audit-head.json',
      'faults.log',
      'evidence/ab',
      'backups/daily.db',
      'window/place.txt',
      'window/Preferences',
    ])
      writeFileSync(join(folder, name), 'x');
  };
  fill();
  expect(eraseIfAsked(folder)).toEqual([]);
  expect(existsSync(join(folder, 'officina.db'))).toBe(true);
  askForErase(folder);
  // As a power cut leaves it: some of it gone, the mark still there.
  rmSync(join(folder, 'officina.db'));
  expect(eraseIfAsked(folder)).toEqual([]);
  expect(existsSync(join(folder, 'erase-next.txt'))).toBe(false);
  expect(readdirSync(folder)).toEqual(['window']);
  expect(readdirSync(join(folder, 'window'))).toEqual(['Preferences']);
  fill();
  expect(eraseIfAsked(folder)).toEqual([]);
  expect(existsSync(join(folder, 'officina.db'))).toBe(true);
});

test('R-PRIVACY-1 what another program holds is named and goes the next time, all the rest goes now, and nothing new is begun before', () => {
  const folder = freshFolder();
  mkdirSync(join(folder, 'evidence/ab'), { recursive: true });
  for (const name of ['officina.db', 'evidence/ab/held', 'evidence/ab/free', 'evidence/other']) writeFileSync(join(folder, name), 'x');
  askForErase(folder);
  const held = join(folder, 'evidence', 'ab', 'held');
  /** As Windows does it: neither the file goes nor any folder it lies in. */
  const rm: typeof rmSync = (path, options) => {
    if (isWithin(held, String(path))) throw Object.assign(new Error('EBUSY'), { code: 'EBUSY' });
    rmSync(path, options);
  };
  expect(eraseIfAsked(folder, { tries: 0, rm })).toEqual([relative(folder, held)]);
  expect(readdirSync(folder, { recursive: true }).map(String).toSorted()).toEqual([
    'erase-next.txt',
    'evidence',
    join('evidence', 'ab'),
    relative(folder, held),
  ]);
  expect(readFileSync(join(folder, 'erase-next.txt'), 'utf8')).toBe(`${relative(folder, held)}\n`);
  assertErased(folder);
  expect(readdirSync(folder)).toEqual([]);
});

test('R-PRIVACY-1 password goes first, and nothing is erased when the keychain does not let it go', async () => {
  const removed: string[] = [];
  let restarts = 0;
  let refuses = true;
  const opened = await shopWithFiles(freshFolder(), {
    onRestart: () => {
      restarts += 1;
    },
    keychain: {
      read: async () => ({ kind: 'absent' }),
      save: async () => undefined,
      remove: async (account) => {
        if (refuses) throw new AppFault('keychain.denied');
        removed.push(account);
        return true;
      },
    },
  });
  await opened.call('choosePortal', { kind: 'contract', url: 'http://127.0.0.1:9', proxy: 'http://proxy.example:3128' });
  await expect(opened.call('eraseEverything', {})).rejects.toMatchObject({ error: { code: 'keychain.denied' } });
  expect([restarts, existsSync(join(opened.dataFolder, 'erase-next.txt'))]).toEqual([0, false]);
  refuses = false;
  // Whose password it is, a profile that cannot be read does not tell.
  const { profile } = await opened.call('appInfo', {});
  opened.workshop.store.db.exec("update profile set email = 'x'");
  await expect(opened.call('eraseEverything', {})).rejects.toMatchObject({ error: { code: 'profile.missing' } });
  expect([restarts, removed]).toEqual([0, []]);
  if (profile !== null) await opened.call('saveProfile', profile);
  await opened.call('eraseEverything', {});
  expect([restarts, removed.length, removed[0]?.endsWith('@ http://127.0.0.1:9'), removed[1]?.startsWith('proxy @ ')]).toEqual([
    1,
    2,
    true,
    true,
  ]);
  expect(existsSync(join(opened.dataFolder, 'erase-next.txt'))).toBe(true);
});
