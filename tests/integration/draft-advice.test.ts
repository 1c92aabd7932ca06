import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { productIdSchema } from '../../shared/domain/product.ts';
import { startFaultyPortal } from '../portal/faulty-portal.ts';
import { freshFolder, openTestWorkshop, readyDraft, typed, until } from './workshop-fixture.ts';

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

test('R-VERSION-1: old version is told before sending, against the newest the portal named, and blocks nothing', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'officina-portal-'));
  const server = await startFaultyPortal({ dataFolder: join(folder, 'portal'), journalFile: join(folder, 'journal.jsonl') });
  stops.push(() => server.stop());
  const opened = await openTestWorkshop(freshFolder(), { startPractice: async () => ({ url: server.url, token: server.token, stop: async () => undefined }), timing: { gapMs: 30, syncMs: 50 }, onBattery: () => true });
  stops.push(() => opened.workshop.stop());
  await opened.workshop.start();
  const { id, revision } = await readyDraft(opened, 'Si ferma per batteria scarica');
  await until(() => opened.workshop.rooms.portals.latestVersions('practice'));
  const { draft } = await opened.call('draft', { id });
  const content = { ...draft.content, productId: productIdSchema.parse('ecm-titanium'), requestType: 'read-failure' as const, fields: { ...draft.content.fields, softwareVersion: typed('1.8') } };
  await opened.call('editDraft', { id, baseRevision: revision, content });
  const advice = await opened.call('draftAdvice', { id });
  expect(advice.version).toMatchObject({ status: 'outdated', installed: { text: '1.8', origin: { kind: 'typed' } }, latest: { text: '1.73', origin: { kind: 'portal' } } });
  expect(advice.causes[0]).toMatchObject({ id: 'power-supply', checks: ['power'], words: ['batteria scarica'] });
  expect(advice.pcChecks.find((check) => check.id === 'power')?.status).toBe('warn');
});
