import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { openPracticeDatabase } from '../../electron/portal/practice/practice-database.ts';
import { practiceDesk } from '../../electron/portal/practice/practice-desk.ts';
import type { SignedPack } from '../../shared/domain/data-pack.ts';
import calendar from '../../resources/calendar.json' with { type: 'json' };
import { packKeyPair, signedPack } from '../fixtures/signed-pack.ts';
import { dayOf, launchAt, rome, settle } from './clocked.ts';
import { launch } from './launch.ts';
import { goTo } from './workshop.ts';

const ours = packKeyPair();
/** The test flavour believes one key more, told by its environment; no file and no portal can add one. */
const env = { PACK_KEY: ours.publicText };
const morning = rome('2026-11-24', '08:00');
const calendarAt = (version: number, from: string) => ({
  ...calendar,
  version,
  windows: [{ from, to: '13:00' }],
});

const handsOut =
  (...packs: readonly SignedPack[]) =>
  (portalFolder: string): void => {
    const db = openPracticeDatabase(portalFolder);
    practiceDesk(db, () => new Date().toISOString()).setPacks(packs);
    db.close();
  };

async function packLine(page: Page, name: string) {
  await goTo(page, 'Impostazioni');
  return page
    .getByRole('list', { name: 'Regole e calendario' })
    .getByRole('listitem')
    .filter({ hasText: name });
}

test('R-HOURS-1: newer signed pack of the portal replaces the calendar at once, and not any more once edited by hand', async () => {
  const shop = await launchAt({
    pcMs: morning,
    env,
    prepare: handsOut(signedPack('calendar', 2, calendarAt(2, '09:15'), ours.privateKey)),
  });
  await settle(shop);
  await expect(dayOf(shop.page).getByText(/^Fuori orario fino alle 09:15\./u)).toBeVisible();
  await expect(await packLine(shop.page, 'Calendario')).toContainText('Versione 2, dal portale');
  await shop.close();
  const file = join(shop.dataFolder, 'packs/calendar.json');
  writeFileSync(file, readFileSync(file, 'utf8').replace('09:15', '05:15'));
  const second = await launch({ dataFolder: shop.dataFolder, env });
  const line = await packLine(second.page, 'Calendario');
  await expect(line).toContainText('Versione 1, del programma');
  await expect(line).toContainText(
    'La versione 2 non è firmata da chi fa il programma: resta quella di prima.',
  );
  await second.app.close();
  writeFileSync(file, 'spoiled');
  const third = await launch({ dataFolder: shop.dataFolder, env });
  await expect(await packLine(third.page, 'Calendario')).toContainText(
    'Un file di questi dati è rovinato o è stato cambiato su questo PC: vale la versione 1, firmata.',
  );
  await third.app.close();
});

test('R-HOURS-1: pack signed by nobody known and pack of another shape keep the one before, each with its reason', async () => {
  const foreign = packKeyPair().privateKey;
  const shop = await launchAt({
    pcMs: morning,
    env,
    prepare: handsOut(
      signedPack('calendar', 2, calendarAt(2, '09:15'), foreign),
      signedPack('exclusions', 7, { version: 7, causes: 'none' }, ours.privateKey),
    ),
  });
  await settle(shop);
  await expect
    .poll(async () => (await packLine(shop.page, 'Esclusioni')).innerText())
    .toContain('La versione 7 non è scritta come deve: resta quella di prima.');
  const line = await packLine(shop.page, 'Calendario');
  await expect(line).toContainText('Versione 1, del programma');
  await expect(line).toContainText(
    'La versione 2 non è firmata da chi fa il programma: resta quella di prima.',
  );
  await goTo(shop.page, 'Oggi');
  await expect(dayOf(shop.page).getByText(/^Fuori orario fino alle 08:30\./u)).toBeVisible();
  await shop.close();
});

test('R-HOURS-1: program whose own calendar file was edited starts, works by the copy inside it, and says so', async () => {
  const resources = mkdtempSync(join(tmpdir(), 'officina-resources-'));
  cpSync(resolve(import.meta.dirname, '../../out-test/resources'), resources, { recursive: true });
  writeFileSync(
    join(resources, 'calendar.json'),
    readFileSync(join(resources, 'calendar.json'), 'utf8').replace('08:30', '05:00'),
  );
  const shop = await launchAt({ pcMs: morning, env: { RESOURCES_FOLDER: resources } });
  await settle(shop);
  const { page } = shop;
  await expect(dayOf(page).getByText(/^Fuori orario fino alle 08:30\./u)).toBeVisible();
  const line = await packLine(page, 'Calendario');
  await expect(line).toContainText('Versione 1, del programma');
  await expect(line).toContainText(
    'vale la versione 1, firmata. Le richieste sono al sicuro; per rimetterlo a posto reinstalla il programma.',
  );
  await expect(await packLine(page, 'Prodotti')).not.toContainText('rovinato');
  await shop.close();
});
