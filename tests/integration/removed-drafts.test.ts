import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { fileRetention, type FileRetentionParts } from '../../electron/evidence/file-retention.ts';
import type { Evidence } from '../../shared/domain/evidence.ts';
import { goesForGoodMs } from '../../shared/rules/removed-days.ts';
import {
  freshFolder,
  noEvidence,
  type OpenedServices,
  openTestWorkshop,
  readyDraft,
} from './workshop-fixture.ts';

const opened: OpenedServices[] = [];
afterEach(async () => {
  for (const { services } of opened.splice(0)) await services.stop();
});

async function workshop(dataFolder = freshFolder()): Promise<OpenedServices> {
  const shop = await openTestWorkshop(dataFolder, { evidence: noEvidence });
  opened.push(shop);
  return shop;
}

async function file({ services }: OpenedServices, name: string): Promise<Evidence> {
  const path = join(freshFolder(), name);
  writeFileSync(path, `ERR ${name}`);
  const [frozen] = (await services.handlers.freezeDroppedFiles({ paths: [path] }))?.frozen ?? [];
  if (frozen === undefined) throw new Error(`${name} was not taken`);
  return frozen;
}

const hasBytes = ({ services }: OpenedServices, { sha256 }: Evidence): boolean =>
  existsSync(services.evidence.frozen.fileOf(sha256));
const dayMs = 24 * 3_600_000;
const afterDays = (days: number) => (): number => Date.now() + days * dayMs;

function retention(
  { services, faults }: OpenedServices,
  trustedNowMs: FileRetentionParts['trustedNowMs'],
): ReturnType<typeof fileRetention> {
  return fileRetention({
    ...services.context,
    evidence: services.context.evidenceRows,
    uses: services.context.fileUses,
    folder: services.evidence.frozen,
    whileNothingIsFrozen: services.evidence.whileNothingIsFrozen,
    chosen: () => services.context.profile.settings().keptFiles,
    trustedNowMs,
    log: (error) => void faults.push(error),
  });
}

const rows = ({ services }: OpenedServices) =>
  services.store.db.prepare('select id, title, product_id, rows, own from removed_drafts').all();

test('removed draft is restored with history, reasons, own words and files, over a new start of the program', async () => {
  const first = await workshop();
  const log = await file(first, 'ktag.log');
  const { id, revision } = await readyDraft(first, 'La lettura si ferma', [log.id]);
  await first.call('waiveRule', { id, waiver: { ruleId: 'R-EXCL-1', about: 'voltage', reason: 'misurata' } });
  const own = { plate: 'AB 123 CD', customer: 'Bianchi', note: 'richiamare' };
  await first.call('saveOwnWords', { id, words: own });
  const { draft } = await first.call('draft', { id });
  await first.call('editDraft', {
    id,
    baseRevision: revision,
    content: { ...draft.content, evidenceIds: [log.id] },
  });
  const before = [await first.call('draft', { id }), await first.call('draftVersions', { id })];
  await first.call('removeDraft', { id });
  const list = await first.call('requests', { filter: 'all', text: '', offset: 0 });
  expect([list.rows, list.total, list.removed, list.counts.all]).toEqual([[], 0, 1, 0]);
  expect((await first.call('requests', { filter: 'all', text: 'bianchi', offset: 0 })).total).toBe(0);
  await first.services.stop();
  opened.splice(0);

  const second = await workshop(first.dataFolder);
  const [removed, ...others] = await second.call('removedDrafts', {});
  expect(others).toEqual([]);
  expect(removed).toMatchObject({ id, title: 'La lettura si ferma' });
  expect(Date.parse(removed?.staysUntil ?? '') - Date.parse(removed?.removedAt ?? '')).toBe(30 * dayMs);
  // Its file is needed while it can be restored, and it says by what.
  expect(await second.call('copyUses', { evidenceId: log.id })).toEqual([
    { kind: 'removed-draft', ticketId: id, isNeeded: true, request: 'La lettura si ferma' },
  ]);
  await expect(second.call('removeCopy', { evidenceId: log.id })).rejects.toMatchObject({
    error: { code: 'evidence.inUse' },
  });
  await second.call('bringDraftBack', { id });
  expect([await second.call('draft', { id }), await second.call('draftVersions', { id })]).toEqual(before);
  expect((await second.call('draftAdvice', { id })).waivers).toHaveLength(1);
  expect(await second.call('removedDrafts', {})).toEqual([]);
  await expect(second.call('bringDraftBack', { id })).rejects.toMatchObject({ error: { code: 'notFound' } });
});

