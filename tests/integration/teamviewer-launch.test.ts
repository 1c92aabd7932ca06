import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  writeFileSync,
  appendFileSync,
} from 'node:fs';
import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  checkTool,
  type CheckedProgram,
  type CheckParts,
} from '../../electron/remote/teamviewer/check-tool.ts';
import { fileTail } from '../../electron/remote/teamviewer/file-tail.ts';
import { launchProgram, minimalEnvironment } from '../../electron/remote/teamviewer/launch-program.ts';
import { placeApart } from '../../electron/remote/teamviewer/place-apart.ts';
import { wallToInstants, watchSession } from '../../electron/remote/teamviewer/watch-session.ts';
import { freshFolder } from '../fixtures/fresh-folder.ts';
import { until } from './workshop-fixture.ts';
import { onLinux } from '../fixtures/on-linux.ts';

/** A program that writes down how it was started. */
function witness(
  folder: string,
  name = 'TeamViewer.exe',
): { readonly path: string; readonly seen: () => string | null } {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, name);
  const note = join(folder, `${name}.seen`);
  // Field 6 of stat is the session: a program of its own leads one.
  writeFileSync(
    path,
    `#!/bin/sh\nread -r _ _ _ _ _ session _ < /proc/$$/stat\nprintf '%s|%s|' "$#" "$PWD" > '${note}.tmp'\n[ "$session" = $$ ] && printf 'ALONE|' >> '${note}.tmp'\nenv >> '${note}.tmp'\nmv '${note}.tmp' '${note}'\n`,
  );
  chmodSync(path, 0o755);
  return { path, seen: () => (existsSync(note) ? readFileSync(note, 'utf8') : null) };
}

const parts = (candidates: readonly string[], replaced: Partial<CheckParts> = {}): CheckParts => ({
  candidates: async () => candidates,
  pathRefusal: () => null,
  realPath: realpath,
  libraries: async () => [],
  signature: async () => ({ kind: 'valid', signer: 'TeamViewer Germany GmbH', version: '15.51.5.0' }),
  ...replaced,
});
async function checked(path: string): Promise<CheckedProgram> {
  const outcome = await checkTool('15.51.5', parts([path]));
  if (outcome.kind !== 'verified') throw new Error(outcome.reason);
  return outcome.program;
}

describe('launchProgram', () => {
  onLinux(
    '[linux] R-REMOTE-2: starts the checked file without arguments, in its own folder, with a minimal environment',
    async () => {
      const { path, seen } = witness(join(freshFolder(), 'TeamViewer'));
      expect(
        await launchProgram(await checked(path), {
          ...process.env,
          SECRET_TOKEN: 'canary',
          ELECTRON_RUN_AS_NODE: '1',
          HOME: '/home/x',
        }),
      ).toBe(true);
      const note = await until(seen);
      expect(note.startsWith(`0|${path.replace('/TeamViewer.exe', '')}|`)).toBe(true);
      expect(note).toContain('|ALONE|');
      expect(note).not.toMatch(/canary|ELECTRON|NODE/u);
      expect(note).toContain('PATH=/usr/bin:/bin');
      expect(minimalEnvironment({ SystemRoot: 'C:\\Windows', PATH: 'C:\\evil' })).toEqual({
        SystemRoot: 'C:\\Windows',
        PATH: 'C:\\Windows\\System32;C:\\Windows',
      });
    },
  );

  onLinux(
    '[linux] THREAT-9: runs no planted program when one lies earlier in PATH, in our folder, or in its own place',
    async () => {
      const evil = freshFolder();
      const planted = witness(evil);
      const home = process.cwd();
      const real = witness(join(freshFolder(), 'TeamViewer'));
      const program = await checked(real.path);
      process.chdir(evil);
      try {
        expect(await launchProgram(program, { ...process.env, PATH: `${evil}:${process.env['PATH']}` })).toBe(
          true,
        );
        expect(await launchProgram({ ...program, path: 'TeamViewer.exe' })).toBe(false);
      } finally {
        process.chdir(home);
      }
      await until(real.seen);
      renameSync(planted.path, real.path);
      expect(await launchProgram(program)).toBe(false);
      expect(planted.seen()).toBeNull();
    },
  );
});

describe('checkTool', () => {
  onLinux(
    '[linux] R-REMOTE-2: tells the first reason when no candidate passes, and takes the first that does',
    async () => {
      const folder = freshFolder();
      const { path } = witness(folder);
      symlinkSync(path, join(folder, 'link.exe'));
      expect(await checkTool('15.51.5', parts([]))).toMatchObject({ reason: 'not-found' });
      expect(await checkTool('15.51.5', parts([join(folder, 'absent.exe')]))).toMatchObject({
        reason: 'not-found',
      });
      expect(await checkTool('15.51.5', parts([join(folder, 'link.exe')]))).toMatchObject({
        reason: 'is-link',
      });
      expect(await checkTool('15.52', parts([path]))).toMatchObject({
        reason: 'other-version',
        version: '15.51.5.0',
      });
      expect(await checkTool(null, parts([path]))).toMatchObject({ reason: 'none-offered' });
      expect(
        await checkTool(
          '15.51.5',
          parts([path], { signature: async () => ({ kind: 'refused', reason: 'no-answer', version: null }) }),
        ),
      ).toMatchObject({ reason: 'no-answer' });
      expect(
        await checkTool(
          '15.51.5',
          parts(['%TEMP%\\x.exe', path], {
            pathRefusal: (text) => (text.includes('%') ? 'path-variables' : null),
          }),
        ),
      ).toMatchObject({ kind: 'verified' });
    },
  );
});

