import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { launch } from './launch.ts';
import { untilAsked } from './remote-wizard.ts';
import { firstRun, goTo, writeAndSend } from './workshop.ts';

test('R-REMOTE-1: Today names the operator who asks for a remote session and leads into the wizard of that request', async () => {
  const { app, page } = await launch({ env: { OPERATOR_DELAY_MS: '300', SYNC_MS: '300' } });
  await firstRun(page);
  await writeAndSend(page);
  const bar = page.getByText(/^L'operatore Sara .*chiede una sessione remota\.$/u);
  await expect(page.getByText(/· Supporto ·/u).first()).toBeVisible({ timeout: 60_000 });
  // Nobody asked yet: nothing on the page of the request speaks of a session.
  await expect(bar).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Prepara la sessione' })).toHaveCount(0);
  await untilAsked(page);
  await expect(bar).toBeVisible();
  await goTo(page, 'Oggi');
  const card = page.getByRole('region', { name: 'Tocca a te' }).getByRole('listitem').first();
  await expect(card).toContainText(/L'operatore Sara .*chiede una sessione remota/u);
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  expect(violations.map((item) => item.id)).toEqual([]);
  await card.getByRole('button', { name: 'Prepara la sessione remota: La lettura si ferma al 38 %' }).click();
  await expect(page.getByRole('navigation', { name: 'Passi della sessione' })).toBeVisible();
  await expect(page.getByRole('heading', { level: 1, name: 'Sessione remota' })).toBeVisible();
  await app.close();
});

test('R-REMOTE-1: a request that was closed asks for no session any more', async () => {
  const { app, page } = await launch({ env: { OPERATOR_DELAY_MS: '300', SYNC_MS: '300' } });
  await firstRun(page);
  await writeAndSend(page);
  await untilAsked(page);
  const bar = page.getByText(/^L'operatore Sara .*chiede una sessione remota\.$/u);
  await expect(bar).toBeVisible();
  await page.getByRole('button', { name: 'Altro', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Chiudi la richiesta' }).click();
  await page.getByRole('button', { name: 'Chiudi la richiesta' }).click();
  await expect(page.getByText('La richiesta è chiusa e da qui non si riapre.')).toBeVisible({
    timeout: 30_000,
  });
  await expect(bar).toHaveCount(0);
  await app.close();
});