test('removed draft is forgotten after thirty days by a clock that is vouched for, not before and not by another', async () => {
  const shop = await workshop();
  const { id } = await readyDraft(shop, 'La lettura si ferma');
  await shop.call('removeDraft', { id });
  for (const nowMs of [() => null, afterDays(29), afterDays(-4_000)]) {
    await retention(shop, nowMs).run();
    expect(await shop.call('removedDrafts', {})).toHaveLength(1);
  }
  await retention(shop, afterDays(31)).run();
  expect(rows(shop)).toEqual([]);
  expect((await shop.call('auditPage', { kind: 'requests', offset: 0 })).entries[0]).toMatchObject({
    action: 'draft-forgotten',
    subject: id,
  });
  expect(shop.events.at(-1)).toEqual({ kind: 'requestsChanged' });
  expect(goesForGoodMs(0)).toBe(30 * dayMs);
});

test('R-PRIVACY-1: files of a forgotten draft go as those of a request closed the day it was removed, and none before', async () => {
  const shop = await workshop();
  await shop.call('saveSettings', { keptFiles: '6-months' });
  const [alone, shared] = [await file(shop, 'ktag.log'), await file(shop, 'kess.log')];
  const { id } = await readyDraft(shop, 'Tolta', [alone.id, shared.id]);
  await readyDraft(shop, 'Resta', [shared.id]);
  await shop.call('removeDraft', { id });
  // In the trash they stay whatever the days.
  expect(await retention(shop, afterDays(20)).run()).toBe(0);
  await shop.call('forgetDraft', { id });
  expect(await shop.call('removedDrafts', {})).toEqual([]);
  const [left] = rows(shop) as { title: string; rows: string; own: string }[];
  expect([left?.title, left?.own, JSON.parse(left?.rows ?? '').toSorted()]).toEqual([
    '',
    '[]',
    [alone.id, shared.id].toSorted(),
  ]);
  await expect(shop.call('forgetDraft', { id })).rejects.toMatchObject({ error: { code: 'notFound' } });
  await expect(shop.call('bringDraftBack', { id })).rejects.toMatchObject({ error: { code: 'notFound' } });
  expect(await retention(shop, afterDays(180)).run()).toBe(0);
  expect([hasBytes(shop, alone), hasBytes(shop, shared)]).toEqual([true, true]);
  expect(await retention(shop, afterDays(184)).run()).toBe(1);
  expect([hasBytes(shop, alone), hasBytes(shop, shared)]).toEqual([false, true]);
  expect(shop.faults).toEqual([]);
});

test('one removed draft that cannot be read hides no other, and its words stay where they are', async () => {
  const shop = await workshop();
  const [bad, good] = [await readyDraft(shop, 'Guasta'), await readyDraft(shop, 'Buona')];
  for (const { id } of [bad, good]) await shop.call('removeDraft', { id });
  shop.services.store.db.prepare("update removed_drafts set rows = 'x' || rows where id = ?").run(bad.id);
  await expect(shop.call('bringDraftBack', { id: bad.id })).rejects.toMatchObject({
    error: { code: 'store.unreadable' },
  });
  expect(rows(shop)).toHaveLength(2);
  await shop.call('bringDraftBack', { id: good.id });
  expect((await shop.call('removedDrafts', {})).map(({ id }) => id)).toEqual([bad.id]);
});
