import { expect, type Page, test } from '@playwright/test';
import type { TicketId } from '../../shared/domain/ids.ts';
import { freshDataFolder, type Launched, launch } from '../window/launch.ts';
import { call, killed, type OutsidePortal, startOutsidePortal } from './killed-app.ts';

/** Every step that writes, killed in the middle of its transaction and right after it. */
const steps = [
  'backupConfirmed',
  'programsChecked',
  'toolVerified',
  'consentGiven',
  'launchAsked',
  'launched',
  'codesLeaving',
  'codesSent',
  'endAsked',
  'endStepped',
  'endSaid',
] as const;
const points = steps.flatMap((step) => [`remote.${step}.inTx`, `remote.${step}`]);
const canary = { id: '918273645', password: 'canary-4Tz9' };

const start = (dataFolder: string, portal: OutsidePortal, failAt: string): Promise<Launched> =>
  launch({
    dataFolder,
    env: {
      FAIL_AT: failAt,
      PRACTICE_URL: portal.url,
      PRACTICE_TOKEN: portal.token,
      SYNC_MS: '200',
      WATCH_MS: '60000',
    },
  });

/** A ticket whose operator asked for a session, as the pretend operator does after the first reply. */
async function askedTicket(page: Page): Promise<TicketId> {
  await call(page, 'saveProfile', {
    customerCode: 'ALI-1',
    company: 'Rossi',
    email: 'a@b.example',
    ticketLanguage: 'it',
  });
  const terms = await call(page, 'terms', {});
  await call(page, 'acceptTerms', { version: terms.version, sha256: terms.sha256 });
  const draft = await call(page, 'startDraft', { toolId: null, evidenceIds: [] });
  const productId = (await call(page, 'productCatalogue', {})).find((item) => !item.hasSerial)?.id ?? null;
  const content = {
    ...draft.content,
    productId,
    requestType: 'question' as const,
    fields: { problem: { text: 'Non trovo il driver nella banca dati', source: { kind: 'typed' as const } } },
    guides: [{ id: draft.id, title: 'Guida', finding: '' }],
  };
  const { revision } = await call(page, 'editDraft', { id: draft.id, baseRevision: draft.revision, content });
  await call(page, 'sendDraft', { id: draft.id, revision });
  await expect
    .poll(async () => (await call(page, 'ticket', { id: draft.id })).ticket.operator, { timeout: 60_000 })
    .not.toBeNull();
  await expect
    .poll(async () => (await call(page, 'ticket', { id: draft.id })).ticket.state, { timeout: 60_000 })
    .toBe('waiting-customer');
  await call(page, 'saveReply', { ticketId: draft.id, text: '13,4 V', evidenceIds: [] });
  await call(page, 'sendReply', { ticketId: draft.id });
  await expect
    .poll(async () => (await call(page, 'remoteSession', { ticketId: draft.id })).gates.ticket, {
      timeout: 60_000,
    })
    .toBeNull();
  return draft.id;
}

/** The main window among those of a start: the strip and a receipt being printed may be there first. */
async function mainPage({ app }: Launched): Promise<Page> {
  const found = (): Page | undefined =>
    app.windows().find((window) => window.url() === 'app://bundle/index.html');
  await expect.poll(() => found() !== undefined, { timeout: 60_000 }).toBe(true);
  const page = found();
  if (page === undefined) throw new Error('no main window');
  await page.waitForLoadState('load');
  return page;
}

/** The whole session, as far as the program lives. */
async function walk(page: Page, ticketId: TicketId): Promise<void> {
  await call(page, 'prepareSession', { ticketId });
  await call(page, 'declareBackup', {
    what: 'Disco C',
    where: 'disco esterno',
    on: '2026-11-23',
    by: 'Mario',
  });
  await call(page, 'lookAtPrograms', {});
  for (const { id } of (await call(page, 'remoteSession', { ticketId })).programs?.programs ?? [])
    await call(page, 'keepProgram', { id, kept: true });
  await call(page, 'confirmPrograms', {});
  await call(page, 'checkTeamViewer', {});
  const { consent } = await call(page, 'remoteSession', { ticketId });
  await call(page, 'giveConsent', {
    name: 'Mario Rossi',
    allowed: true,
    backupIsMine: true,
    textSha256: consent.sha256,
  });
  await call(page, 'launchTeamViewer', {});
  await call(page, 'handOverCodes', canary);
  await call(page, 'endSession', {});
  await call(page, 'nextEndStep', {});
  await call(page, 'sayEnded', {});
}

test('THREAT-9, K3: a session killed at every step resumes or ends safely and is never half-consented', async () => {
  test.setTimeout(400_000);
  const portal = await startOutsidePortal(0);
  const seen: Record<string, number> = {};
  try {
    for (const point of points) {
      const dataFolder = freshDataFolder();
      const first = await start(dataFolder, portal, point);
      const program = first.app.process();
      const gone = new Promise((done) => program.once('exit', done));
      const ticketId = await askedTicket(first.page);
      await walk(first.page, ticketId).catch(() => undefined);
      await gone;
      await killed(program);
      const again = await start(dataFolder, portal, '');
      const page = await mainPage(again);
      const view = await call(page, 'remoteSession', { ticketId });
      const report = await call(page, 'verifyAudit', {});
      const entries = (await call(page, 'auditPage', { kind: 'sessions', offset: 0 })).entries.map(
        ({ action }) => action,
      );
      expect({ point, ok: report.ok }).toEqual({ point, ok: true });
      // A record of a consent and the line that names it are there together or not at all.
      expect({ point, consents: entries.filter((action) => action === 'session-consented').length }).toEqual({
        point,
        consents: Math.min(report.records, 1),
      });
      if (view.session.phase === 'preparing')
        expect({ point, consent: view.session.preparation.consent, gate: view.gates.consent }).toEqual({
          point,
          consent: null,
          gate: 'no-consent',
        });
      else
        expect({
          point,
          phase: view.session.phase,
          live: (await call(page, 'liveSession', {})) !== null,
        }).toEqual({
          point,
          phase: view.session.phase,
          live: view.session.phase !== 'ended',
        });
      if (view.session.phase === 'preparing')
        await expect(call(page, 'launchTeamViewer', {})).rejects.toThrow(/remote\.gateShut/u);
      seen[view.session.phase] = (seen[view.session.phase] ?? 0) + 1;
      await again.app.close();
    }
  } finally {
    portal.stop();
  }
  expect(Object.values(seen).reduce((sum, count) => sum + count, 0)).toBe(points.length);
  console.log(`${points.length} kills: ${JSON.stringify(seen)}`);
  expect(seen).toMatchObject({
    preparing: expect.any(Number),
    live: expect.any(Number),
    ending: expect.any(Number),
    ended: expect.any(Number),
  });
});
