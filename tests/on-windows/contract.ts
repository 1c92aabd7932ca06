import { realpathSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What of Windows a contract needs: most of it Wine has too, PowerShell and the finer points of NTFS it has not. */
export type Needs = 'windows' | 'windows or wine';
type Work = () => Promise<void> | void;

const limitMs = 120_000;
const isWine = process.env['OFFICINA_WINE'] === '1';

/** Under vitest as every other test; under Node's own runner in Wine, where vitest does not run. */
async function runner(): Promise<(title: string, isHere: boolean, work: Work) => void> {
  if (isWine) {
    const { test } = await import('node:test');
    return (title, isHere, work) => void test(title, { skip: !isHere, timeout: limitMs }, () => work());
  }
  const { test } = await import('vitest');
  return (title, isHere, work) => test.skipIf(!isHere)(title, { timeout: limitMs }, work);
}
const run = await runner();

/** A promise of a Windows adapter, held against Windows itself: run there, in Wine where that can be honest, and skipped by name elsewhere. */
export function contract(title: string, needs: Needs, work: Work): void {
  run(`[windows] ${title}`, process.platform === 'win32' && (needs === 'windows or wine' || !isWine), work);
}

/** Runs work in an empty folder by its long name (`TEMP` may hold a short one), gone afterwards. */
export async function inFolder(work: (folder: string) => Promise<void> | void): Promise<void> {
  const folder = await mkdtemp(join(realpathSync.native(tmpdir()), 'officina-contract-'));
  try {
    await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
}

/** Opens a file so that nobody else may: `CreateFile` with a share mode of nothing, which Node passes on by this flag of libuv. */
export const shareNothing = 0x1000_0000;

/** Asks until the answer is yes. @throws after a while */
export async function until(answer: () => Promise<boolean>, what: string): Promise<void> {
  const giveUpMs = performance.now() + 20_000;
  while (!(await answer())) {
    if (performance.now() > giveUpMs) throw new Error(`never came true: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
