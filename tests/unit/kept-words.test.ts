import { expect, test } from 'vitest';
import {
  draftContentSchema,
  emptyDraftContent,
  type FieldKey,
  keptField,
  typedField,
} from '../../shared/domain/draft.ts';
import { messageSchema, ticketTextSchema } from '../../shared/domain/ticket.ts';
import { ownWordsSchema } from '../../shared/domain/own-words.ts';
import { changesPageSchema, heardChanges } from '../../shared/portal/heard-changes.ts';
import { channels } from '../../shared/ipc/contract.ts';

const typed = (text: string) => ({ text, source: { kind: 'typed' as const } });
const identifiers: readonly FieldKey[] = [
  'vehicleVin',
  'ecuHw',
  'ecuSw',
  'driverNumber',
  'softwareVersion',
  'firmwareVersion',
  'lossReportNumber',
];
const id = '0b6f0c1e-6f4e-4c39-9a53-2f0a3f6a3c12';

test('R-INFO-1: an identifier of a draft is kept as it leaves, also out of an old row and over the bridge', () => {
  expect(identifiers).toHaveLength(7);
  for (const key of identifiers) {
    const content = { ...emptyDraftContent('it'), fields: { [key]: typed('SW\u202e99\u200b70.') } };
    expect(draftContentSchema.parse(content).fields[key]?.text, key).toBe('SW9970');
    expect(channels.editDraft.input.parse({ id, baseRevision: 0, content }).content.fields[key]?.text).toBe(
      'SW9970',
    );
    expect([typedField(key, 'SW\u202e99 '), keptField(key, 'SW\u202e99 ,')]).toEqual(['SW99 ', 'SW99']);
  }
});

test('free words of a draft are kept without marks that turn them round, lines and gaps as they are', () => {
  const content = {
    ...emptyDraftContent('it'),
    fields: { problem: typed('si \u202eferma\u202c\n  al 38 % \u200b') },
    steps: [{ id, kind: 'done' as const, text: '\u2067avviata\u2069', failedHere: false }],
    guides: [{ id, title: '\u202bGuida', finding: 'letta\ufeff ' }],
  };
  const kept = draftContentSchema.parse(content);
  expect(kept.fields.problem?.text).toBe('si ferma\n  al 38 % ');
  expect([kept.steps[0]?.text, kept.guides[0]]).toEqual([
    'avviata',
    { id, title: 'Guida', finding: 'letta ' },
  ]);
});

test('replies and own words hold no such mark, and what was frozen before is said again as it was', () => {
  const words = 'a\u202ebc\u200b\nd';
  expect(channels.saveReply.input.parse({ ticketId: id, text: words, evidenceIds: [] }).text).toBe('abc\nd');
  const frozen = { language: 'it', subject: words, body: words };
  expect(ticketTextSchema.parse(frozen)).toEqual(frozen);
  expect(messageSchema.shape.text.parse(words)).toBe(words);
  expect(ownWordsSchema.parse({ plate: words, customer: words, note: words })).toEqual({
    plate: 'abc\nd',
    customer: 'abc\nd',
    note: 'abc\nd',
  });
});

test('news of a portal are shown without such marks, and a name of a file keeps them to be named', () => {
  const at = '2026-11-24T18:00:00.000Z';
  const author = { kind: 'operator', name: 'Lau\u202era' };
  const attachments = [{ name: 'gpj.\u202eexe', sizeBytes: 1, sha256: null }];
  const page = changesPageSchema.parse({
    tickets: [],
    messages: [
      { id: 'm', number: 'H-1', clientReference: null, author, text: 'si \u2067ferma', attachments, at },
    ],
    cursor: 'c',
    hasMore: false,
  });
  const hearing = heardChanges(page);
  let step = hearing.next();
  while (step.done !== true) step = hearing.next();
  const [message] = step.value.messages;
  expect([message?.text, message?.author, message?.attachments[0]?.name]).toEqual([
    'si ferma',
    { kind: 'operator', name: 'Laura' },
    'gpj.\u202eexe',
  ]);
});
