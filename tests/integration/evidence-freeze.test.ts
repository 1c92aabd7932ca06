import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { open } from 'node:fs/promises';
import { execFileSync } from 'node:child_process';
import { basename, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { isCloudPlaceholder, realSourceDisk } from '../../electron/evidence/source-file.ts';
import { evidenceLimits } from '../../shared/domain/evidence-limits.ts';
import { freezingDesk } from '../fixtures/freezing.ts';
import { freshFolder } from '../fixtures/fresh-folder.ts';
import { onLinux } from '../fixtures/on-linux.ts';

const sha = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
/** A file as it lies there after the work: written a while ago. */
function settled(path: string, content: string | Uint8Array): string {
  writeFileSync(path, content);
  const at = new Date(Date.now() - 60_000);
  utimesSync(path, at, at);
  return path;
}
const errorWithCode = (code: string): Error => Object.assign(new Error(code), { code });
const nothingLeft = (dataFolder: string): readonly string[] =>
  readdirSync(join(dataFolder, 'evidence', 'incoming'));

test('freeze stores the bytes once, under their hash, when the same content is taken twice', async () => {
  const place = freshFolder();
  const { take, evidence, files, events } = await freezingDesk(place);
  const one = await take(settled(join(place, 'a.log'), 'Checksum error\n'));
  const two = await take(settled(join(place, 'b.log'), 'Checksum error\n'));
  expect(evidence.newest(10).map((row) => [row.name, row.kind, row.tailOnly])).toEqual([
    ['b.log', 'log', false],
    ['a.log', 'log', false],
  ]);
  const paths = [...one.frozen, ...two.frozen].map((row) => files.frozenFile(row.id).path);
  expect(new Set(paths).size).toBe(1);
  expect(basename(paths[0] ?? '')).toBe(sha(Buffer.from('Checksum error\n')));
  expect(nothingLeft(place)).toEqual([]);
  expect(events.at(-1)).toEqual({ kind: 'freezeProgressed', name: 'b.log', copiedBytes: 15, totalBytes: 15 });
});

test.each([
  'append',
  'overwrite',
  'replace',
  'truncate',
] as const)('A1: freeze holds one real version when the tool is busy with the file: %s', async (manner) => {
  const place = freshFolder();
  const path = settled(
    join(place, 'busy.log'),
    manner === 'append' ? 'line 0\n' : Buffer.alloc(8 * 1024 * 1024, 1),
  );
  const { take, bytesOf } = await freezingDesk(place);
  const writer = new Worker(new URL('../fixtures/file-writer.ts', import.meta.url), {
    workerData: { path, manner, busyMs: 2, pauseMs: 70 },
  });
  await new Promise((resolve) => writer.once('online', resolve));
  const isRealVersion = (bytes: Buffer): boolean =>
    manner === 'append'
      ? readFileSync(path).subarray(0, bytes.length).equals(bytes)
      : bytes.equals(Buffer.alloc(bytes.length, bytes[0]));
  const before = readFileSync(path);
  const isAsBefore = (): boolean => readFileSync(path).equals(before);
  let seen = 0;
  // Until the tool has written too: on some machines twelve copies of a short file are taken before its first line.
  for (let round = 0; round < 12 || isAsBefore(); round += 1) {
    const report = await take(path);
    seen += report.frozen.length + report.refused.length;
    if (report.frozen.length > 0) expect(isRealVersion(bytesOf(report))).toBe(true);
    else expect(report.refused[0]?.error.code).toBe('evidence.changing');
  }
  await writer.terminate();
  expect(seen).toBeGreaterThanOrEqual(12);
  const report = await take(path);
  expect(isRealVersion(bytesOf(report))).toBe(true);
});

test('A1: freeze asks instead of copying when the file never rests', async () => {
  const place = freshFolder();
  const path = settled(join(place, 'busy.log'), 'x');
  const { codeOf } = await freezingDesk(place, {
    disk: {
      ...realSourceDisk,
      lstat: async (file) => {
        truncateSync(file, statSync(file).size + 1);
        utimesSync(file, new Date(1_000), new Date(1_000));
        return realSourceDisk.lstat(file);
      },
    },
  });
  expect(await codeOf(path)).toBe('evidence.changing');
  expect(nothingLeft(place)).toEqual([]);
});

test('A2: freeze refuses a 4 GB file before reading it, and takes its end, when asked to', async () => {
  const place = freshFolder();
  const path = settled(join(place, 'huge.log'), '');
  truncateSync(path, 4 * 1024 ** 3);
  const handle = await open(path, 'r+');
  await handle.write('Checksum error\n', 4 * 1024 ** 3 - 15);
  await handle.close();
  utimesSync(path, new Date(1_000), new Date(1_000));
  const { take, codeOf, bytesOf } = await freezingDesk(place);
  const rssBytes = process.memoryUsage().rss;
  expect(await codeOf(path)).toBe('evidence.tooLarge');
  expect(process.memoryUsage().rss - rssBytes).toBeLessThan(20 * 1024 * 1024);
  const report = await take(path, true);
  expect(report.frozen[0]).toMatchObject({ tailOnly: true, sizeBytes: evidenceLimits.tailBytes });
  expect(bytesOf(report).subarray(-15).toString()).toBe('Checksum error\n');
});

const awkward = [
  '📷 schermata.png',
  '\u202egpj.exe.log',
  'caf\u00e9.log',
  'cafe\u0301.log',
  'end.',
  'end ',
  ' start',
  'CON',
  'con.log',
  'NUL.txt',
  'a.log:stream',
  'q"uote\'s`.log',
  'a\nb.log',
  'back\\slash.log',
  '..log',
  '...',
  '%00.log',
  '%2e%2e%2f.log',
  'x'.repeat(255),
  `${'é'.repeat(125)}.log`,
  '<b>.log',
  '&amp;.log',
  '$(id).log',
  ';rm.log',
  '-rf',
  '~',
  '*?.log',
  '\u0007bell.log',
  '\u2028.log',
  'ＣＯＮ',
];
const names = awkward.flatMap((name) => [
  name,
  `1${name}`.slice(0, 120),
  `${name.slice(0, 60)}~2`,
  `Z${name.slice(0, 40)}.log`,
]);

test('A4: freeze keeps every awkward name in the row and none in a path when the corpus of 120 is taken', async () => {
  const place = freshFolder();
  const { take, bytesOf, evidence } = await freezingDesk(place);
  const source = join(place, 'source');
  mkdirSync(source);
  const all = [...new Set(names)];
  expect(all.length).toBeGreaterThanOrEqual(115);
  // No file of Windows has these.
  const distinct =
    process.platform === 'win32' ? all.filter((name) => !/[<>:"|?*\\\p{Cc}]/u.test(name)) : all;
  for (const [index, name] of distinct.entries()) {
    const path = settled(join(source, name), `content ${index}`);
    const report = await take(path);
    expect(report.frozen[0]?.name).toBe(name);
    expect(bytesOf(report).toString()).toBe(`content ${index}`);
  }
  expect(evidence.newest(500)).toHaveLength(distinct.length);
  expect(
    readdirSync(join(place, 'evidence'), { recursive: true })
      .map((entry) => basename(String(entry)))
      .filter((name) => !/^([0-9a-f]{2}|[0-9a-f]{64}|incoming)$/u.test(name)),
  ).toEqual([]);
});

test('A4: freeze takes a file when its path is over 260 characters and says so when it is over what the disk takes', async () => {
  const place = freshFolder();
  const { take, codeOf } = await freezingDesk(place);
  const deep = join(place, ...Array.from({ length: 12 }, () => 'd'.repeat(200)));
  mkdirSync(deep, { recursive: true });
  expect((await take(settled(join(deep, 'a.log'), 'x'))).frozen).toHaveLength(1);
  // Windows does not tell a name it cannot have from one that is not there.
  expect(await codeOf(join(place, 'e'.repeat(32_000)))).toBe(
    process.platform === 'win32' ? 'evidence.vanished' : 'evidence.unreadable',
  );
});

onLinux('[linux] A5: freeze says what it is when it is not a plain file', async () => {
  const place = freshFolder();
  const { codeOf } = await freezingDesk(place);
  symlinkSync(settled(join(place, 'secret'), 'secret'), join(place, 'link.log'));
  symlinkSync(join(place, 'loop'), join(place, 'loop'));
  execFileSync('mkfifo', [join(place, 'pipe.log')]);
  mkdirSync(join(place, 'folder.log'));
  writeFileSync(join(place, 'empty.log'), '');
  const codes = await Promise.all(
    ['link.log', 'loop', 'pipe.log', 'folder.log', 'empty.log', 'gone.log'].map((name) =>
      codeOf(join(place, name)),
    ),
  );
  expect([...codes, await codeOf('/dev/zero')]).toEqual([
    'evidence.link',
    'evidence.link',
    'evidence.notAFile',
    'evidence.notAFile',
    'evidence.empty',
    'evidence.vanished',
    'evidence.notAFile',
  ]);
  expect(isCloudPlaceholder({ size: 90_000n, blocks: 0n }, 'win32')).toBe(true);
  expect(isCloudPlaceholder({ size: 300n, blocks: 0n }, 'win32')).toBe(false);
  expect(isCloudPlaceholder({ size: 90_000n, blocks: 0n }, 'linux')).toBe(false);
});

onLinux(
  '[linux] THREAT-4: freeze reads nothing from outside when a link is put in place between look and open',
  async () => {
    const place = freshFolder();
    const secret = settled(join(place, 'secret'), 'secret');
    const path = settled(join(place, 'a.log'), 'harmless');
    const swapFile = await freezingDesk(join(place, 'one'), {
      disk: {
        ...realSourceDisk,
        open: async (file, flags) => {
          rmSync(path);
          symlinkSync(secret, path);
          return open(file, flags);
        },
      },
    });
    expect(await swapFile.codeOf(path)).toBe('evidence.link');
    mkdirSync(join(place, 'logs'));
    mkdirSync(join(place, 'outside'));
    settled(join(place, 'logs', 'b.log'), 'harmless');
    settled(join(place, 'outside', 'b.log'), 'secret');
    renameSync(join(place, 'logs'), join(place, 'old'));
    symlinkSync(join(place, 'outside'), join(place, 'logs'));
    const report = await swapFile.service.freeze(
      [{ path: join(place, 'logs', 'b.log'), origin: 'found', mustBeReal: true }],
      false,
    );
    expect(report.refused[0]?.error.code).toBe('evidence.link');
    expect(swapFile.evidence.newest(5)).toEqual([]);
  },
);

test('A6: verified names the file when its stored copy vanished, shrank or changed', async () => {
  const place = freshFolder();
  const { take, files } = await freezingDesk(place);
  const damage: readonly ((path: string) => void)[] = [
    (path) => rmSync(path),
    (path) => truncateSync(path, 3),
    (path) => writeFileSync(path, 'wrong!'),
  ];
  for (const [index, harm] of damage.entries()) {
    const [row] = (await take(settled(join(place, `${index}.log`), `line ${index}`))).frozen;
    if (row === undefined) throw new Error('not frozen');
    expect(await files.verified(row.id)).toMatchObject({ evidence: row });
    const { path } = files.frozenFile(row.id);
    harm(path);
    await expect(files.verified(row.id)).rejects.toMatchObject({
      error: { code: 'evidence.copyMissing', params: { name: `${index}.log` } },
    });
    await take(join(place, `${index}.log`));
    expect(await files.verified(row.id)).toMatchObject({ evidence: row });
  }
});

test('D1: freeze refuses before copying when the disk would run full, and works again when there is room', async () => {
  const place = freshFolder();
  const space = { bavail: 1_000, bsize: 4_096 };
  const { codeOf } = await freezingDesk(place, { freeSpace: async () => space });
  const path = settled(join(place, 'a.log'), 'x');
  expect(await codeOf(path)).toBe('evidence.noSpace');
  expect(nothingLeft(place)).toEqual([]);
  space.bavail = 1_000_000;
  expect(await codeOf(path)).toBe('none');
});

test('D2: freeze blames our own folder, not the file, when the copy cannot be written there', async () => {
  const place = freshFolder();
  const { codeOf } = await freezingDesk(place);
  const path = settled(join(place, 'a.log'), 'x');
  rmSync(join(place, 'evidence'), { recursive: true });
  writeFileSync(join(place, 'evidence'), 'in the way');
  expect(await codeOf(path)).toBe('store.readOnly');
});

test('D3: freeze waits for a locked file, and says so when it stays locked', async () => {
  const place = freshFolder();
  const path = settled(join(place, 'a.log'), 'x');
  let refusals = 8;
  const busy = await freezingDesk(join(place, 'busy'), {
    disk: {
      ...realSourceDisk,
      open: async (file, flags) => {
        refusals -= 1;
        if (refusals >= 0) throw errorWithCode(refusals % 2 === 0 ? 'EBUSY' : 'EPERM');
        return open(file, flags);
      },
    },
  });
  expect(await busy.codeOf(path)).toBe('none');
  const locked = await freezingDesk(join(place, 'locked'), {
    patience: { busyMs: 150, deniedMs: 50 },
    disk: {
      ...realSourceDisk,
      open: async () => {
        throw errorWithCode('EBUSY');
      },
    },
  });
  expect(await locked.codeOf(path)).toBe('evidence.locked');
  const denied = await freezingDesk(join(place, 'denied'), {
    patience: { busyMs: 150, deniedMs: 50 },
    disk: {
      ...realSourceDisk,
      open: async () => {
        throw errorWithCode('EACCES');
      },
    },
  });
  expect(await denied.codeOf(path)).toBe('evidence.unreadable');
});

test('D3: freeze stops at once when the program closes while it waits', async () => {
  const place = freshFolder();
  let tell = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    tell = resolve;
  });
  const { take, service } = await freezingDesk(place, {
    patience: { busyMs: 60_000, deniedMs: 60_000 },
    disk: {
      ...realSourceDisk,
      open: async () => {
        tell();
        throw errorWithCode('EBUSY');
      },
    },
  });
  const waiting = take(settled(join(place, 'a.log'), 'x'));
  await opened;
  service.close();
  expect((await waiting).refused[0]?.error.code).toBe('cancelled');
  expect(existsSync(join(place, 'a.log'))).toBe(true);
});

test('D3: freeze takes the other files and a pasted picture at once when one file stays locked', async () => {
  const place = freshFolder();
  const [locked, free] = [settled(join(place, 'locked.log'), 'x'), settled(join(place, 'free.log'), 'y')];
  let isHeld = true;
  const held: typeof realSourceDisk.open = async (path, flags) => {
    if (path === locked && isHeld) throw errorWithCode('EBUSY');
    return realSourceDisk.open(path, flags);
  };
  const { service } = await freezingDesk(place, {
    patience: { busyMs: 60_000, deniedMs: 0 },
    disk: { ...realSourceDisk, open: held },
  });
  const both = service.freeze(
    [locked, free].map((path) => ({ path, origin: 'chosen' as const, mustBeReal: false })),
    false,
  );
  await service.freeze([{ path: free, origin: 'dropped', mustBeReal: false }], false);
  await service.freezeBytes('schermata.png', new Uint8Array([1, 2, 3]), 'clipboard');
  // Had they waited for the locked one, this line would not be reached.
  isHeld = false;
  const report = await both;
  expect(report.frozen.map((row) => row.name).toSorted()).toEqual(['free.log', 'locked.log']);
  expect(report.refused).toEqual([]);
});

test('A2: freeze refuses an archive over the limit when its end was asked for, and says that there is no end to take', async () => {
  const place = freshFolder();
  const path = settled(join(place, 'GOLF.zip'), '');
  writeFileSync(path, Buffer.from([0x50, 0x4b, 3, 4, 20, 0, 1, 0, 8, 0]));
  truncateSync(path, evidenceLimits.fileBytes + 1);
  const { take } = await freezingDesk(place);
  expect((await take(path, true)).refused).toMatchObject([
    { error: { code: 'evidence.tooLarge', params: { tailBytes: 0 } } },
  ]);
  expect(nothingLeft(place)).toEqual([]);
});

test('A2: freeze takes an end that keeps UTF-16 in step when the file is long by an odd byte', async () => {
  const place = freshFolder();
  const path = join(place, 'wide.log');
  writeFileSync(
    path,
    Buffer.concat([
      Buffer.from('\ufeff', 'utf16le'),
      Buffer.alloc(evidenceLimits.fileBytes, Buffer.from('già finita\r\n', 'utf16le')),
      Buffer.from('x'),
    ]),
  );
  const { take, files } = await freezingDesk(place);
  const [row] = (await take(path, true)).frozen;
  if (row === undefined) throw new Error('refused');
  expect(row.tailOnly).toBe(true);
  const preview = await files.preview(row.id);
  expect(preview.kind === 'text' && preview.encoding).toBe('utf-16le');
  expect(preview.kind === 'text' && preview.text).toContain('già finita\r\n');
});

test('D1: freeze refuses a pasted picture before writing when the disk is nearly full', async () => {
  const place = freshFolder();
  const { service } = await freezingDesk(place, {
    freeSpace: async () => ({ bavail: 1, bsize: evidenceLimits.freeSpaceReserveBytes }),
  });
  await expect(service.freezeBytes('schermata.png', new Uint8Array(10), 'clipboard')).rejects.toMatchObject({
    error: { code: 'evidence.noSpace' },
  });
  expect(nothingLeft(place)).toEqual([]);
});

test('freeze stops when the person does not want to wait, and the next one works', async () => {
  const place = freshFolder();
  const path = settled(join(place, 'a.log'), 'x');
  let tell = (): void => undefined;
  const refused = new Promise<void>((resolve) => {
    tell = resolve;
  });
  let isLocked = true;
  const { take, service } = await freezingDesk(place, {
    patience: { busyMs: 60_000, deniedMs: 60_000 },
    disk: {
      ...realSourceDisk,
      open: async (file, flags) => {
        if (isLocked) {
          tell();
          throw errorWithCode('EBUSY');
        }
        return realSourceDisk.open(file, flags);
      },
    },
  });
  const waiting = take(path);
  await refused;
  service.cancel();
  expect((await waiting).refused[0]?.error.code).toBe('cancelled');
  isLocked = false;
  expect((await take(path)).frozen).toHaveLength(1);
});

test('A1: freeze holds no mixture when the tool writes twice within one tick of the disk clock and nothing but the bytes tells', async () => {
  const place = freshFolder();
  const path = join(place, 'tick.log');
  const sizeBytes = 3 * 1024 * 1024;
  writeFileSync(path, Buffer.alloc(sizeBytes, 'a'));
  const seen = await realSourceDisk.lstat(path);
  let isWritten = false;
  const { take, bytesOf } = await freezingDesk(place, {
    disk: {
      realpath: realSourceDisk.realpath,
      // The same answer before and after, as a coarse clock gives it.
      lstat: async () => seen,
      open: async (file, flags) => {
        const handle = await open(file, flags);
        const read = handle.read.bind(handle) as (...all: unknown[]) => Promise<unknown>;
        return Object.assign(handle, {
          stat: async () => seen,
          read: async (...all: unknown[]) => {
            const answer = await read(...all);
            if (!isWritten) writeFileSync(path, Buffer.alloc(sizeBytes, 'b'));
            isWritten = true;
            return answer;
          },
        });
      },
    },
  });
  expect(bytesOf(await take(path)).equals(Buffer.alloc(sizeBytes, 'b'))).toBe(true);
});

test('THREAT-4: freeze takes nothing when another file stands in the place between look and open', async () => {
  const place = freshFolder();
  const path = settled(join(place, 'a.log'), 'harmless');
  const other = settled(join(place, 'other'), 'from elsewhere');
  const { codeOf, evidence } = await freezingDesk(place, {
    disk: {
      ...realSourceDisk,
      open: async (file, flags) => {
        renameSync(other, path);
        return open(file, flags);
      },
    },
  });
  expect(await codeOf(path)).toBe('evidence.changing');
  expect(evidence.newest(5)).toEqual([]);
});

onLinux(
  '[linux] A5: freeze does not wait for ever when a pipe stands in the place between look and open',
  async () => {
    const place = freshFolder();
    const path = settled(join(place, 'a.log'), 'harmless');
    const { codeOf } = await freezingDesk(place, {
      disk: {
        ...realSourceDisk,
        open: async (file, flags) => {
          rmSync(path);
          execFileSync('mkfifo', [path]);
          return open(file, flags);
        },
      },
    });
    expect(await codeOf(path)).toBe('evidence.notAFile');
  },
);

test('freeze copies one file after the other when several are taken at once, so that each has the room it was promised', async () => {
  const place = freshFolder();
  const paths = ['one.log', 'two.log', 'three.log'].map((name) =>
    settled(join(place, name), Buffer.alloc(3 * 1024 * 1024, name)),
  );
  const { service, events } = await freezingDesk(place);
  await service.freeze(
    paths.map((path) => ({ path, origin: 'chosen', mustBeReal: false })),
    false,
  );
  const names = events.flatMap((event) => (event.kind === 'freezeProgressed' ? [event.name] : []));
  expect(names.filter((name, index) => name !== names[index - 1])).toEqual([
    'one.log',
    'two.log',
    'three.log',
  ]);
  expect(names.length).toBeGreaterThan(3);
});
