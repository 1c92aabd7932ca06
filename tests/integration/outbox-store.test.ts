import { randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { draftRepository } from '../../electron/store/draft-repository.ts';
import type { Db } from '../../electron/store/open-store.ts';
import { type NewOutboxItem, outboxRepository } from '../../electron/store/outbox-repository.ts';
import { startStore } from '../../electron/store/start-store.ts';
import { ticketRepository } from '../../electron/store/ticket-repository.ts';
import { emptyDraftContent } from '../../shared/domain/draft.ts';
import {
  idempotencyKeySchema,
  outboxItemIdSchema,
  type TicketId,
  ticketIdSchema,
  ticketNumberSchema,
} from '../../shared/domain/ids.ts';

const at = '2026-11-24T18:05:00.000Z';
const number = ticketNumberSchema.parse('48213');
const frozen = {
  realm: 'practice' as const,
  text: { language: 'it' as const, subject: 'K-TAG', body: 'testo' },
  terms: { version: '1', sha256: '0'.repeat(64), acceptedAt: at, customerCode: 'A' },
  at,
};

async function withDraft(): Promise<{ db: Db; id: TicketId }> {
  const { db } = await startStore(mkdtempSync(join(tmpdir(), 'officina-outbox-')), at);
  const id = ticketIdSchema.parse(randomUUID());
  draftRepository(db).insert({
    id,
    createdAt: at,
    updatedAt: at,
    revision: 3,
    content: emptyDraftContent('it'),
  });
  return { db, id };
}

const creation = (ticketId: TicketId): NewOutboxItem => ({
  id: outboxItemIdSchema.parse(randomUUID()),
  ticketId,
  work: { kind: 'create-ticket' },
  idempotencyKey: idempotencyKeySchema.parse(randomUUID()),
  state: 'queued',
  attempts: 0,
  absentLookups: 0,
  nextTryAt: null,
  lastError: null,
  createdAt: at,
  updatedAt: at,
});

test('ticket is frozen only when the draft is still the one that was reviewed', async () => {
  const { db, id } = await withDraft();
  expect(ticketRepository(db).freeze(id, 2, frozen)).toBe(false);
  expect(draftRepository(db).find(id)?.revision).toBe(3);
  expect(ticketRepository(db).freeze(id, 3, frozen)).toBe(true);
  expect(ticketRepository(db).find(id)).toMatchObject({
    number: null,
    text: frozen.text,
    terms: frozen.terms,
  });
  expect(draftRepository(db).edit(id, 3, emptyDraftContent('en'), at)).toBe(false);
});

test('R-TICKET-1: number is taken once when the portal gave it, and never replaced', async () => {
  const { db, id } = await withDraft();
  const tickets = ticketRepository(db);
  tickets.freeze(id, 3, frozen);
  expect(tickets.setNumber(id, number, at, at)).toBe(true);
  expect(tickets.setNumber(id, number, at, at)).toBe(true);
  expect(tickets.setNumber(id, ticketNumberSchema.parse('99999'), at, at)).toBe(false);
  expect(tickets.findByNumber('practice', number)?.id).toBe(id);
  expect(tickets.findByNumber('contract', number)).toBeNull();
});

test('THREAT-13: outbox holds one creation a ticket and undoes the whole transaction when a second is tried', async () => {
  const { db, id } = await withDraft();
  const outbox = outboxRepository(db);
  const tickets = ticketRepository(db);
  expect(() =>
    db
      .transaction(() => {
        tickets.freeze(id, 3, frozen);
        outbox.add(creation(id));
        outbox.add(creation(id));
      })
      .immediate(),
  ).toThrow(/UNIQUE/u);
  expect(tickets.find(id)).toBeNull();
  expect(outbox.open()).toEqual([]);
});

test('outbox gives back what was stored, oldest first, and forgets what is settled when asked for open items', async () => {
  const { db, id } = await withDraft();
  const outbox = outboxRepository(db);
  const first = creation(id);
  outbox.add(first);
  outbox.add({ ...creation(id), work: { kind: 'close-ticket' } });
  const stored = outbox.find(first.id);
  expect(stored).toMatchObject(first);
  if (stored === null) return;
  outbox.keepResumeUrl(first.id, 'http://127.0.0.1/uploads/1');
  expect(outbox.resumeUrl(first.id)).toBe('http://127.0.0.1/uploads/1');
  outbox.update({ ...stored, state: 'accepted', attempts: 1 });
  expect(outbox.open().map((item) => item.work.kind)).toEqual(['close-ticket']);
});
