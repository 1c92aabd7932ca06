import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { NewTicket, Portal, PortalOutcome, TicketReceipt } from '../../electron/portal/port.ts';
import { type OutboxEvent, type OutboxProgress, outboxStep } from '../../shared/flows/outbox-flow.ts';
import { type Fault, noFault, seededFaults, seededRandom } from '../portal/fault.ts';
import { done, newTicket, type PortalPair, portalPair, stopAll } from '../portal/portal-fixtures.ts';

let pair: PortalPair;
beforeAll(async () => {
  pair = await portalPair({}, { idleMs: 2_000, totalMs: 4_000 });
  done(await pair.portal.notices());
});
afterAll(stopAll);

const reference = 'f0a1f2b8-5a0e-4c1d-9b53-1f4d7f3f8a10';
const receipt = { number: 'P-000001', clientReference: reference, receivedAt: '2026-11-24T08:00:00.000Z' };
const poison = fc.constantFrom<unknown>(
  null,
  0,
  -1,
  '',
  ' ',
  [],
  {},
  true,
  'P-\u0000',
  '\uFEFFP-1',
  '../../etc',
  '<b>',
  'x'.repeat(41),
  { number: 'P-1' },
  ['P-1'],
);

/** Bodies near to the truth and far from it; none of them is a receipt for `reference`. */
const garbageBody = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.json().filter((text) => !text.includes(reference)),
  fc
    .tuple(fc.constantFrom('number', 'clientReference', 'receivedAt'), poison)
    .map(([field, value]) => JSON.stringify({ ...receipt, [field]: value })),
  fc
    .constantFrom('number', 'clientReference', 'receivedAt')
    .map((field) => JSON.stringify({ ...receipt, [field]: undefined })),
  fc
    .uuid({ version: 4 })
    .filter((other) => other !== reference)
    .map((other) => JSON.stringify({ ...receipt, clientReference: other })),
  fc
    .constantFrom('number', 'clientReference')
    .map((field) =>
      JSON.stringify({ receivedAt: receipt.receivedAt }).replace(
        '{',
        `{"__proto__":${JSON.stringify(receipt)},"constructor":{"${field}":"x"},`,
      ),
    ),
  fc.nat(JSON.stringify(receipt).length - 1).map((length) => JSON.stringify(receipt).slice(0, length)),
  fc.constant(JSON.stringify([receipt])),
  fc.constant(JSON.stringify(JSON.stringify(receipt))),
);
const garbage: fc.Arbitrary<Fault> = fc
  .record({
    status: fc.constantFrom(200, 201, 201, 202, 206, 299),
    type: fc.constantFrom(
      'application/json',
      'application/json; charset=utf-8',
      'text/html',
      'text/plain',
      '',
    ),
    body: garbageBody,
  })
  .map(({ status, type, body }) => ({
    kind: 'answer',
    commits: false,
    answer: { status, headers: type === '' ? {} : { 'content-type': type }, body },
  }));
const strangeStatus: fc.Arbitrary<Fault> = fc
  .record({
    status: fc.integer({ min: 300, max: 599 }).filter((status) => status !== 304),
    body: fc.oneof(garbageBody, fc.constant(JSON.stringify(receipt))),
  })
  .map(({ status, body }) => ({
    kind: 'answer',
    commits: false,
    answer: { status, headers: { 'content-type': 'application/json' }, body },
  }));

test('P6: creation and look-up are never a success when 2 000 garbage answers come', async () => {
  let answers = 0;
  await fc.assert(
    fc.asyncProperty(fc.oneof(garbage, garbage, strangeStatus), async (fault) => {
      let reached = 0;
      pair.server.setFault(({ path }) => {
        if (path.endsWith('/session')) return noFault;
        reached += 1;
        return fault;
      });
      const created = await pair.portal.createTicket(newTicket({ clientReference: reference }));
      const found = await pair.portal.findTicketByReference(reference);
      answers += reached;
      expect(created.kind).not.toBe('done');
      expect(found.kind).toBe('refused');
      expect(Reflect.get({}, 'number')).toBeUndefined();
    }),
    { numRuns: 1_000, seed: 20_261_124 },
  );
  expect(answers).toBeGreaterThanOrEqual(2_000);
  pair.server.setFault(noFault);
  expect(pair.server.journal()).toEqual([]);
});

const queued: OutboxProgress = { state: 'queued', attempts: 0, absentLookups: 0, lastError: null };

function afterSend(outcome: PortalOutcome<TicketReceipt>): OutboxEvent {
  if (outcome.kind === 'done') return { kind: 'accepted' };
  if (outcome.kind === 'unknown') return { kind: 'answerLost', error: outcome.error, remedy: 'look-up' };
  return { kind: 'refused', error: outcome.error, retry: outcome.retry, retryAfterMs: outcome.retryAfterMs };
}

function afterLookUp(outcome: PortalOutcome<TicketReceipt | null>): OutboxEvent {
  if (outcome.kind !== 'done') return { kind: 'lookUpFailed', error: outcome.error, retryAfterMs: null };
  return { kind: outcome.value === null ? 'absentOnPortal' : 'foundOnPortal' };
}

/** The outbox without its clock: every wait is over at once, crashes come between sending and storing the answer. */
async function carry(portal: Portal, ticket: NewTicket, random: () => number): Promise<OutboxProgress> {
  let progress = queued;
  for (let turn = 0; turn < 60 && progress.state !== 'accepted' && progress.state !== 'rejected'; turn += 1) {
    if (progress.state === 'queued') {
      progress = outboxStep(progress, { kind: 'sendStarted' }, random()).next;
      const outcome = await portal.createTicket(ticket);
      const crashed = random() < 0.2;
      progress = outboxStep(
        progress,
        crashed ? { kind: 'restarted', remedy: 'look-up' } : afterSend(outcome),
        random(),
      ).next;
    } else {
      progress = outboxStep(
        progress,
        afterLookUp(await portal.findTicketByReference(ticket.clientReference)),
        random(),
      ).next;
    }
  }
  return progress;
}

test.each([
  false,
  true,
])('P5, K3: one ticket stands on a portal that ignores keys over 500 seeded schedules of faults and crashes: %s', async (ignoresKeys) => {
  const { server, portal } = await portalPair({ ignoresKeys }, { idleMs: 2_000, totalMs: 4_000 });
  done(await portal.notices());
  const seeds = Array.from({ length: 500 }, (_, index) => index + 1);
  const references: string[] = [];
  let faults = 0;
  for (const seed of seeds) {
    const plan = seededFaults(seed, 0.6);
    server.setFault((request) => {
      const fault = plan(request);
      if (fault !== noFault) faults += 1;
      // A network that delivers twice to a portal that ignores keys makes two, whatever a client does.
      return ignoresKeys && fault.kind === 'duplicate' ? noFault : fault;
    });
    const ticket = newTicket({ clientReference: randomUUID() });
    references.push(ticket.clientReference);
    const end = await carry(portal, ticket, seededRandom(seed + 1_000_000));
    expect({ seed, state: end.state }).toEqual({ seed, state: 'accepted' });
  }
  const made = new Map<string, number>();
  for (const entry of server.journal())
    if (entry.kind === 'ticket') made.set(entry.clientReference, (made.get(entry.clientReference) ?? 0) + 1);
  const doubles = references.filter((name) => made.get(name) !== 1);
  expect(doubles).toEqual([]);
  expect(made.size).toBe(seeds.length);
  expect(faults).toBeGreaterThanOrEqual(300);
});
