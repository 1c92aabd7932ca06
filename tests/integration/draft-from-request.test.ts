import { afterEach, expect, test } from 'vitest';
import { ticketIdSchema, ticketNumberSchema } from '../../shared/domain/ids.ts';
import { productIdSchema } from '../../shared/domain/product.ts';
import { type OpenedServices, openTestWorkshop, readyDraft, typed } from './workshop-fixture.ts';

const opened: OpenedServices[] = [];
afterEach(async () => {
  for (const { services } of opened.splice(0)) await services.stop();
});

async function workshop(): Promise<OpenedServices> {
  const shop = await openTestWorkshop();
  opened.push(shop);
  return shop;
}

const rows = (shop: OpenedServices, table: string): number =>
  Number(shop.services.store.db.prepare(`select count(*) from ${table}`).pluck().get());

async function carWritten(shop: OpenedServices) {
  const { id } = await readyDraft(shop, 'La lettura si ferma al 38 %');
  const tool = await shop.call('saveTool', {
    id: null,
    tool: {
      productId: productIdSchema.parse('ktag-master'),
      serial: 'KT1',
      installedVersion: '2.70',
      nickname: null,
    },
  });
  const { draft } = await shop.call('draft', { id });
  const content = {
    ...draft.content,
    toolId: tool.id,
    productId: tool.productId,
    requestType: 'read-failure' as const,
    language: 'en' as const,
    fields: {
      problem: typed('La lettura si ferma al 38 %'),
      errorText: typed('back checksum'),
      stage: typed('lettura al banco'),
      voltage: typed('12,4'),
      noLogReason: typed('nessun LOG'),
      vehicleMake: typed('Volkswagen'),
      vehicleVin: typed('1M8GDM9AXKP042788'),
      ecuHw: { text: '03L906018', source: { kind: 'file' as const, name: 'ktag.log' } },
      mode: typed('boot'),
      driverNumber: typed('591'),
      softwareVersion: typed('2.25'),
      firmwareVersion: typed('1.4'),
    },
    steps: [{ id: draft.id, kind: 'done' as const, text: 'Avviata la lettura', failedHere: true }],
  };
  const { revision } = await shop.call('editDraft', { id, baseRevision: draft.revision, content });
  return { id, revision, content, toolId: tool.id };
}

const taken = {
  vehicleMake: typed('Volkswagen'),
  vehicleVin: typed('1M8GDM9AXKP042788'),
  ecuHw: { text: '03L906018', source: { kind: 'file', name: 'ktag.log' } },
  mode: typed('boot'),
  driverNumber: typed('591'),
  firmwareVersion: typed('1.4'),
  // What the tool is known to have today, not what it had then.
  softwareVersion: { text: '2.70', source: { kind: 'profile' } },
};

test('draft begun from another takes tool, car and protocol over, and nothing of what came of that one', async () => {
  const shop = await workshop();
  const { id, content, toolId } = await carWritten(shop);
  const before = (await shop.call('draft', { id })).draft;
  const queued = rows(shop, 'outbox');
  const made = await shop.call('draftFromRequest', { id });
  const view = await shop.call('draft', { id: made.id });
  expect(view.draft).toEqual(made);
  expect(made.content).toEqual({
    toolId,
    productId: content.productId,
    requestType: 'read-failure',
    language: 'en',
    fields: taken,
    steps: [],
    guides: [],
    evidenceIds: [],
  });
  expect(view.origin).toEqual({ id, stage: 'draft', name: 'La lettura si ferma al 38 %' });
  expect((await shop.call('draft', { id })).draft).toEqual(before);
  expect(rows(shop, 'outbox')).toBe(queued);
});

test('draft begun from a request that was sent or closed has no number, terms or file of it, and names it by its number', async () => {
  const shop = await workshop();
  const { id, revision, toolId } = await carWritten(shop);
  shop.services.store.db
    .prepare("update tickets set content = json_set(content, '$.guides', json(?)) where id = ?")
    .run(JSON.stringify([{ id, title: 'Guida', finding: '' }]), id);
  const { context } = shop.services;
  const at = '2026-11-24T17:00:00.000Z';
  expect(
    context.tickets.freeze(id, revision, {
      realm: 'practice',
      text: { language: 'en', subject: 'K-TAG', body: 'La lettura si ferma' },
      terms: { version: '1', sha256: 'ab'.repeat(32), acceptedAt: at, customerCode: 'ALI-1' } as never,
      at,
    }),
  ).toBe(true);
  context.tickets.setNumber(id, ticketNumberSchema.parse('P-000009'), at, at);
  context.tickets.setState(id, 'closed', null, at);
  const ticket = await shop.call('ticket', { id });
  expect(ticket.origin).toBeNull();
  const made = await shop.call('draftFromRequest', { id });
  expect(made.content).toMatchObject({ toolId, fields: taken, steps: [], guides: [], evidenceIds: [] });
  const view = await shop.call('draft', { id: made.id });
  expect(view.origin).toEqual({ id, stage: 'ticket', name: 'P-000009' });
  expect(
    shop.services.store.db
      .prepare('select number, terms, text, stage from tickets where id = ?')
      .get(made.id),
  ).toEqual({ number: null, terms: null, text: null, stage: 'draft' });
  expect(await shop.call('ticket', { id })).toEqual(ticket);
});

test('draft begun from a ticket of the web form has its product and the tool of that serial; of no request there is none', async () => {
  const shop = await workshop();
  const { toolId } = await carWritten(shop);
  const id = ticketIdSchema.parse('00000000-0000-4000-8000-000000000009');
  const at = '2026-11-24T09:00:00.000Z';
  shop.services.context.tickets.insertForeign({
    id,
    realm: 'practice',
    number: ticketNumberSchema.parse('P-9'),
    state: 'closed',
    text: { language: 'en', subject: 'Checksum', body: 'Checksum error' },
    operator: null,
    updatedAt: at,
    productId: 'ktag-master',
    serial: 'kt1',
    receivedAt: at,
  });
  const made = await shop.call('draftFromRequest', { id });
  expect(made.content).toMatchObject({ toolId, productId: 'ktag-master', language: 'en', requestType: null });
  const drafts = shop.services.context.drafts.all().length;
  const nobody = ticketIdSchema.parse('00000000-0000-4000-8000-0000000000ff');
  await expect(shop.call('draftFromRequest', { id: nobody })).rejects.toMatchObject({
    error: { code: 'notFound' },
  });
  expect(shop.services.context.drafts.all()).toHaveLength(drafts);
  // The one it came from may go without it: the draft stays and names nobody.
  shop.services.store.db.prepare('delete from tickets where id = ?').run(id);
  expect((await shop.call('draft', { id: made.id })).origin).toBeNull();
});
