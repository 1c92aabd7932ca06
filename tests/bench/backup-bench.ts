import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { realBackupDisk } from '../../electron/remote/backup/backup-disk.ts';
import { runBackup } from '../../electron/remote/backup/run-backup.ts';

/** Milliseconds of one run each, one after the other on the same files. `baselineMs` null: rsync (Debian package `rsync`) is not installed. */
export type BackupBench = { readonly name: string; readonly oursMs: number; readonly baselineMs: number | null; readonly baselineName: string; readonly goal: string };

async function milliseconds(work: () => Promise<unknown> | unknown): Promise<number> {
  const startedMs = performance.now();
  await work();
  return performance.now() - startedMs;
}

/** Files as a workshop has them: nine of ten are small, the tenth holds most of the bytes. */
function plantFiles(folder: string, files: number, bytes: number): void {
  const large = Math.max(1, Math.floor(files / 10));
  const piece = Buffer.alloc(Math.floor((bytes * 0.9) / large), 'K-TAG');
  const small = Buffer.alloc(Math.floor((bytes * 0.1) / Math.max(1, files - large)), 'LOG');
  for (let index = 0; index < files; index += 1) {
    const below = join(folder, `job ${index % 100}`);
    if (index < 100) mkdirSync(below, { recursive: true });
    const content = index % 10 === 0 ? piece : small;
    content.writeUInt32LE(index, 0);
    writeFileSync(join(below, `file ${index}.bin`), content);
  }
}

function hasRsync(): boolean {
  try {
    execFileSync('rsync', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** First copy and read-back of everything; rsync needs two passes for the same: copy, then compare every byte by checksum. */
export async function benchBackup(files = 50_000, bytes = 5 * 1024 ** 3): Promise<BackupBench> {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'officina-backup-bench-'));
  const [source, ours, theirs] = [join(folder, 'source'), join(folder, 'ours'), join(folder, 'theirs')];
  try {
    for (const made of [source, ours, theirs]) mkdirSync(made);
    plantFiles(source, files, bytes);
    const rsync = (...flags: string[]): void => void execFileSync('rsync', [...flags, `${source}/`, theirs], { maxBuffer: 1e9 });
    const baselineMs = hasRsync() ? await milliseconds(() => {
      rsync('-ac');
      rsync('-acn');
    }) : null;
    rmSync(theirs, { recursive: true });
    const oursMs = await milliseconds(async () => {
      const result = await runBackup([{ path: source, name: 'Tool' }], ours, {
        disk: realBackupDisk, patience: { busyMs: 0, deniedMs: 0 }, monotonicMs: () => performance.now(), wallMs: () => Date.now() + 86_400_000,
        signal: new AbortController().signal, mayGoOn: async () => undefined, onProgress: () => undefined,
      });
      if (result.copiedFiles !== files || result.different.length + result.skipped.length > 0) throw new Error('the backup is not whole');
    });
    return { name: `backup of ${files} files, ${Math.round(bytes / 1024 ** 2)} MB, every file read back`, oursMs, baselineMs, baselineName: 'rsync -ac, then rsync -acn', goal: 'oursMs <= 1.1 x baselineMs' };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
