import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  existsSync,
  ftruncateSync,
  openSync,
  rmSync,
  statfsSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { freshDataFolder, type Launched, launch, type LaunchOptions } from './launch.ts';

/** A data folder on a disk of its own, seen by the program alone; the test reaches it through the program's process. */
export type SmallDisk = Launched & {
  /** A path below the data folder as this process reaches it. */
  readonly onDisk: (...names: string[]) => string;
  /** Another program takes what room there is but `leftBytes`. */
  readonly fill: (leftBytes?: number) => void;
  /** That program gives the room back. */
  readonly free: () => void;
};

const electron = createRequire(import.meta.url)('electron') as unknown as string;

/** Mounts a tmpfs of that size as an ordinary user may, in name spaces of its own, and goes back to being that user before the program starts. */
function starterOn(mount: string, sizeBytes: number, program: string, prepare: string): string {
  const file = join(freshDataFolder(), 'start-on-small-disk.sh');
  const { uid, gid } = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
  writeFileSync(
    file,
    `#!/bin/sh\nexec unshare --user --map-root-user --mount sh -ec 'mount -t tmpfs -o size=${sizeBytes} small "${mount}"\n${prepare}\nexec unshare --user --map-user=${uid} --map-group=${gid} "$@"' sh '${program}' "$@"\n`,
  );
  chmodSync(file, 0o755);
  return file;
}

/** Starts the program with its data folder on a disk of `sizeBytes`. `prepare`: shell lines run on the empty disk before, with `$DATA`. */
export async function launchOnSmallDisk(
  sizeBytes: number,
  options: LaunchOptions = {},
  prepare = '',
): Promise<SmallDisk> {
  const dataFolder = freshDataFolder();
  const launched = await launch({
    ...options,
    dataFolder,
    executablePath: starterOn(dataFolder, sizeBytes, electron, prepare.replaceAll('$DATA', dataFolder)),
  });
  const root = `/proc/${launched.app.process().pid}/root${dataFolder}`;
  const room = (): number => {
    const { bavail, bsize } = statfsSync(root);
    return bavail * bsize;
  };
  const filler = join(root, 'of-another-program.bin');
  return {
    ...launched,
    onDisk: (...names) => join(root, ...names),
    fill: (leftBytes = 0) => {
      let takenBytes = 0;
      for (let left = room(); left > leftBytes; left = room()) {
        // The program writes meanwhile: what was free a moment ago may be a page less by now.
        try {
          execFileSync('fallocate', ['-l', String(takenBytes + left - leftBytes), filler], {
            stdio: 'ignore',
          });
        } catch {
          continue;
        }
        takenBytes += left - leftBytes;
      }
    },
    free: () => rmSync(filler, { force: true }),
  };
}

/** A program with another drive plugged in, seen by the program alone. */
export type PluggedDrive = Launched & {
  readonly drive: string;
  /** Pulls it out as a hand does: without asking, and with files open on it. */
  readonly unplug: () => Promise<void>;
};

/** Starts the program with a drive of `sizeBytes` beside its data folder. */
export async function launchWithDrive(sizeBytes: number, options: LaunchOptions = {}): Promise<PluggedDrive> {
  const drive = freshDataFolder();
  const pulled = join(freshDataFolder(), 'pulled');
  // Only whoever plugged it in may pull it out again: that one waits beside the program for the word, or for its end.
  const hand = `(while [ ! -e "${pulled}" ] && kill -0 $$; do sleep 0.05; done; umount -l "${drive}"; rm "${pulled}") </dev/null >/dev/null 2>&1 &`;
  const launched = await launch({ ...options, executablePath: starterOn(drive, sizeBytes, electron, hand) });
  return {
    ...launched,
    drive,
    unplug: async () => {
      writeFileSync(pulled, '');
      while (existsSync(pulled)) await setTimeout(20);
    },
  };
}

/** A file of zeros that takes no room. */
export function sparseFile(path: string, sizeBytes: number, head: Uint8Array = new Uint8Array()): string {
  const file = openSync(path, 'w');
  ftruncateSync(file, sizeBytes);
  writeSync(file, head);
  closeSync(file);
  return path;
}
