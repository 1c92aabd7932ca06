import { spawn } from 'node:child_process';
import {
  accessSync,
  constants,
  cpSync,
  existsSync,
  mkdirSync,
  openSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';

const home = '/usr/share/redmine';
/** What a walk behind a real Redmine needs, by the names of Debian's packages. */
const needed: Readonly<Record<string, string>> = {
  [join(home, 'config.ru')]: 'redmine',
  '/var/lib/redmine/Gemfile.lock': 'redmine-sqlite',
  '/usr/lib/ruby/vendor_ruby/sqlite3.rb': 'ruby-sqlite3',
  '/usr/bin/puma': 'puma',
};

/** Packages that are missing here; empty where a Redmine can be started. */
export function missingForRedmine(): readonly string[] {
  const isThere = (file: string): boolean => {
    try {
      accessSync(file, constants.R_OK);
      return true;
    } catch {
      return false;
    }
  };
  return Object.entries(needed).flatMap(([file, name]) => (isThere(file) ? [] : [name]));
}

const keysSchema = z.object({
  workshop: z.string(),
  stranger: z.string(),
  reader: z.string(),
  operator: z.string(),
});
export type RealRedmine = {
  readonly url: string;
  readonly keys: z.infer<typeof keysSchema>;
  /** Of each of them on the pages, with the name of the key. */
  readonly password: string;
  readonly stop: () => Promise<void>;
};

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** The installed program with a place of its own for everything it writes: the system's own Redmine is neither read nor changed. */
function ownPlace(folder: string): string {
  const root = join(folder, 'redmine');
  const instance = join(root, 'instances', 'default');
  for (const name of ['config', 'tmp/cache', 'log', 'files', 'public'])
    mkdirSync(join(instance, name), { recursive: true });
  for (const name of ['app', 'public', 'extra', 'templates', 'Rakefile'])
    symlinkSync(join(home, name), join(root, name));
  for (const name of ['bin', 'lib', 'db', 'Gemfile', 'config.ru'])
    cpSync(join(home, name), join(root, name), { recursive: true, dereference: true });
  cpSync('/var/lib/redmine/Gemfile.lock', join(root, 'Gemfile.lock'));
  cpSync(join(home, 'config'), join(root, 'config'), {
    recursive: true,
    dereference: true,
    // Its database is the system's, and nobody but the system reads where it is.
    filter: (source) => !source.endsWith('database.yml'),
  });
  const database = join(folder, 'redmine.sqlite3');
  writeFileSync(
    join(instance, 'config', 'database.yml'),
    `production:\n  adapter: sqlite3\n  database: ${database}\n  timeout: 10000\n`,
  );
  writeFileSync(join(instance, 'config', 'secret_key.txt'), 'loopback'.repeat(8));
  return root;
}

/**
 * A Redmine nobody here wrote, started on loopback with a database of its own below `folder`: made, filled and served within a minute.
 * @param timeZone where the server stands; its interface tells times in UTC wherever that is
 */
export async function startRedmine(folder: string, timeZone = 'Europe/Rome'): Promise<RealRedmine> {
  const root = ownPlace(folder);
  const env = {
    PATH: process.env['PATH'] ?? '',
    HOME: folder,
    RAILS_ENV: 'production',
    TZ: timeZone,
    LANG: 'C.UTF-8',
  };
  const log = openSync(join(folder, 'redmine.log'), 'a');
  const ran = async (command: string, args: readonly string[]): Promise<string> => {
    const child = spawn(command, args, { cwd: root, env, stdio: ['ignore', 'pipe', log] });
    let told = '';
    child.stdout?.on('data', (part: Buffer) => {
      told += part.toString('utf8');
    });
    const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
    if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}: ${told.slice(-2_000)}`);
    return told;
  };
  await ran('ruby', ['bin/rails', 'db:migrate']);
  const told = await ran('ruby', ['bin/rails', 'runner', join(import.meta.dirname, 'redmine-seed.rb')]);
  const keys = keysSchema.parse(JSON.parse(/^keys=(.+)$/mu.exec(told)?.[1] ?? 'null'));
  const password = z.string().parse(/^password=(.+)$/mu.exec(told)?.[1]);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const server = spawn('puma', ['-e', 'production', '-b', `tcp://127.0.0.1:${port}`, 'config.ru'], {
    cwd: root,
    env,
    stdio: ['ignore', log, log],
  });
  const ended = new Promise<void>((resolve) => server.once('close', () => resolve()));
  for (let tries = 0; ; tries += 1) {
    const isUp = await fetch(`${url}/login`).then(
      (answer) => answer.ok,
      () => false,
    );
    if (isUp) break;
    if (tries > 240 || server.exitCode !== null || !existsSync(root))
      throw new Error('Redmine did not start');
    await wait(500);
  }
  return {
    url,
    keys,
    password,
    stop: async () => {
      server.kill('SIGTERM');
      await Promise.race([ended, wait(10_000).then(() => server.kill('SIGKILL'))]);
    },
  };
}
