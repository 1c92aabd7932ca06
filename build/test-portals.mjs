// `npm run test:portals`: the walks behind ticket servers nobody here wrote, started on loopback. As root on Debian or Ubuntu it installs
// what is missing, about five minutes each; otherwise it names the one command. `npm test` runs the same files where they are installed.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { isRoot, node24, projectFolder } from './paths.mjs';
import { must, run } from './run.mjs';

/** In the order in which they are installed: a server is configured against its database. */
const servers = [
  {
    mark: '[redmine]',
    parts: [
      ['redmine', 'redmine-sqlite'],
      ['ruby-sqlite3', 'puma'],
    ],
    files: ['tests/integration/real-redmine.test.ts', 'tests/window/web-redmine.spec.ts'],
  },
  {
    mark: '[rt]',
    parts: [['request-tracker5', 'rt5-db-sqlite', 'libcgi-psgi-perl', 'starlet']],
    files: ['tests/window/web-rt.spec.ts'],
  },
];

function missing(packages) {
  if (process.platform !== 'linux' || !existsSync('/usr/bin/dpkg-query')) return packages;
  const { stdout } = spawnSync(
    'dpkg-query',
    ['-W', '-f', `\${Package} \${db:Status-Abbrev}\n`, ...packages],
    { encoding: 'utf8' },
  );
  const installed = new Set(
    (stdout ?? '')
      .split('\n')
      .filter((line) => / ii /.test(`${line} `))
      .map((line) => line.split(' ')[0]),
  );
  return packages.filter((name) => !installed.has(name));
}

let isUpdated = false;
for (const { mark, parts, files } of servers) {
  const packages = parts.flat();
  if (missing(packages).length > 0 && isRoot && existsSync('/usr/bin/apt-get')) {
    console.log(`installing ${missing(packages).join(' ')}`);
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    if (!isUpdated) await must('apt-get', ['update', '-q'], { env });
    isUpdated = true;
    for (const part of parts)
      await must('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...part], { env });
  }
  const left = missing(packages);
  if (left.length > 0) {
    console.log(`skipped ${mark}: ${left.join(', ')} not installed here`);
    console.log(`sudo apt-get install -y --no-install-recommends ${packages.join(' ')}`);
    continue;
  }
  for (const file of files) {
    const code = await run(node24, ['build/test-one.mjs', file], { cwd: projectFolder });
    if (code !== 0) process.exitCode = code;
  }
}
