import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { defineConfig } from 'vitest/config';

const reports = process.env['OFFICINA_REPORTS'];
const configuration = defineConfig({
  root: resolve(import.meta.dirname, '..'),
  cacheDir: join(tmpdir(), 'vitest'),
  define: { __TEST_HOOKS__: 'false' },
  test: {
    projects: [
      { extends: true, test: { name: 'unit', include: ['tests/unit/**/*.test.ts'], retry: 0 } },
      // Real processes, sockets and disks race on a busy machine; the test command names what passed only the second time.
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['tests/integration/**/*.test.ts', 'tests/on-windows/*.test.ts'],
          retry: 1,
        },
      },
    ],
    setupFiles: [join(import.meta.dirname, 'property-seed.ts')],
    // How long is no claim of a test: a busy machine may take its time, and what never comes still fails.
    testTimeout: Number(process.env['OFFICINA_TIMEOUT_MS'] ?? 240_000),
    hookTimeout: 60_000,
    // The tests run from a folder that is not theirs to write in.
    fsModuleCache: false,
    expect: { poll: { timeout: 20_000 } },
    reporters:
      reports === undefined
        ? ['default']
        : ['default', ['json', { outputFile: join(reports, 'vitest.json') }]],
  },
});
export { configuration as default };
