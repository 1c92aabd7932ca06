import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

const root = resolve(import.meta.dirname, '..');
const isTestFlavour = process.env['OFFICINA_FLAVOUR'] === 'test';
const out = resolve(root, isTestFlavour ? 'out-test' : 'out');

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
const define = { __TEST_HOOKS__: JSON.stringify(isTestFlavour) };

/** Bundled, so that a start reads one file instead of hundreds; what has native parts or a server's many files stays outside. */
const bundled = ['zod', 'i18next', 'axios', 'tus-js-client', 'write-file-atomic'];

// The name is tsc's and the bundler's; nothing else is exported from a configuration.
const configuration = defineConfig({
  main: {
    define,
    build: {
      outDir: resolve(out, 'main'),
      emptyOutDir: true,
      externalizeDeps: { exclude: bundled },
      rollupOptions: { input: present, output: { format: 'es', entryFileNames: '[name].js' } },
    },
  },
  preload: {
    define,
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
    plugins: [react()],
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
