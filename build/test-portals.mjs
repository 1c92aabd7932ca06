// `npm run test:portals`: the walk behind ticket servers nobody here wrote, started on loopback. As root on Debian or Ubuntu it installs
// what is missing, about five minutes; otherwise it names the one command. `npm test` runs the same file where they are installed already.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { isRoot, node24, projectFolder } from './paths.mjs';
import { must, run } from './run.mjs';

const packages = ['redmine', 'redmine-sqlite', 'ruby-sqlite3', 'puma'];
const file = 'tests/integration/real-redmine.test.ts';

function missing() {
  if (process.platform !== 'linux' || !existsSync('/usr/bin/dpkg-query')) return packages;
  const { stdout } = spawnSync(
    'dpkg-query',
    ['-W', '-f', `\${Package} \${db:Status-Abbrev}\n`, ...packages],
    {
      encoding: 'utf8',
    },
  );
  const installed = new Set(
    (stdout ?? '')
      .split('\n')
      .filter((line) => / ii /.test(`${line} `))
      .map((line) => line.split(' ')[0]),
  );
  return packages.filter((name) => !installed.has(name));
}

if (missing().length > 0 && isRoot && existsSync('/usr/bin/apt-get')) {
  console.log(`installing ${missing().join(' ')}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await must('apt-get', ['update', '-q'], { env });
  // The database first: the second part is configured against it.
  for (const part of [packages.slice(0, 2), packages.slice(2)])
    await must('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...part], { env });
}
const left = missing();
if (left.length > 0) {
  console.log(`skipped [redmine]: ${left.join(', ')} not installed here`);
  console.log(`sudo apt-get install -y --no-install-recommends ${packages.join(' ')}`);
} else process.exitCode = await run(node24, ['build/test-one.mjs', file], { cwd: projectFolder });
