import { expect, test } from '@playwright/test';
import {
  consent,
  declareBackup,
  gate,
  inEnglish,
  launchAsked,
  numberFile,
  passChecks,
} from './remote-wizard.ts';

const minuteMs = 60_000;

test('R-REMOTE-3, CLOCK-1: consent runs out after 15 minutes, also when the PC clock is set back, and no start follows', async () => {
  const clock = numberFile('clock');
  const running = numberFile('running');
  const { app, page } = await launchAsked({ CLOCK_FILE: clock.path, RUNNING_FILE: running.path });
  await declareBackup(page);
  await passChecks(page);
  await consent(page);
  const said = gate(page, 'Consenso');
  const start = page.getByRole('button', { name: 'Avvia TeamViewer' });
  await gate(page, 'Avvio e codici').click();
  await expect(start).toBeEnabled();
  // Somebody sets the PC back an hour: nothing is won by it.
  clock.set(-60 * minuteMs);
  running.set(13.5 * minuteMs);
  await expect(said).toContainText(/vale ancora [12] min/u, { timeout: 10_000 });
  running.set(14.2 * minuteMs);
  await expect(said).toContainText('vale ancora 1 min', { timeout: 10_000 });
  await expect(start).toBeEnabled();
  running.set(15.1 * minuteMs);
  // Asked as the button asks: by then the page may have shut it already, which is no protection of its own.
  expect(await page.evaluate(() => window.officina.launchTeamViewer({}))).toMatchObject({
    ok: false,
    error: { code: 'remote.gateShut' },
  });
  await expect(said).toContainText('scaduto: va ridato');
  await expect(start).toBeDisabled();
  await expect(page.getByText('Prima completa i passi sopra')).toBeVisible();
  await expect(page.getByRole('heading', { name: /^Sessione in corso/u })).toHaveCount(0);
  // Given anew, it is good again.
  await consent(page);
  await gate(page, 'Avvio e codici').click();
  await start.click();
  await expect(page.getByRole('heading', { name: /^Sessione in corso/u })).toBeVisible();
  await app.close();
});

test('R-REMOTE-3: window says by itself that the consent ran out, in English too', async () => {
  const running = numberFile('running');
  const { app, page } = await launchAsked({ RUNNING_FILE: running.path });
  await declareBackup(page);
  await passChecks(page);
  await consent(page);
  running.set(16 * minuteMs);
  await expect(gate(page, 'Consenso')).toContainText('scaduto: va ridato', { timeout: 10_000 });
  await inEnglish(page);
  await expect(gate(page, 'Consent')).toContainText('run out: to be given again', { timeout: 10_000 });
  await app.close();
});
