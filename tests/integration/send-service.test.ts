import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { systemClock } from '../../electron/platform/clock.ts';
import { draftService } from '../../electron/requests/draft-service.ts';
import { sendService } from '../../electron/requests/send-service.ts';
import { auditRepository } from '../../electron/store/audit-repository.ts';
import { consentRepository } from '../../electron/store/consent-repository.ts';
import { draftRepository } from '../../electron/store/draft-repository.ts';
import { holdRepository } from '../../electron/store/hold-repository.ts';
import { outboxRepository } from '../../electron/store/outbox-repository.ts';
import { ownWordsRepository } from '../../electron/store/own-words-repository.ts';
import { profileRepository } from '../../electron/store/profile-repository.ts';
import { startStore } from '../../electron/store/start-store.ts';
import { removedDrafts } from '../../electron/store/removed-drafts.ts';
import { ticketRepository } from '../../electron/store/ticket-repository.ts';
import { toolRepository } from '../../electron/store/tool-repository.ts';
import { fileLimits } from '../../shared/rules/file-limits.ts';
import { ticketBodyMaxChars } from '../../shared/domain/ticket.ts';
import { productSchema } from '../../shared/domain/product.ts';
import type { Realm } from '../../shared/domain/portal-kind.ts';
import type { AppError } from '../../shared/domain/app-error.ts';

const product = productSchema.parse({
  id: 'banca-dati',
  name: 'Banca Dati',
  supported: true,
  hasSerial: false,
  hasToolLog: false,
  modes: [],
  driverNumber: 'none',
  nameHints: [],
  phrases: [],
  guides: [],
});
const typed = (text: string) => ({ text, source: { kind: 'typed' as const } });

async function desk(realm: Realm = 'practice') {
  const { db } = await startStore(mkdtempSync(join(tmpdir(), 'officina-send-')), systemClock.instant());
  const terms = { version: '1', sha256: 'a'.repeat(64) };
  const transact = <T>(work: () => T): T => db.transaction(work).immediate();
  const parts = {
    drafts: draftRepository(db),
    tickets: ticketRepository(db),
    tools: toolRepository(db),
    ownWords: ownWordsRepository(db),
    profile: profileRepository(db),
    removed: removedDrafts(db),
    audit: auditRepository(db),
    clock: systemClock,
    publish: () => undefined,
    transact,
  };
  const outbox = outboxRepository(db);
  parts.profile.saveProfile({
    customerCode: 'ALI-1',
    company: 'Rossi',
    email: 'a@b.example',
    ticketLanguage: 'it',
  });
  const drafting = draftService(parts);
  const sending = sendService({
    ...parts,
    outbox,
    holds: holdRepository(db),
    portalNowMs: () => Date.parse(systemClock.instant()),
    consents: consentRepository(db),
    products: [product],
    evidence: () => [],
    terms: () => terms,
    standing: () => [],
    realm: () => realm,
    limits: () => fileLimits(null),
    onMayGo: () => undefined,
  });
  const draft = drafting.start(null);
  const whole = {
    ...draft.content,
    productId: product.id,
    requestType: 'question' as const,
    fields: { problem: typed('Non trovo il driver quando apro la banca dati') },
    guides: [{ id: draft.id, title: 'Guida', finding: '' }],
  };
  return { drafting, sending, outbox, tickets: parts.tickets, terms, draft, whole, audit: parts.audit };
}

function codeOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    return (error as { error: AppError }).error.code;
  }
  return 'none';
}

test('R-ACCEPT-1: request is queued without terms when it goes to the server of a dealer', async () => {
  const { drafting, sending, outbox, tickets, draft, whole } = await desk('redmine');
  drafting.edit(draft.id, 0, whole);
  expect(sending.asksTerms()).toBe(false);
  sending.send(draft.id, 1);
  const [item] = outbox.open();
  expect([item?.state, tickets.find(draft.id)?.terms]).toEqual(['queued', null]);
});

