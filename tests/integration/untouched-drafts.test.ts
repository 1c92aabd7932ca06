import { afterEach, expect, test } from 'vitest';
import type { DraftContent } from '../../shared/domain/draft.ts';
import { freshFolder, type OpenedServices, openTestWorkshop } from './workshop-fixture.ts';

const opened: OpenedServices[] = [];
afterEach(async () => {
  for (const { services } of opened.splice(0)) await services.stop();
});

async function workshop(dataFolder = freshFolder()): Promise<OpenedServices> {
  const one = await openTestWorkshop(dataFolder);
  opened.push(one);
  return one;
}

const withProblem = (content: DraftContent, text: string): DraftContent => ({
  ...content,
  fields: { ...content.fields, problem: { text, source: { kind: 'typed' } } },
});

const listed = async ({ call }: OpenedServices) =>
  (await call('requests', { filter: 'all', text: '', offset: 0 })).rows;
const drafted = async ({ call }: OpenedServices): Promise<number> =>
  (await call('auditPage', { kind: 'all', offset: 0 })).entries.filter(
    (entry) => entry.action === 'draft-started',
  ).length;

test('request opened three times and left untouched is in no list, no count and no log', async () => {
  const shop = await workshop();
  for (let times = 0; times < 3; times += 1) {
    const { id } = await shop.call('beginDraft', { toolId: null });
    expect((await shop.call('draft', { id })).draft.revision).toBe(0);
  }
  expect(await listed(shop)).toEqual([]);
  expect(await drafted(shop)).toBe(0);
  expect(shop.events).toEqual([]);
});

test('request is kept from its first letter on, once, and over a new start', async () => {
  const shop = await workshop();
  const draft = await shop.call('beginDraft', { toolId: null });
  const content = withProblem(draft.content, 'L');
  const saved = await shop.call('editDraft', { id: draft.id, baseRevision: 0, content });
  // The answer was lost and it comes again.
  expect(await shop.call('editDraft', { id: draft.id, baseRevision: 0, content })).toEqual(saved);
  expect((await listed(shop)).map((row) => [row.id, row.title])).toEqual([[draft.id, 'L']]);
  expect(await drafted(shop)).toBe(1);
  await shop.services.stop();
  expect((await listed(await workshop(shop.dataFolder))).map((row) => row.id)).toEqual([draft.id]);
});

test('reason given in a request that nobody wrote in keeps the request too', async () => {
  const shop = await workshop();
  const { id } = await shop.call('beginDraft', { toolId: null });
  await shop.call('waiveRule', {
    id,
    waiver: { ruleId: 'R-INFO-9', about: 'log', reason: 'lo strumento non lo scrive' },
  });
  expect((await listed(shop)).map((row) => row.id)).toEqual([id]);
});

test('removed draft comes back whole, with history and reasons, and cannot come back twice', async () => {
  const shop = await workshop();
  const { id, content } = await shop.call('startDraft', { toolId: null, evidenceIds: [] });
  const { revision } = await shop.call('editDraft', {
    id,
    baseRevision: 0,
    content: withProblem(content, 'La lettura si ferma'),
  });
  await shop.call('waiveRule', {
    id,
    waiver: { ruleId: 'R-INFO-9', about: 'log', reason: 'lo strumento non lo scrive' },
  });
  const before = {
    draft: await shop.call('draft', { id }),
    versions: await shop.call('draftVersions', { id }),
  };
  expect(before.versions).toHaveLength(1);
  await shop.call('removeDraft', { id });
  expect(await listed(shop)).toEqual([]);
  expect((await shop.call('bringDraftBack', { id })).revision).toBe(revision);
  expect({
    draft: await shop.call('draft', { id }),
    versions: await shop.call('draftVersions', { id }),
  }).toEqual(before);
  expect(shop.services.context.waivers.ofTicket(id)).toHaveLength(1);
  expect((await listed(shop)).map((row) => [row.id, row.title])).toEqual([[id, 'La lettura si ferma']]);
  expect((await shop.call('requests', { filter: 'all', text: 'ferma', offset: 0 })).total).toBe(1);
  await expect(shop.call('bringDraftBack', { id })).rejects.toThrow('notFound');
});
