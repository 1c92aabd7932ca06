import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { flavours } from './flavours.mjs';
import { inventory } from './ship/inventory-plugin.mjs';

const root = resolve(import.meta.dirname, '..');
const flavour = flavours[process.env['OFFICINA_FLAVOUR'] ?? 'release'] ?? flavours['release'];
if (flavour === undefined) throw new Error('no such flavour');
const out = resolve(root, flavour.folder);

/** Everything that runs as its own program in the machine room. */
const entries: Readonly<Record<string, string>> = {
  main: 'electron/main.ts',
  scan: 'electron/evidence/scan.worker.ts',
  check: 'electron/store/check.worker.ts',
  'last-resort': 'electron/platform/last-resort.worker.ts',
  backup: 'electron/remote/backup/backup.worker.ts',
  practice: 'electron/portal/practice/main.ts',
  'fake-teamviewer': 'electron/portal/practice/fake-teamviewer.ts',
};
const present = Object.fromEntries(
  Object.entries(entries)
    .map(([name, file]) => [name, resolve(root, file)])
    .filter(([, file]) => existsSync(file ?? '')),
);
const define = {
  __TEST_HOOKS__: JSON.stringify(flavour.hooks),
  __DOORS__: JSON.stringify(flavour.doors),
  // A package carries a binary that fits its runtime; only a checkout is run by one that the set-up chose.
  __SQLITE_BINDING__: JSON.stringify(
    flavour.doors === 'open' ? (process.env['SQLITE_NATIVE_BINDING'] ?? null) : null,
  ),
};

/** Everything is bundled, so that a start reads a few files instead of hundreds and nothing unused ships; only what has a native part stays outside. */
const native = ['better-sqlite3', 'keytar'];

// The name is tsc's and the bundler's; nothing else is exported from a configuration.
const configuration = defineConfig({
  main: {
    define,
    plugins: [inventory('main')],
    build: {
      outDir: resolve(out, 'main'),
      emptyOutDir: true,
      externalizeDeps: false,
      rollupOptions: {
        external: native,
        input: present,
        output: { format: 'es', entryFileNames: '[name].js' },
      },
    },
  },
  preload: {
    define,
    plugins: [inventory('preload')],
    build: {
      outDir: resolve(out, 'preload'),
      emptyOutDir: true,
      externalizeDeps: false,
      lib: { entry: resolve(root, 'electron/preload.ts'), formats: ['cjs'] },
      rollupOptions: { output: { entryFileNames: 'preload.cjs' } },
    },
  },
  renderer: {
    root: resolve(root, 'renderer'),
    plugins: [react(), inventory('renderer')],
    build: {
      outDir: resolve(out, 'renderer'),
      emptyOutDir: true,
      minify: true,
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rollupOptions: { input: resolve(root, 'renderer/index.html') },
    },
  },
});
export { configuration as default };
