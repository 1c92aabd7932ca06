import { join } from 'node:path';
import { defineConfig } from '@playwright/test';

const reports = process.env['OFFICINA_REPORTS'] ?? join(import.meta.dirname, '../test-results');
const configuration = defineConfig({
  testDir: 'window',
  timeout: 60_000,
  workers: 1,
  retries: 0,
  forbidOnly: true,
  outputDir: join(reports, 'window/output'),
  reporter: [['list'], ['json', { outputFile: join(reports, 'playwright.json') }]],
});
export { configuration as default };
