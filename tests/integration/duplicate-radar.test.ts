import { expect, test } from 'vitest';
import { duplicateRadar } from '../../electron/requests/duplicate-radar.ts';
import { fullTextQuery, problemIndex } from '../../electron/store/problem-index.ts';
import { type DraftContent, emptyDraftContent } from '../../shared/domain/draft.ts';
import { ticketIdSchema, ticketNumberSchema } from '../../shared/domain/ids.ts';
import { productIdSchema } from '../../shared/domain/product.ts';
import { migrations } from '../../electron/store/migrate.ts';
import { openDatabase } from '../../electron/store/native-binding.ts';
import { type OpenedServices, openTestWorkshop, typed } from './workshop-fixture.ts';

const at = '2026-11-24T18:05:00.000Z';
const ids = Array.from({ length: 9 }, (_, index) =>
  ticketIdSchema.parse(`00000000-0000-4000-8000-00000000000${index}`),
);
const [first, second] = [ids[0] ?? ticketIdSchema.parse(''), ids[1] ?? ticketIdSchema.parse('')];

const content = (problem: string): DraftContent => ({
  ...emptyDraftContent('it'),
  productId: productIdSchema.parse('ktag-master'),
  requestType: 'read-failure',
  fields: { problem: typed(problem) },
});
const foreign = (
  opened: OpenedServices,
  id: typeof first,
  body: string,
  state: 'open' | 'closed' = 'open',
  serial = 'KT1',
): void =>
  opened.services.context.tickets.insertForeign({
    id,
    realm: 'practice',
    number: ticketNumberSchema.parse(`P-${id.at(-1)}`),
    state,
    text: { language: 'it', subject: 'K-TAG Master', body },
    operator: null,
    updatedAt: at,
    productId: 'ktag-master',
    serial,
    receivedAt: at,
  });

async function shop(): Promise<OpenedServices & { readonly radar: ReturnType<typeof duplicateRadar> }> {
  const opened = await openTestWorkshop();
  return { ...opened, radar: duplicateRadar(opened.services.context.problems) };
}

test('R-TICKET-4: ticket opened on the web form is found as the likely duplicate, with its reasons, whatever words were chosen', async () => {
  const opened = await shop();
  foreign(opened, first, 'Reading the EDC17CP44 stops at 38% with a checksum error');
  foreign(opened, second, 'Wake up error su MED17.5');
  const found = opened.radar(
    { id: ids[2] ?? first, content: content('La lettura della EDC17CP44 si blocca, errore checksum') },
    'KT1',
    'practice',
  );
  expect(found).toMatchObject({
    advice: 'reply',
    found: [
      { ticketId: first, number: 'P-0', stage: 'ticket', reasons: expect.arrayContaining(['same-ecu']) },
    ],
    split: null,
  });
});

test('R-TICKET-4: closed duplicate is shown and asks for no reply; another serial or portal is not looked at', async () => {
  const opened = await shop();
  foreign(opened, first, 'Checksum error leggendo EDC17CP44', 'closed');
  foreign(opened, second, 'Checksum error leggendo EDC17CP44', 'open', 'KT2');
  const draft = { id: ids[2] ?? first, content: content('Leggendo EDC17CP44 esce checksum error') };
  expect(opened.radar(draft, 'KT1', 'practice')).toMatchObject({
    advice: 'new',
    found: [{ ticketId: first, state: 'closed' }],
  });
  expect(opened.radar(draft, 'KT1', 'contract').found).toEqual([]);
});

