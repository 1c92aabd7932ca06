import { afterEach, expect, test, vi } from 'vitest';
import { ticketIdSchema, ticketNumberSchema } from '../../shared/domain/ids.ts';
import { productIdSchema } from '../../shared/domain/product.ts';
import { AppFault } from '../../shared/domain/app-error.ts';
import { type OpenedServices, openTestWorkshop, typed } from './workshop-fixture.ts';

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

const twoCars = 'La EDC17C46 della Golf si ferma al 38%. Sulla Passat la MED17.5 non si identifica.';

async function shop(): Promise<OpenedServices & { readonly toolId: Awaited<ReturnType<typeof tool>> }> {
  const opened = await openTestWorkshop();
  stops.push(() => opened.services.stop());
  await opened.call('saveProfile', {
    customerCode: 'ALI-1',
    company: 'Rossi',
    email: 'a@b.example',
    ticketLanguage: 'it',
  });
  return { ...opened, toolId: await tool(opened) };
}

async function tool({ call }: OpenedServices) {
  const productId = productIdSchema.parse('ktag-master');
  return (
    await call('saveTool', {
      id: null,
      tool: { productId, serial: 'KT1', installedVersion: '2.25', nickname: null },
    })
  ).id;
}

async function written({ call, toolId }: Awaited<ReturnType<typeof shop>>, problem: string) {
  const draft = await call('startDraft', { toolId, evidenceIds: [] });
  const content = {
    ...draft.content,
    language: 'en' as const,
    requestType: 'read-failure' as const,
    fields: { ...draft.content.fields, problem: typed(problem), softwareVersion: typed('2.24') },
  };
  const { revision } = await call('editDraft', { id: draft.id, baseRevision: draft.revision, content });
  return { id: draft.id, revision, content };
}

test('R-TICKET-5: second problem becomes a draft of its own about the same tool, and leaves the first one', async () => {
  const opened = await shop();
  const { id, revision, content } = await written(opened, twoCars);
  const second = await opened.call('splitDraft', { id, revision });
  const [first, apart] = [
    (await opened.call('draft', { id })).draft,
    (await opened.call('draft', { id: second.id })).draft,
  ];
  expect(first.content).toEqual({
    ...content,
    fields: { ...content.fields, problem: typed('La EDC17C46 della Golf si ferma al 38%.') },
  });
  expect(apart).toEqual(second);
  expect(apart.content).toMatchObject({
    toolId: opened.toolId,
    productId: 'ktag-master',
    language: 'en',
    requestType: null,
  });
  expect(apart.content.fields).toEqual({
    problem: typed('Sulla Passat la MED17.5 non si identifica.'),
    softwareVersion: typed('2.24'),
  });
  expect((await opened.call('draftAdvice', { id })).duplicates.split).toBeNull();
  // The text as it stood is one step back.
  const [kept] = await opened.call('draftVersions', { id });
  const restored = await opened.call('restoreDraftVersion', { id, revision: kept?.revision ?? -1 });
  expect(restored.content.fields.problem?.text).toBe(twoCars);
  expect(opened.events).toContainEqual({ kind: 'requestsChanged' });
});

test('R-TICKET-5: nothing is changed when the second half of a split cannot be kept, or the text is not the one read', async () => {
  const opened = await shop();
  const { id, revision } = await written(opened, twoCars);
  const before = (await opened.call('draft', { id })).draft;
  const { drafts } = opened.services.context;
  const edit = drafts.edit;
  vi.spyOn(drafts, 'edit').mockImplementation((of, ...rest) => {
    if (of === id) throw new AppFault('store.diskFull');
    return edit(of, ...rest);
  });
  await expect(opened.call('splitDraft', { id, revision })).rejects.toMatchObject({
    error: { code: 'store.diskFull' },
  });
  vi.restoreAllMocks();
  expect(drafts.all()).toEqual([before]);
  await expect(opened.call('splitDraft', { id, revision: revision - 1 })).rejects.toMatchObject({
    error: { code: 'draft.staleRevision' },
  });
  const plain = await written(opened, 'La lettura si ferma al 38%');
  await expect(opened.call('splitDraft', { id: plain.id, revision: plain.revision })).rejects.toMatchObject({
    error: { code: 'draft.staleRevision' },
  });
  expect(drafts.all()).toHaveLength(2);
});

test('R-TICKET-5: reply about another problem becomes a draft with its words, the product and the tool of that serial', async () => {
  const opened = await shop();
  const id = ticketIdSchema.parse('00000000-0000-4000-8000-000000000009');
  const at = '2026-11-24T09:00:00.000Z';
  const foreign = (productId: string, serial: string) => {
    opened.services.store.db.prepare('delete from tickets where id = ?').run(id);
    opened.services.context.tickets.insertForeign({
      id,
      realm: 'practice',
      number: ticketNumberSchema.parse('P-9'),
      state: 'open',
      text: { language: 'en', subject: 'Checksum', body: 'Checksum error EDC17CP44' },
      operator: null,
      updatedAt: at,
      productId,
      serial,
      receivedAt: at,
    });
  };
  foreign('ktag-master', 'kt1');
  const text = 'La EDC17CP44 ora va. La MED17.5 invece non si identifica';
  expect(await opened.call('replyAdvice', { ticketId: id, text })).toEqual({ strays: ['other-ecu'] });
  // Longer than a draft holds: nothing is made that could not be read back.
  const long = 'Sulla Passat la MED17.5 non si identifica. '.repeat(500);
  const drafts = (): Promise<number> =>
    opened.call('requests', { filter: 'drafts', text: '', offset: 0 }).then(({ total }) => total);
  const before = await drafts();
  await expect(
    opened.call('draftFromReply', { ticketId: id, text: long, evidenceIds: [] }),
  ).rejects.toMatchObject({
    error: { code: 'draft.textTooLong', params: { limitChars: 20_000 } },
  });
  expect(await drafts()).toBe(before);
  const draft = await opened.call('draftFromReply', { ticketId: id, text, evidenceIds: [] });
  expect((await opened.call('draft', { id: draft.id })).draft).toEqual(draft);
  expect(draft.content).toMatchObject({
    toolId: opened.toolId,
    productId: 'ktag-master',
    language: 'en',
    fields: { problem: typed(text), softwareVersion: { text: '2.25', source: { kind: 'profile' } } },
  });
  foreign('kessv2-master', 'KS9');
  expect(
    (await opened.call('draftFromReply', { ticketId: id, text, evidenceIds: [] })).content,
  ).toMatchObject({
    toolId: null,
    productId: 'kessv2-master',
  });
});
