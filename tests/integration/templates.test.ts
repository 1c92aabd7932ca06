import { afterEach, expect, test } from 'vitest';
import { templatesMost } from '../../shared/domain/template-limits.ts';
import {
  freshFolder,
  frozenFile,
  type OpenedServices,
  openTestWorkshop,
  readyDraft,
  typed,
} from './workshop-fixture.ts';

const opened: OpenedServices[] = [];
afterEach(async () => {
  for (const { services } of opened.splice(0)) await services.stop();
});

async function workshop(folder = freshFolder()): Promise<OpenedServices> {
  const shop = await openTestWorkshop(folder);
  opened.push(shop);
  return shop;
}

/** A draft with everything a template takes and everything it leaves. */
async function written(shop: OpenedServices, vin = '1M8GDM9AXKP042788') {
  const { id } = await readyDraft(shop, 'La lettura si ferma');
  const { draft } = await shop.call('draft', { id });
  const file = await frozenFile(shop, 'ktag.log', 'errore');
  const content = {
    ...draft.content,
    requestType: 'read-failure' as const,
    language: 'en' as const,
    fields: {
      problem: typed('La lettura si ferma'),
      stage: typed('lettura al banco'),
      ecuFamily: { text: 'EDC17', source: { kind: 'file' as const, name: 'ktag.log' } },
      errorText: typed('back checksum'),
      ecuHw: typed('03L906018'),
      vehicleVin: typed(vin),
    },
    steps: [{ id: draft.id, kind: 'done' as const, text: 'Avviata la lettura', failedHere: true }],
    guides: [{ id: draft.id, title: 'Guida', finding: '' }],
    evidenceIds: [file.id],
  };
  await shop.call('editDraft', { id, baseRevision: draft.revision, content });
  await shop.call('saveOwnWords', { id, words: { plate: 'AB123CD', customer: 'Rossi', note: 'x' } });
  return { id, content };
}

test('template keeps what is true of the kind of work, and the request begun from it has nothing of the one before', async () => {
  const folder = freshFolder();
  const first = await workshop(folder);
  const { id, content } = await written(first);
  const saved = await first.call('saveTemplate', { from: id, name: '  EDC17 al banco ' });
  expect(saved).toMatchObject({ name: 'EDC17 al banco', productId: content.productId });
  // Neither the draft nor this run of the program is needed any more.
  await first.call('removeDraft', { id });
  await first.services.stop();
  opened.length = 0;
  const again = await workshop(folder);
  const made = await again.call('draftFromTemplate', { id: saved.id });
  expect(made.content).toMatchObject({
    productId: content.productId,
    requestType: 'read-failure',
    language: 'en',
    fields: {
      problem: typed('La lettura si ferma'),
      stage: typed('lettura al banco'),
      ecuFamily: typed('EDC17'),
    },
    steps: [{ kind: 'done', text: 'Avviata la lettura', failedHere: false }],
    guides: [],
    evidenceIds: [],
  });
  expect(Object.keys(made.content.fields)).toEqual(['stage', 'problem', 'ecuFamily']);
  expect(made.content.steps[0]?.id).not.toBe(id);
  const view = await again.call('draft', { id: made.id });
  expect([view.draft, view.own]).toEqual([made, { plate: '', customer: '', note: '' }]);
  expect(await again.call('outbox', {})).toEqual([]);
});

test('template is renamed and deleted, and a name that is taken, no name, or one too many changes nothing', async () => {
  const shop = await workshop();
  const { id } = await written(shop);
  const one = await shop.call('saveTemplate', { from: id, name: 'Uno' });
  const two = await shop.call('saveTemplate', { from: id, name: 'Due' });
  const taken = { error: { code: 'template.nameTaken' } };
  await expect(shop.call('saveTemplate', { from: id, name: 'UNO' })).rejects.toMatchObject(taken);
  await expect(shop.call('renameTemplate', { id: two.id, name: 'uno' })).rejects.toMatchObject(taken);
  await expect(shop.call('renameTemplate', { id: two.id, name: ' \u200b ' })).rejects.toThrow();
  expect((await shop.call('templates', {})).map(({ name }) => name)).toEqual(['Due', 'Uno']);
  await shop.call('renameTemplate', { id: one.id, name: 'UNO' });
  await shop.call('removeTemplate', { id: two.id });
  expect((await shop.call('templates', {})).map(({ name }) => name)).toEqual(['UNO']);
  for (const call of [
    shop.call('removeTemplate', { id: two.id }),
    shop.call('renameTemplate', { id: two.id, name: 'Tre' }),
    shop.call('draftFromTemplate', { id: two.id }),
  ])
    await expect(call).rejects.toMatchObject({ error: { code: 'notFound' } });
  for (let more = 1; more < templatesMost; more += 1)
    await shop.call('saveTemplate', { from: id, name: `Modello ${more}` });
  await expect(shop.call('saveTemplate', { from: id, name: 'Di troppo' })).rejects.toMatchObject({
    error: { code: 'template.tooMany' },
  });
  expect(await shop.call('templates', {})).toHaveLength(templatesMost);
});

test('R-PRIVACY-1: template that tells the customer or the car whose data is deleted goes with it, another one stays', async () => {
  const shop = await workshop();
  const { id } = await written(shop);
  for (const name of ['Furgone di Rossi', 'EDC17 al banco'])
    await shop.call('saveTemplate', { from: id, name });
  await shop.call('deleteData', { words: 'rossi', ids: [id], fromBackups: false });
  expect((await shop.call('templates', {})).map(({ name }) => name)).toEqual(['EDC17 al banco']);
});

test('request begun from a template whose tool was taken out since has none, and keeps its product', async () => {
  const shop = await workshop();
  const { id } = await written(shop);
  const card = { productId: 'ktag-master', serial: 'KT1', installedVersion: '2.70', nickname: null };
  const tool = await shop.call('saveTool', { id: null, tool: card });
  const { draft } = await shop.call('draft', { id });
  const content = { ...draft.content, toolId: tool.id, productId: tool.productId };
  await shop.call('editDraft', { id, baseRevision: draft.revision, content });
  const { id: template } = await shop.call('saveTemplate', { from: id, name: 'Uno' });
  const kept = await shop.call('draftFromTemplate', { id: template });
  expect(kept.content.toolId).toBe(tool.id);
  for (const draft of [id, kept.id]) await shop.call('removeDraft', { id: draft });
  await shop.call('removeTool', { id: tool.id });
  const made = await shop.call('draftFromTemplate', { id: template });
  expect([made.content.toolId, made.content.productId]).toEqual([null, 'ktag-master']);
});