test('R-TICKET-4: draft edited later is found by its new words and not after it was removed', async () => {
  const opened = await shop();
  const one = await opened.call('startDraft', { toolId: null, evidenceIds: [] });
  await opened.call('editDraft', {
    id: one.id,
    baseRevision: one.revision,
    content: content('Checksum error leggendo EDC17CP44'),
  });
  const other = await opened.call('startDraft', { toolId: null, evidenceIds: [] });
  const edited = await opened.call('editDraft', {
    id: other.id,
    baseRevision: other.revision,
    content: content('Leggo EDC17CP44: errore di checksum'),
  });
  expect((await opened.call('draftAdvice', { id: other.id })).duplicates).toMatchObject({
    advice: 'reply',
    found: [{ ticketId: one.id, stage: 'draft', number: null }],
  });
  await opened.call('removeDraft', { id: one.id });
  expect((await opened.call('draftAdvice', { id: other.id })).duplicates.found).toEqual([]);
  expect(edited.revision).toBeGreaterThan(0);
  const count = (table: string): unknown =>
    opened.services.store.db.prepare(`select count(*) from ${table}`).pluck().get();
  expect([count('request_rows'), count('request_words')]).toEqual([1, 1]);
});

test('R-TICKET-4: words a person writes are never read as a query, and rows edited by hand hide no others', async () => {
  const opened = await shop();
  foreign(opened, first, 'Checksum error leggendo EDC17CP44');
  foreign(opened, second, 'Checksum error leggendo EDC17CP44');
  opened.services.store.db.prepare("update tickets set text = 'not json' where id = ?").run(second);
  expect(fullTextQuery('ktag-master KT1', ['NEAR(', '"', '*', 'a OR b'])).toBe(
    'scope : "ktag master kt1" AND words : ("near" OR "a" OR "or" OR "b")',
  );
  const found = opened.radar(
    { id: ids[2] ?? first, content: content('checksum" OR * AND (EDC17CP44) NEAR/3 -words:{ leggendo') },
    'KT1',
    'practice',
  );
  expect(found.found.map((duplicate) => duplicate.ticketId)).toEqual([first]);
});

test('R-TICKET-4: index is built for what an older version stored when it is opened', async () => {
  const db = openDatabase(':memory:');
  for (const step of migrations.slice(0, 2)) db.exec(step);
  db.prepare(
    "insert into tickets (id, stage, realm, number, state, revision, text, created_at, frozen_at, updated_at, product_id, serial, search) values (?, 'frozen', 'practice', 'P-1', 'open', 0, ?, ?, ?, ?, 'ktag-master', 'KT1', 'checksum edc17cp44')",
  ).run(
    first,
    JSON.stringify({ language: 'it', subject: 'K-TAG', body: 'Checksum error leggendo EDC17CP44' }),
    at,
    at,
    at,
  );
  db.exec(migrations[2] ?? '');
  expect(
    problemIndex(db)
      .likely({ productId: 'ktag-master', serial: 'kt1', realm: 'practice', except: second }, ['checksum'], 5)
      .map((item) => item.id),
  ).toEqual([first]);
  db.close();
});

test('R-TICKET-4: newest requests are looked at too, so that a duplicate in the other language is found in a full list', async () => {
  const opened = await shop();
  const idOf = (index: number): typeof first =>
    ticketIdSchema.parse(`00000000-0000-4000-8000-0000000001${String(index).padStart(2, '0')}`);
  const put = (index: number, minute: number, body: string): void =>
    opened.services.context.tickets.insertForeign({
      id: idOf(index),
      realm: 'practice',
      number: ticketNumberSchema.parse(`P-1${index}`),
      state: 'open',
      text: { language: 'it', subject: 'K-TAG Master', body },
      operator: null,
      updatedAt: `2026-11-24T18:${String(minute).padStart(2, '0')}:00.000Z`,
      productId: 'ktag-master',
      serial: 'KT1',
      receivedAt: at,
    });
  for (let index = 0; index < 40; index += 1)
    put(index, index, `Il driver della scheda ${index} non parte e il cavo risulta staccato`);
  put(41, 38, 'The renewal shows as expired');
  const { found } = opened.radar(
    { id: ids[2] ?? first, content: content('Non parte: il rinnovo risulta scaduto') },
    'KT1',
    'practice',
  );
  expect(found.map((duplicate) => duplicate.ticketId)).toContain(idOf(41));
});
