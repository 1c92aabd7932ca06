import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, openSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { freePort, missingPackages, ran, untilServed } from './real-server.ts';

const home = '/usr/share/redmine';
/** What a walk behind a real Redmine needs, by the names of Debian's packages. */
const needed: Readonly<Record<string, string>> = {
  [join(home, 'config.ru')]: 'redmine',
  '/var/lib/redmine/Gemfile.lock': 'redmine-sqlite',
  '/usr/lib/ruby/vendor_ruby/sqlite3.rb': 'ruby-sqlite3',
  '/usr/bin/puma': 'puma',
};

/** Packages that are missing here; empty where a Redmine can be started. */
export const missingForRedmine = (): readonly string[] => missingPackages(needed);

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
  const here = { cwd: root, env, log };
  await ran('ruby', ['bin/rails', 'db:migrate'], here);
  const seed = join(import.meta.dirname, 'redmine-seed.rb');
  const told = await ran('ruby', ['bin/rails', 'runner', seed], here);
  const keys = keysSchema.parse(JSON.parse(/^keys=(.+)$/mu.exec(told)?.[1] ?? 'null'));
  const password = z.string().parse(/^password=(.+)$/mu.exec(told)?.[1]);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const server = spawn('puma', ['-e', 'production', '-b', `tcp://127.0.0.1:${port}`, 'config.ru'], {
    cwd: root,
    env,
    stdio: ['ignore', log, log],
  });
  const { stop } = await untilServed(server, `${url}/login`);
  return { url, keys, password, stop };
}
