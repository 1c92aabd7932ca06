import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { unzipped } from '../fixtures/unzipped.ts';
import { freshDataFolder, launch, mainFile, startEnvironment } from './launch.ts';
import { onLinux } from './on-linux.ts';

type Ended = { readonly code: number | null; readonly said: string };

/** The home of a person whose tool wrote this LOG, and the environment that leads there. */
function homeWithLog(): Readonly<Record<string, string>> {
  const home = freshDataFolder();
  mkdirSync(join(home, 'Alientech'));
  writeFileSync(
    join(home, 'Alientech', 'ktag_lettura.log'),
    'Reading flash: started\nChecksum error at 38 %\n',
  );
  return { HOME: home, XDG_CONFIG_HOME: join(home, '.config') };
}

/** Starts the program with these words, beside whatever runs. */
function started(
  executable: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<Ended> {
  return new Promise((ended, failed) => {
    const child = spawn(executable, ['--disable-gpu', mainFile, ...args], { env: startEnvironment(env) });
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (part: Buffer) => {
        said += part.toString('utf8');
      });
    child.on('error', failed);
    child.on('exit', (code) => ended({ code, said }));
  });
}

async function executableOf(): Promise<string> {
  const { app } = await launch();
  const executable = app.process().spawnfile;
  await app.close();
  return executable;
}

onLinux(
  '[linux] --collect writes the last failure while the program runs, and leaves its window as it is',
  async () => {
    const env = homeWithLog();
    const { app, page, dataFolder } = await launch({ env });
    const out = join(freshDataFolder(), 'caso.zip');
    const { code, said } = await started(
      app.process().spawnfile,
      ['--data-dir', dataFolder, '--collect', out],
      env,
    );
    expect([code, existsSync(out)]).toEqual([0, true]);
    expect(said).toContain(out);
    expect([...unzipped(out).keys()]).toContain('files/ktag_lettura.log');
    expect(await page.evaluate(async () => (await window.officina.appInfo({})).ok)).toBe(true);
    expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
    await app.close();
  },
);

onLinux(
  '[linux] --collect needs no store that opens, touches none, and says what it cannot tell',
  async () => {
    const env = homeWithLog();
    const dataFolder = freshDataFolder();
    writeFileSync(join(dataFolder, 'officina.db'), 'no database at all');
    const out = join(freshDataFolder(), 'caso.zip');
    const { code } = await started(await executableOf(), ['--data-dir', dataFolder, `--collect=${out}`], env);
    expect(code).toBe(0);
    const files = unzipped(out);
    expect([...files.keys()]).toContain('files/ktag_lettura.log');
    const page = [...files].find(([name]) => /^(?:leggimi|read-me)\.txt$/u.test(name))?.[1].toString('utf8');
    expect(page).toMatch(/- (?:Codice cliente|Customer code)/u);
    expect(readFileSync(join(dataFolder, 'officina.db'), 'utf8')).toBe('no database at all');
    expect(readdirSync(dataFolder)).toEqual(['officina.db']);
  },
);

onLinux(
  '[linux] --diagnose writes and prints what the program knows of itself where its store does not open',
  async () => {
    const dataFolder = freshDataFolder();
    writeFileSync(join(dataFolder, 'officina.db'), 'no database at all');
    const out = join(freshDataFolder(), 'pc.zip');
    const { code, said } = await started(
      await executableOf(),
      ['--data-dir', dataFolder, '--diagnose', out],
      homeWithLog(),
    );
    expect(code).toBe(0);
    const page = [...unzipped(out)].find(([name]) => /^(?:diagnosi|diagnosis)\.txt$/u.test(name))?.[1];
    expect(said).toContain(page?.toString('utf8').trim());
    expect(said).toMatch(/^(?:Archivio|Store): 1 MB · cannot be read$/mu);
    expect([...unzipped(out).keys()]).not.toContain('files/ktag_lettura.log');
    expect(readdirSync(dataFolder)).toEqual(['officina.db']);
  },
);

test('--collect into a folder that is not there ends with 1 and a sentence, and writes nothing', async () => {
  const folder = freshDataFolder();
  const { code, said } = await started(
    await executableOf(),
    ['--data-dir', folder, '--collect', join(folder, 'nowhere', 'caso.zip')],
    homeWithLog(),
  );
  expect(code).toBe(1);
  expect(said).toMatch(/(?:non si può scrivere in|cannot be written in) \S*nowhere/u);
  expect(readdirSync(folder).filter((name) => name !== 'faults.log')).toEqual([]);
});
