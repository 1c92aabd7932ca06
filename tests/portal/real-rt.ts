import { spawn } from 'node:child_process';
import { mkdirSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { freePort, missingPackages, ran, untilServed } from './real-server.ts';

const home = '/usr/share/request-tracker5';
/** What a walk behind a real Request Tracker needs, by the names of Debian's packages. */
const needed: Readonly<Record<string, string>> = {
  [join(home, 'libexec/rt-server')]: 'request-tracker5',
  '/usr/share/doc/rt5-db-sqlite': 'rt5-db-sqlite',
  '/usr/share/perl5/Starlet.pm': 'starlet',
};

/** Packages that are missing here; empty where a Request Tracker can be started. */
export const missingForRt = (): readonly string[] => missingPackages(needed);

export type RealRt = {
  readonly url: string;
  /** Of the customer `workshop` and of `operator`. */
  readonly password: string;
  readonly stop: () => Promise<void>;
};

/** The program writes below its own folders whatever its configuration says: told after it was loaded, before it was read. */
const ownPlace = (folder: string): string => `package OwnPlace;
use lib '${home}/lib';
require RT;
$RT::MasonDataDir = '${folder}/mason';
$RT::VarPath = '${folder}';
1;
`;

const configuration = (folder: string, port: number): string => `Set($rtname, 'assistenza');
Set($Organization, 'loopback.example');
Set($DatabaseType, 'SQLite');
Set($DatabaseName, '${folder}/rt.sqlite');
Set($WebDomain, '127.0.0.1');
Set($WebPort, ${port});
Set($WebPath, '');
Set($WebBaseURL, 'http://127.0.0.1:${port}');
Set($LogToSTDERR, 'warning');
Set($LogToSyslog, undef);
Set($LogToFile, undef);
Set($MailCommand, 'testfile');
Set($MasonSessionDir, '${folder}/session');
1;
`;

/**
 * A Request Tracker nobody here wrote, started on loopback with a database of its own below `folder`; the system's own is neither read nor
 * changed.
 */
export async function startRt(folder: string): Promise<RealRt> {
  for (const name of ['mason', 'session', 'perl', 'config'])
    mkdirSync(join(folder, name), { recursive: true });
  const port = await freePort();
  writeFileSync(join(folder, 'perl', 'OwnPlace.pm'), ownPlace(folder));
  writeFileSync(join(folder, 'config', '10-own.pm'), configuration(folder, port));
  writeFileSync(join(folder, 'site.pm'), '1;\n');
  const env = {
    PATH: process.env['PATH'] ?? '',
    HOME: folder,
    LANG: 'C.UTF-8',
    PERL5OPT: `-I${join(folder, 'perl')} -MOwnPlace`,
    RT_SITE_CONFIG: join(folder, 'site.pm'),
    RT_SITE_CONFIG_DIR: join(folder, 'config'),
  };
  const log = openSync(join(folder, 'rt.log'), 'a');
  const here = { cwd: folder, env, log };
  await ran('/usr/sbin/rt-setup-database-5', ['--action', 'init', '--skip-create'], here);
  const told = await ran('perl', [join(import.meta.dirname, 'rt-seed.pl')], here);
  const password = z.string().parse(/^password=(.+)$/mu.exec(told)?.[1]);
  const server = spawn(join(home, 'libexec/rt-server'), ['--host', '127.0.0.1', '--port', String(port)], {
    cwd: folder,
    env,
    stdio: ['ignore', log, log],
  });
  const url = `http://127.0.0.1:${port}`;
  const { stop } = await untilServed(server, `${url}/NoAuth/Login.html`);
  return { url, password, stop };
}
