// What a package must pass before anybody is given it. `npm test` runs them as one stage, `npm run test:ship` by name in a table.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from '../build.mjs';
import { flavours } from '../flavours.mjs';
import { bringsNode, isRoot, node24, node24In, projectFolder } from '../paths.mjs';
import { must, run } from '../run.mjs';
import { executableOf } from './after-pack.mjs';
import { fuseProblems, readFuses } from './fuses.mjs';
import { pack } from './pack.mjs';
import { packageProblems } from './package-list.mjs';
import { runtimeVersions } from './parts.mjs';
import { releaseReadProblems } from './reads.mjs';
import { differences } from './same.mjs';
import { sbom } from './sbom.mjs';

const manifest = () => JSON.parse(readFileSync(join(projectFolder, 'package.json'), 'utf8'));
const built = (flavour) => join(projectFolder, flavours[flavour].folder);
const refuse = (problems) => {
  if (problems.length > 0) throw new Error(problems.slice(0, 12).join('; '));
};
/** One line of a changed constant: what the walk flavour may differ in. */
const doorLine = /^(var|let|const) doors = "(walked|shut)";$/;

/** The Electron that the set-up found, for `pack`: npm's own, or the stand-in with the binary that it needs. */
export function packedRuntime(runtimeEnv) {
  const dist = runtimeEnv.ELECTRON_OVERRIDE_DIST_PATH ?? join(projectFolder, 'node_modules/electron/dist');
  return { version: runtimeVersions(dist).electron, dist, binding: runtimeEnv.SQLITE_NATIVE_BINDING ?? null };
}

/** Lines in which two texts of as many lines differ. */
function changedLines(one, other) {
  const [first, second] = [one.split('\n'), other.split('\n')];
  if (first.length !== second.length) return [`${first.length} lines against ${second.length}`];
  return first.flatMap((line, index) => (line === second[index] ? [] : [line, second[index]]));
}

function walkFlavourProblems() {
  const files = differences(built('package'), built('walk'));
  if (files.length !== 1 || files[0] !== 'main/main.js')
    return [`these differ: ${files.join(', ') || 'none'}`];
  const [one, other] = ['package', 'walk'].map((flavour) =>
    readFileSync(join(built(flavour), 'main/main.js'), 'utf8'),
  );
  const lines = changedLines(one, other);
  return lines.length === 2 && lines.every((line) => doorLine.test(line)) ? [] : lines;
}

function sbomProblems(parts, document) {
  const named = new Set(document.components.map(({ purl }) => purl));
  const missing = parts.filter(({ purl }) => !named.has(purl)).map(({ purl }) => `${purl}: not in the SBOM`);
  const expected = [
    'pkg:npm/electron@',
    'pkg:generic/chromium@',
    'pkg:generic/node@',
    'pkg:generic/sqlite@',
    'pkg:npm/better-sqlite3@',
  ];
  const absent = expected.filter((start) => ![...named].some((purl) => purl.startsWith(start)));
  const tools = document.components.filter(({ name }) =>
    ['vitest', 'electron-builder', 'typescript', 'moment-timezone-data'].includes(name),
  );
  return [
    ...missing,
    ...absent.map((start) => `${start}: not in the SBOM`),
    ...tools.map(({ name }) => `${name} does not ship`),
  ];
}

/** Enough of the checkout for the walk, where an ordinary user can read it. */
async function walkPlace() {
  const place = mkdtempSync(join(tmpdir(), 'officina-walk-'));
  const parts = [
    'build',
    'tests/run',
    'package.json',
    ...['@playwright', 'playwright', 'playwright-core'].map((name) => `node_modules/${name}`),
  ];
  for (const part of [...parts, ...(bringsNode ? [node24.slice(projectFolder.length + 1)] : [])]) {
    mkdirSync(join(place, part, '..'), { recursive: true });
    cpSync(join(projectFolder, part), join(place, part), { recursive: true });
  }
  await must('chmod', ['-R', 'a+rX', place]);
  return place;
}

/**
 * The gates of one run in groups of `[name, work]`: a group needs what the ones before left, and what is in it may run side by side.
 * `folder` is where packages are put; an ordinary user must be able to enter it. `platform` is `linux` or `win32`.
 */
export function shipGates({ folder, runtimeEnv, platform = process.platform, arch = process.arch }) {
  const at = (flavour) => join(folder, flavour, `${platform === 'win32' ? 'win' : 'linux'}-unpacked`);
  const packed = (flavour, name = flavour) =>
    pack({
      flavour,
      output: join(folder, name),
      platform,
      targets: ['dir'],
      archs: [arch],
      runtime: packedRuntime(runtimeEnv),
    });
  let parts = [];
  const walk = async (flavour, how) => {
    const place = isRoot ? await walkPlace() : projectFolder;
    try {
      await must('chmod', ['a+rX', folder]);
      await must('chmod', ['-R', 'a+rX', join(folder, flavour)]);
      const command = [
        node24In(place),
        join(place, 'build/ship/walk.mjs'),
        executableOf(at(flavour), platform),
        how,
      ];
      const [file, ...args] =
        platform === 'linux' ? [join(place, 'tests/run/desktop-session.sh'), ...command] : command;
      return await run(file, args, {
        cwd: place,
        stdio: ['ignore', 'inherit', how === 'job' ? 'inherit' : 'ignore'],
      });
    } finally {
      if (isRoot) rmSync(place, { recursive: true, force: true });
    }
  };
  const steps = {
    'release built, and every part of it has a licence text': async () => {
      parts = await build('package', runtimeEnv);
      await build('walk', runtimeEnv);
    },
    'release hears no variable or argument that is not accounted for': () =>
      refuse(releaseReadProblems(built('package'))),
    'walk flavour differs in the one line of its doors': () => refuse(walkFlavourProblems()),
    'packed: archive within its list and size, two native files outside, fuses read back': async () => {
      await packed('package');
      await packed('walk');
      refuse([
        ...packageProblems(at('package'), `${platform}-${arch}`),
        ...fuseProblems(await readFuses(executableOf(at('package'), platform))),
      ]);
    },
    'SBOM names what ships, with Electron, Chromium, Node and SQLite': () => {
      const { name, version } = manifest();
      const document = sbom({ name, version }, parts);
      refuse(sbomProblems(parts, document));
      writeFileSync(join(folder, 'sbom.cdx.json'), `${JSON.stringify(document, null, 2)}\n`);
    },
    'package started as an ordinary user opens no debugging door': async () => {
      if ((await walk('package', 'shut')) !== 0) throw new Error('see above');
      if ((await walk('walk', 'shut')) === 0)
        throw new Error('the same look finds nothing where a door is open');
    },
  };
  const together = {
    'two builds are the same, byte for byte': async () => {
      await build('package', runtimeEnv);
      await packed('package', 'again');
      refuse(
        differences(at('package'), at('package').replace(join(folder, 'package'), join(folder, 'again'))),
      );
    },
    'package walked from first start to the signed receipt': async () => {
      if ((await walk('walk', 'job')) !== 0) throw new Error('see above');
    },
  };
  return [...Object.entries(steps).map((step) => [step]), Object.entries(together)];
}
