import { join } from 'node:path';
import { defineConfig } from '@playwright/test';

const reports = process.env['OFFICINA_REPORTS'] ?? join(import.meta.dirname, '../test-results');
/** Report and leftovers of one gate; two gates must not overwrite each other. */
const name = process.env['OFFICINA_REPORT'] ?? 'playwright';
const configuration = defineConfig({
  // A real window on a busy machine may lose a race of the test's own once: it is tried again, and named. What is lost at a kill is lost at once.
  projects: [
    { name: 'window', testDir: 'window', retries: 1 },
    { name: 'faults', testDir: 'faults', retries: 0 },
  ],
  // How long is no claim of a test: a busy machine may take its time, and what never comes still fails.
  timeout: 300_000,
  expect: { timeout: 60_000 },
  // One set of pictures for all gates; `npm run ui -- --pictures` names another place to draw them anew.
  snapshotPathTemplate: `${process.env['OFFICINA_PICTURES'] ?? join(import.meta.dirname, 'window/pictures')}/{arg}{ext}`,
  forbidOnly: true,
  outputDir: join(reports, 'output', name),
  reporter: [['list'], ['json', { outputFile: join(reports, `${name}.json`) }]],
});
export { configuration as default };
