import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { call, type OutsidePortal, startOutsidePortal } from '../faults/killed-app.ts';
import { type CompanyNetwork, startCompanyNetwork } from '../portal/company-network.ts';
import { freshDataFolder, type Launched, launch } from './launch.ts';
import { firstRun, goTo } from './workshop.ts';

const login = { user: 'officina', password: 'Proxy-Canarino-77' };
let portal: OutsidePortal;
let network: CompanyNetwork;
test.beforeEach(async () => {
  portal = await startOutsidePortal(0);
});
test.afterEach(async () => {
  await network.stop();
  portal.stop();
});

async function settings(env: Record<string, string>): Promise<Launched> {
  const launched = await launch({ env: { SYNC_MS: '300', ABSENT_GAP_MS: '200', ...env } });
  await firstRun(launched.page);
  await goTo(launched.page, 'Impostazioni');
  return launched;
}

async function choose(page: Page, proxy: string): Promise<void> {
  await page.locator('label', { hasText: 'Portale del fornitore' }).getByRole('radio').check();
  await page.getByLabel('Indirizzo del portale', { exact: true }).fill(network.portalAddress);
  await page.getByLabel('Proxy della rete', { exact: true }).fill(proxy);
  await page.getByRole('button', { name: 'Usa questo indirizzo' }).click();
}

async function savePassword(page: Page): Promise<void> {
  await page.getByLabel('Password del portale', { exact: true }).fill(portal.token);
  await page.getByRole('button', { name: 'Salva la password' }).click();
  await expect(page.getByText('La password è nella gestione credenziali di questo PC.')).toBeVisible();
}

const lastError = async (page: Page): Promise<string | null> =>
  (await call(page, 'portalStatus', {})).lastError?.code ?? null;

/** A question with a file, sent; resolves when both are on the portal. */
async function sendWithFile({ app, page }: Launched): Promise<void> {
  const file = join(freshDataFolder(), 'prova.log');
  writeFileSync(file, '18:01:44 ERR back checksum\n');
  await app.evaluate(({ dialog }, path) => {
    Reflect.set(dialog, 'showOpenDialog', async () => ({ canceled: false, filePaths: [path] }));
  }, file);
  const evidenceIds = (await call(page, 'chooseFiles', {})).frozen.map((row) => row.id);
  const terms = await call(page, 'terms', {});
  await call(page, 'acceptTerms', { version: terms.version, sha256: terms.sha256 });
  const draft = await call(page, 'startDraft', { toolId: null, evidenceIds });
  const productId = (await call(page, 'productCatalogue', {})).find((item) => !item.hasSerial)?.id ?? null;
  const { revision } = await call(page, 'editDraft', {
    id: draft.id,
    baseRevision: draft.revision,
    content: {
      ...draft.content,
      productId,
      requestType: 'question',
      fields: { problem: { text: 'Non trovo il driver', source: { kind: 'typed' } } },
      guides: [{ id: draft.id, title: 'Guida', finding: '' }],
    },
  });
  await call(page, 'sendDraft', { id: draft.id, revision });
  await expect
    .poll(async () => (await call(page, 'outbox', {})).filter((row) => row.state !== 'accepted').length, {
      timeout: 60_000,
    })
    .toBe(0);
  expect((await call(page, 'ticket', { id: draft.id })).ticket.number).not.toBeNull();
}

test('request and its file reach a portal behind a company proxy that asks for a name, when that is given in the settings', async () => {
  network = await startCompanyNetwork(freshDataFolder(), portal.url, login);
  const launched = await settings({ NODE_EXTRA_CA_CERTS: network.authorityFile });
  const { app, page, dataFolder } = launched;
  await choose(page, network.proxyAddress);
  await savePassword(page);
  await expect.poll(() => lastError(page)).toBe('portal.proxyRefused');
  await expect(page.getByText('Nessun nome per il proxy')).toBeVisible();
  await page.getByRole('button', { name: 'Portale: Invio fermo' }).click();
  await page.getByRole('button', { name: "Scrivi l'accesso al proxy" }).press('Enter');
  await expect(page.getByLabel('Nome per il proxy', { exact: true })).toBeFocused();
  await expect(page.getByText('Il proxy ha rifiutato l')).toBeVisible();
  await page.getByLabel('Nome per il proxy', { exact: true }).fill(login.user);
  await page.getByLabel('Password del proxy', { exact: true }).fill(login.password);
  await page.getByRole('button', { name: 'Salva per il proxy' }).click();
  await expect(
    page.getByText('Nome e password del proxy sono nella gestione credenziali di questo PC.'),
  ).toBeVisible();
  await expect.poll(() => lastError(page)).toBeNull();
  await sendWithFile(launched);
  expect(portal.journal().filter((entry) => entry.kind === 'ticket')).toHaveLength(1);
  expect(new Set(network.tunnels().map(({ target }) => target))).toEqual(
    new Set(['portal.officina.test:443']),
  );
  expect(network.tunnels().at(-1)?.passed).toBe(true);
  await app.close();
  const holders = readdirSync(dataFolder, { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() && readFileSync(join(entry.parentPath, entry.name)).includes(login.password),
  );
  expect(holders.map((entry) => entry.name)).toEqual([]);
});

test('portal under a certificate nobody here trusts is refused, and a wrong proxy address is told and changes nothing', async () => {
  network = await startCompanyNetwork(freshDataFolder(), portal.url, null);
  const { app, page } = await settings({});
  await choose(page, 'http://mario:segreto@proxy.example:8080');
  await expect(page.getByRole('alert').filter({ hasText: 'portal.proxyInvalid' })).toContainText(
    'senza password',
  );
  expect((await call(page, 'portalStatus', {})).realm).toBe('practice');
  await choose(page, network.proxyAddress);
  await savePassword(page);
  await expect.poll(() => lastError(page)).toBe('portal.certificate');
  expect(portal.journal()).toEqual([]);
  await app.close();
});
