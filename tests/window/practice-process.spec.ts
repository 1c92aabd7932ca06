import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { _electron, type ElectronApplication, expect, test } from '@playwright/test';
import { build } from 'vite';
import { z } from 'zod';
import { freshDataFolder, mainFile, startEnvironment } from './launch.ts';

const readySchema = z.object({ url: z.url(), token: z.string(), operatorUrl: z.url() });

async function started(): Promise<ElectronApplication> {
  const folder = mkdtempSync(join(tmpdir(), 'officina-practice-main-'));
  await build({
    root: resolve(import.meta.dirname, '../..'),
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    define: { __TEST_HOOKS__: 'true' },
    build: {
      ssr: join(import.meta.dirname, 'programs/practice-process-main.ts'),
      outDir: folder,
      emptyOutDir: false,
      target: 'node20',
      rollupOptions: { external: ['electron'], output: { entryFileNames: 'main.mjs' } },
    },
  });
  return _electron.launch({
    args: ['--disable-gpu', join(folder, 'main.mjs'), dirname(mainFile), freshDataFolder()],
    chromiumSandbox: true,
    env: startEnvironment(),
  });
}

async function status(url: string, token: string): Promise<number> {
  return fetch(`${url}/api/v1/terms`, { headers: { authorization: `Bearer ${token}` } }).then(
    (answer) => answer.status,
    () => 0,
  );
}

const practicePid = (app: ElectronApplication): Promise<number> =>
  app.evaluate(
    ({ app: electronApp }) =>
      electronApp.getAppMetrics().find((metric) => metric.name === 'Officina practice portal')?.pid ?? 0,
  );

test('practice process comes back at the same address with the same token when it is killed, and stays away when it is stopped', async () => {
  const app = await started();
  const { url, token } = readySchema.parse(
    await app.evaluate(async () => {
      const { url: address, token: secret, operatorUrl } = await Reflect.get(globalThis, 'practice');
      return { url: address, token: secret, operatorUrl };
    }),
  );
  expect(await status(url, token)).toBe(200);
  const pid = await practicePid(app);
  expect(pid).toBeGreaterThan(0);
  process.kill(pid, 'SIGKILL');
  await expect.poll(() => practicePid(app), { timeout: 15_000 }).not.toBe(pid);
  await expect.poll(() => status(url, token), { timeout: 15_000 }).toBe(200);
  await app.evaluate(async () => {
    const practice = await Reflect.get(globalThis, 'practice');
    await practice.stop();
  });
  await expect.poll(() => status(url, token), { timeout: 15_000 }).toBe(0);
  await expect.poll(() => practicePid(app), { timeout: 15_000 }).toBe(0);
  await app.close();
});
