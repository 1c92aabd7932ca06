import type { BigIntStats, Dirent } from 'node:fs';
import { basename, dirname, join, sep } from 'node:path';
import { expect, test } from 'vitest';
import { sourceFault } from '../../electron/evidence/source-fault.ts';
import { isCloudPlaceholder, isFreshlyWritten } from '../../electron/evidence/source-file.ts';
import { listedKind, type ListedKind } from '../../electron/platform/listed-kind.ts';
import { isSamePlace, isWithin } from '../../electron/platform/same-place.ts';
import { asSkip, onTarget } from '../../electron/remote/backup/backup-disk.ts';
import { walkedEntries } from '../../electron/remote/backup/walk-folders.ts';
import { AppFault } from '../../shared/domain/app-error.ts';

const refused = (code: string): Error => Object.assign(new Error(code), { code });

type Kind = 'file' | 'folder' | 'link';
const kind = (is: Kind): Pick<Dirent, 'isFile' | 'isDirectory' | 'isSymbolicLink'> => ({
  isFile: () => is === 'file',
  isDirectory: () => is === 'folder',
  isSymbolicLink: () => is === 'link',
});
/** A listing as Windows gives it for a cloud drive: everything in it is a link, until it is asked what it really is. */
function cloudDrive(really: Readonly<Record<string, Kind | Error>>): Parameters<typeof walkedEntries>[2] {
  return {
    list: (folder) =>
      Object.keys(really)
        .map((place) => join('/', place))
        .filter((path) => dirname(path) === folder)
        .map((path) => ({ name: basename(path), ...kind('link') }) as Dirent),
    source: {
      lstat: (path) => {
        const found = really[path.split(sep).slice(1).join('/')];
        if (found === undefined || found instanceof Error) throw found ?? refused('ENOENT');
        return kind(found) as BigIntStats;
      },
    },
  };
}

test('R-BACKUP-1: folders and files of OneDrive are taken as what they are, and only what leads elsewhere is a link', () => {
  const disk = cloudDrive({
    'one/Documenti': 'folder',
    'one/Documenti/ktag.log': 'file',
    'one/junction': 'link',
    'one/gone': refused('ENOENT'),
    'one/held back': refused('UNKNOWN'),
  });
  const found = [
    ...walkedEntries([{ path: join('/', 'one'), name: 'One' }], '/elsewhere', disk, () => undefined),
  ];
  expect(found.flatMap((one) => ('file' in one ? [one.file.place] : []))).toEqual(['One/Documenti/ktag.log']);
  expect(found.flatMap((one) => ('skipped' in one ? [[one.skipped.place, one.skipped.reason]] : []))).toEqual(
    [
      ['One/junction', 'link'],
      ['One/gone', 'vanished'],
      ['One/held back', 'read-error'],
    ],
  );
});

test.each<[string, NodeJS.Platform, string]>([
  ['UNKNOWN', 'win32', 'destination-gone'],
  ['EBUSY', 'win32', 'destination-refuses'],
  ['EBUSY', 'linux', 'destination-gone'],
  ['ENOSPC', 'win32', 'disk-full'],
  ['EPERM', 'win32', 'destination-refuses'],
  ['ETIMEDOUT', 'win32', 'destination-gone'],
])('R-BACKUP-1: destination that answers %s on %s stops the backup as %s', (code, platform, reason) => {
  expect(() =>
    onTarget(() => {
      throw refused(code);
    }, platform),
  ).toThrow(expect.objectContaining({ reason }));
});

test.each([
  ['UNKNOWN', 'read-error'],
  ['EBUSY', 'locked'],
  ['EPERM', 'no-permission'],
])('R-BACKUP-1: source that answers %s is left out as %s and stops nothing', (code, reason) => {
  expect(asSkip(refused(code))).toMatchObject({ reason });
});

test('file that Windows refuses without a word Node knows is told as unreadable', () => {
  expect(sourceFault(refused('UNKNOWN'))).toEqual(new AppFault('evidence.unreadable'));
});

test.each<[number, NodeJS.Platform, boolean]>([
  [0, 'linux', true],
  [60_000, 'linux', false],
  [60_000, 'win32', true],
])('file changed %i ms ago on %s is read twice: %s', (ageMs, platform, twice) => {
  expect(isFreshlyWritten({ mtimeMs: 1_000_000n }, 1_000_000 + ageMs, platform)).toBe(twice);
});

test.each<[bigint, bigint, NodeJS.Platform, boolean]>([
  [5_000_000n, 0n, 'win32', true],
  [5_000_000n, 9_766n, 'win32', false],
  [700n, 0n, 'win32', false],
  [5_000_000n, 0n, 'linux', false],
])('file of %s bytes in %s blocks on %s is only in the cloud: %s', (size, blocks, platform, isCloud) => {
  expect(isCloudPlaceholder({ size, blocks }, platform)).toBe(isCloud);
});

test('place is the same in other capitals on Windows alone', () => {
  const [data, shouted] = [join('/', 'dati', 'ecu'), join('/', 'Dati', 'ECU')];
  expect([
    isSamePlace(shouted, data, 'win32'),
    isSamePlace(shouted, data, 'linux'),
    isSamePlace(`${data}${sep}`, data, 'linux'),
  ]).toEqual([true, false, true]);
  expect([
    isWithin(join(shouted, 'x'), data, 'win32'),
    isWithin(data, data, 'win32'),
    isWithin(`${data}-old`, data, 'win32'),
    isWithin(data, sep, 'linux'),
  ]).toEqual([true, true, false, true]);
});

test('entry listed as a link is what it really is, and a link where nobody says more', async () => {
  const asked = async (entry: Kind, look: () => Promise<ListedKind>): Promise<readonly boolean[]> => {
    const found = await listedKind(kind(entry), '/one', look);
    return [found.isFile(), found.isDirectory(), found.isSymbolicLink()];
  };
  expect(await asked('link', async () => kind('folder'))).toEqual([false, true, false]);
  expect(await asked('link', async () => kind('link'))).toEqual([false, false, true]);
  expect(await asked('link', () => Promise.reject(refused('UNKNOWN')))).toEqual([false, false, true]);
  expect(await asked('file', () => Promise.reject(refused('never asked')))).toEqual([true, false, false]);
});
