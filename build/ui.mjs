// `npm run ui`: every component in every state, on one page that follows the sources; `npm run ui -- --pictures` draws the pictures
// anew that tests/window/components.spec.ts holds them against.
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isRoot, projectFolder } from './paths.mjs';
import { must } from './run.mjs';
import { setUp } from './setup.mjs';

const root = join(projectFolder, 'renderer/ui');

/** The bundler and what it is told here; loaded when it is needed, for a fresh clone has none before its set-up. */
async function bundler() {
  const [vite, { default: react }] = await Promise.all([import('vite'), import('@vitejs/plugin-react')]);
  return { ...vite, shared: { root, configFile: false, plugins: [react()], logLevel: 'warn' } };
}

/** Builds the page into a folder of its own. */
export async function buildUi(outDir) {
  const { build, shared } = await bundler();
  await build({ ...shared, base: './', build: { outDir, emptyOutDir: true, assetsInlineLimit: 0 } });
}

async function serve() {
  await setUp();
  const { createServer, shared } = await bundler();
  const server = await createServer({ ...shared, server: { fs: { allow: [projectFolder] } } });
  await server.listen();
  server.printUrls();
  console.log('?theme=dark, ?language=en and ?controls=large choose how it looks');
}

/** Runs the test of the pictures so that it writes them, and brings them home from where it ran. */
async function draw() {
  const made = mkdtempSync(join(tmpdir(), 'officina-pictures-'));
  if (isRoot) await must('chmod', ['1777', made]);
  await must(
    process.execPath,
    [join(projectFolder, 'build/test-one.mjs'), 'tests/window/components.spec.ts', '--update-snapshots'],
    { cwd: projectFolder, env: { ...process.env, OFFICINA_PICTURES: made } },
  );
  const home = join(projectFolder, 'tests/window/pictures');
  rmSync(home, { recursive: true, force: true });
  cpSync(made, home, { recursive: true });
  rmSync(made, { recursive: true, force: true });
}

if (process.argv[1] === import.meta.filename) await (process.argv.includes('--pictures') ? draw() : serve());
