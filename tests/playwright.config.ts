import { join } from 'node:path';
import { defineConfig } from '@playwright/test';

const reports = process.env['OFFICINA_REPORTS'] ?? join(import.meta.dirname, '../test-results');
/** Report and leftovers of one gate; two gates must not overwrite each other. */
const name = process.env['OFFICINA_REPORT'] ?? 'playwright';
const configuration = defineConfig({
  projects: [{ name: 'window', testDir: 'window' }, { name: 'faults', testDir: 'faults' }],
  timeout: 60_000,
  retries: 0,
  forbidOnly: true,
  outputDir: join(reports, 'output', name),
  reporter: [['list'], ['json', { outputFile: join(reports, `${name}.json`) }]],
});
export { configuration as default };