describe('a chosen QuickSupport', () => {
  onLinux(
    '[linux] R-REMOTE-2: is refused behind a linked folder, and when a library beside it is not signed',
    async () => {
      const folder = freshFolder();
      const { path } = witness(join(folder, 'real'));
      symlinkSync(join(folder, 'real'), join(folder, 'junction'));
      expect(await checkTool('15.51.5', parts([join(folder, 'junction', 'TeamViewer.exe')]))).toMatchObject({
        reason: 'is-link',
      });
      expect(
        await checkTool(
          '15.51.5',
          parts([join(folder, 'junction', 'TeamViewer.exe')], {
            pathRefusal: (text) => (text.includes('real') ? 'path-network' : null),
          }),
        ),
      ).toMatchObject({ reason: 'path-network' });
      const library = join(folder, 'real', 'version.dll');
      const signature: CheckParts['signature'] = async (file) =>
        file === library
          ? { kind: 'refused', reason: 'unsigned', version: null }
          : { kind: 'valid', signer: 'TeamViewer Germany GmbH', version: '15.51.5.0' };
      expect(
        await checkTool('15.51.5', parts([path], { signature, libraries: async () => [library] })),
      ).toMatchObject({
        reason: 'odd-library',
      });
    },
  );

  onLinux(
    '[linux] THREAT-9: is started from an empty folder of ours, not beside the downloads, and not when it was exchanged',
    async () => {
      const downloads = freshFolder();
      const own = join(freshFolder(), 'quicksupport');
      mkdirSync(own);
      writeFileSync(join(own, 'version.dll'), 'planted earlier');
      const program = await checked(witness(downloads, 'TeamViewerQS.exe').path);
      writeFileSync(join(downloads, 'version.dll'), 'planted');
      const placed = await placeApart(program, own);
      const [run, ...others] = readdirSync(own);
      expect([placed?.path, others, readdirSync(join(own, run ?? ''))]).toEqual([
        join(own, run ?? '', 'TeamViewerQS.exe'),
        [],
        ['TeamViewerQS.exe'],
      ]);
      expect(placed !== null && (await launchProgram(placed))).toBe(true);
      appendFileSync(program.path, 'x');
      expect(await placeApart(program, own)).toBeNull();
    },
  );
});

describe('fileTail', () => {
  test('lines are given whole and once when the file grows, is half-written and rolls over', async () => {
    const folder = freshFolder();
    const log = join(folder, 'TeamViewer15_Logfile.log');
    const old = join(folder, 'TeamViewer15_Logfile_OLD.log');
    writeFileSync(log, 'before\n');
    const tail = fileTail(log, false, old);
    expect(await tail.newLines()).toEqual([]);
    appendFileSync(log, 'one\r\ntw');
    expect(await tail.newLines()).toEqual(['one']);
    appendFileSync(log, 'o\nlast of the old\n');
    renameSync(log, old);
    expect(await tail.newLines()).toBeNull();
    writeFileSync(log, 'new\n');
    expect(await tail.newLines()).toEqual(['two', 'last of the old', 'new']);
  });
});

describe('watchSession', () => {
  test('R-REMOTE-6: a file that is not there is told as unreadable and not as silent', async () => {
    const folder = freshFolder();
    const { look } = watchSession({
      folders: [folder],
      processes: async () => ({ program: true, session: null }),
      fromStart: false,
    });
    expect(await look()).toEqual({ program: true, process: null, log: null, incoming: null });
    writeFileSync(
      join(folder, 'TeamViewer15_Logfile.log'),
      '2026/11/24 18:05:00.000  1  2  S0  CPersistentParticipantManager::AddParticipant: [123456789,-1] type=6 name=X\n',
    );
    writeFileSync(
      join(folder, 'Connections_incoming.txt'),
      '123456789\tX\t24-11-2026 17:05:00\t24-11-2026 17:15:00\tm\tRemoteControl\t{1b2c3d4e-0000-4000-8000-123456789abc}\n',
    );
    const second = await look();
    expect(second.log).toEqual([
      { kind: 'joined', participant: '123456789,-1', instantsMs: wallToInstants(2026, 11, 24, 18, 5, 0) },
    ]);
    expect(second.incoming).toEqual([
      { startMs: Date.UTC(2026, 10, 24, 17, 5), endMs: Date.UTC(2026, 10, 24, 17, 15) },
    ]);
  });
});
