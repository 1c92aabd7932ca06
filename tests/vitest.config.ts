import { join, resolve } from 'node:path';
import { defineConfig } from 'vitest/config';

const reports = process.env['OFFICINA_REPORTS'];
const configuration = defineConfig({
  root: resolve(import.meta.dirname, '..'),
  cacheDir: join(process.env['TMPDIR'] ?? '/tmp', 'vitest'),
  define: { __TEST_HOOKS__: 'false' },
  test: {
    include: ['tests/unit/**/*.test.ts', 'tests/integration/**/*.test.ts'],
    testTimeout: 30_000,
    reporters: reports === undefined ? ['default'] : ['default', ['json', { outputFile: join(reports, 'vitest.json') }]],
  },
});
export { configuration as default };