test('R-ACCEPT-1: nothing is queued when the terms in force are not accepted', async () => {
  const { drafting, sending, outbox, draft, whole, terms } = await desk();
  drafting.edit(draft.id, 0, whole);
  expect(codeOf(() => sending.send(draft.id, 1))).toBe('terms.notAccepted');
  sending.acceptTerms(terms);
  terms.version = '2';
  expect(codeOf(() => sending.send(draft.id, 1))).toBe('terms.notAccepted');
  expect(outbox.open()).toEqual([]);
});

test('R-INFO nothing is queued when a demanded fact is missing', async () => {
  const { drafting, sending, outbox, draft, whole, terms } = await desk();
  sending.acceptTerms(terms);
  drafting.edit(draft.id, 0, { ...whole, guides: [] });
  expect(codeOf(() => sending.send(draft.id, 1))).toBe('draft.incomplete');
  expect(outbox.open()).toEqual([]);
});

test('send refuses a text that no portal takes and no store reads back, and the draft stays one', async () => {
  const { drafting, sending, outbox, tickets, draft, whole, terms } = await desk();
  sending.acceptTerms(terms);
  const guides = (finding: string) =>
    Array.from({ length: 30 }, () => ({ id: draft.id, title: `Guida ${'e ancora '.repeat(20)}`, finding }));
  const fields = {
    ...whole.fields,
    problem: typed(`${whole.fields.problem.text}. ${'Misuro 13,4 V alla batteria. '.repeat(680)}`),
  };
  const errorText = typed('ERR back checksum. '.repeat(420));
  drafting.edit(draft.id, 0, {
    ...whole,
    fields: { ...fields, errorText },
    guides: guides('Ho seguito la guida fino in fondo. '.repeat(28)),
  });
  expect(sending.review(draft.id).text.body.length).toBeGreaterThan(ticketBodyMaxChars);
  expect(codeOf(() => sending.send(draft.id, 1))).toBe('draft.textTooLong');
  expect([outbox.open(), tickets.find(draft.id)]).toEqual([[], null]);
  drafting.edit(draft.id, 1, { ...whole, fields, guides: guides('Ho seguito la guida. ') });
  sending.send(draft.id, 2);
  expect(tickets.find(draft.id)?.text.body.length).toBeLessThanOrEqual(ticketBodyMaxChars);
  expect(outbox.open()).toHaveLength(1);
});

test('send freezes what was reviewed and queues it once when everything is there', async () => {
  const { drafting, sending, outbox, tickets, draft, whole, terms, audit } = await desk();
  sending.acceptTerms(terms);
  drafting.edit(draft.id, 0, whole);
  const { text } = sending.review(draft.id);
  sending.send(draft.id, 1);
  expect(tickets.find(draft.id)).toMatchObject({
    number: null,
    text,
    terms: { version: '1', customerCode: 'ALI-1' },
  });
  expect(outbox.open().map((item) => [item.work.kind, item.state])).toEqual([['create-ticket', 'queued']]);
  expect(codeOf(() => sending.send(draft.id, 1))).toBe('draft.frozen');
  expect(codeOf(() => drafting.edit(draft.id, 1, whole))).toBe('draft.frozen');
  expect(audit.entries(0, 10).map((entry) => entry.action)).toEqual([
    'draft-started',
    'terms-accepted',
    'ticket-queued',
  ]);
});

test('send changes nothing when the draft was edited after the review', async () => {
  const { drafting, sending, outbox, draft, whole, terms } = await desk();
  sending.acceptTerms(terms);
  drafting.edit(draft.id, 0, whole);
  drafting.edit(draft.id, 1, {
    ...whole,
    fields: { problem: typed("Errore: non si apre più dopo l'aggiornamento") },
  });
  expect(codeOf(() => sending.send(draft.id, 1))).toBe('draft.staleRevision');
  expect(outbox.open()).toEqual([]);
});
