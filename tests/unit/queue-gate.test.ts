import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { appError } from '../../shared/domain/app-error.ts';
import { outboxStates } from '../../shared/domain/outbox-item.ts';
import { waitReasonSchema } from '../../shared/domain/wait-reason.ts';
import {
  type Closing,
  deliveryOf,
  gateOfItem,
  type JudgedItem,
  openGate,
  type QueueFacts,
  queueGate,
  waitRule,
} from '../../shared/flows/queue-gate.ts';

const [soon, later] = ['2026-11-24T18:05:00.000Z', '2026-11-24T19:00:00.000Z'];
const queued: JudgedItem = { state: 'queued', lastError: null };
const unknown: JudgedItem = { state: 'unknown', lastError: null };
const elsewhere = { address: 'https://old.example', customerCode: 'ALI-1' };
const holiday: Closing = { state: 'read-only', why: { kind: 'weekend' }, opensAt: later };
const maintenance: Closing = {
  state: 'unreachable',
  why: { kind: 'maintenance', noticeId: 'n-1' },
  opensAt: later,
};
const password = appError('portal.unauthorized');
const away = appError('portal.unreachable');

test.each<[string, JudgedItem, Partial<QueueFacts>, string | undefined, string | null]>([
  ['nothing is in the way', queued, {}, 'turn', null],
  [
    'R-ACCEPT-1: terms changed',
    queued,
    { isForTerms: true, closing: holiday, all: { reason: away, until: soon } },
    'terms',
    null,
  ],
  [
    'R-HOURS-3: portal is closed',
    queued,
    { closing: holiday, all: { reason: password, until: null } },
    'closed',
    later,
  ],
  ['R-HOURS-3: closed with no known end', queued, { closing: { ...holiday, opensAt: null } }, 'closed', null],
  [
    'made for another recipient, whatever else',
    queued,
    { elsewhere, isForTerms: true, closing: holiday },
    'recipient',
    null,
  ],
  [
    'R-TICKET-1: its request has no number',
    queued,
    { hasNumber: false, own: { until: soon } },
    'number',
    null,
  ],
  [
    'password was refused',
    queued,
    { all: { reason: password, until: null }, hasNumber: false },
    'person',
    null,
  ],
  [
    'password was refused before a restart',
    { ...queued, lastError: password },
    { own: { until: soon } },
    'person',
    null,
  ],
  ['password was refused and is tried again now', { ...queued, lastError: password }, {}, 'turn', null],
  [
    'an older failure of its own hides no refused password',
    { ...queued, lastError: away },
    { all: { reason: password, until: null } },
    'person',
    null,
  ],
  ['everything waits until then', queued, { all: { reason: away, until: soon } }, 'retry', soon],
  [
    'its own try comes after that',
    queued,
    { all: { reason: away, until: soon }, own: { until: later } },
    'retry',
    later,
  ],
  ['its own try is due later', queued, { own: { until: soon } }, 'retry', soon],
  ['portal has not told its time', queued, { all: { reason: away, until: null } }, 'unheard', null],
  ['portal is not open yet', queued, { all: { reason: null, until: null } }, 'unheard', null],
  ['it may have arrived', unknown, { closing: holiday, own: { until: soon } }, 'look-up', soon],
  ['in doubt, for another recipient', unknown, { elsewhere }, 'recipient', null],
  ['under way', { ...queued, state: 'sending' }, { closing: holiday }, undefined, null],
  [
    'under way to a recipient that was left',
    { ...queued, state: 'sending' },
    { elsewhere },
    'recipient',
    null,
  ],
  ['arrived', { ...queued, state: 'accepted' }, { elsewhere, closing: holiday }, undefined, null],
  [
    'nobody can say whether it arrived',
    { ...queued, state: 'to-verify' },
    { closing: holiday },
    'decision',
    null,
  ],
  ['refused', { ...queued, state: 'rejected' }, { closing: holiday }, 'refused', null],
  ['carried by hand', { ...queued, state: 'by-hand' }, {}, 'by-hand', null],
  ['set aside', { ...queued, state: 'set-aside' }, { closing: holiday }, 'set-aside', null],
  [
    'DAMAGE-3: spoiled',
    { state: 'set-aside', lastError: appError('outbox.unreadable') },
    {},
    'spoiled',
    null,
  ],
])('%s', (_when, item, facts, why, goesAt) => {
  const answer = queueGate(item, { ...openGate, ...facts });
  expect([answer.why?.kind, answer.goesAt]).toEqual([why, goesAt]);
  expect(answer.mayGo).toBe(why === 'turn');
});

test.each<[string, Partial<QueueFacts>, boolean]>([
  ['nothing is in the way', {}, true],
  ['R-HOURS-3: the portal only reads', { closing: holiday }, true],
  ['R-HOURS-4: the portal is away', { closing: maintenance }, false],
  ['everything waits', { all: { reason: away, until: soon } }, false],
  ['the portal wants no question yet', { own: { until: soon } }, false],
])('look-up goes or stays when %s', (_when, facts, mayGo) => {
  expect(queueGate(unknown, { ...openGate, ...facts })).toMatchObject({ mayGo, why: { kind: 'look-up' } });
});

const instant = fc.constantFrom(soon, later, null);
const facts: fc.Arbitrary<QueueFacts> = fc.record({
  elsewhere: fc.constantFrom(elsewhere, null),
  isForTerms: fc.boolean(),
  held: fc.option(fc.record({ hold: fc.constant({ kind: 'staffed' as const }), endsAt: instant })),
  closing: fc.constantFrom(holiday, maintenance, null),
  all: fc.option(fc.record({ reason: fc.constantFrom(away, password, null), until: instant })),
  hasNumber: fc.boolean(),
  own: fc.option(fc.record({ until: instant })),
});
const items = fc.record({
  state: fc.constantFrom(...outboxStates),
  lastError: fc.constantFrom(null, away, password),
});

describe('whatever is known', () => {
  test('what stays always has a reason of the union, and what is queued goes when its turn alone keeps it', () => {
    let looked = 0;
    fc.assert(
      fc.property(items, facts, (item, known) => {
        const { mayGo, why, goesAt } = queueGate(item, known);
        expect(why === null).toBe(
          !(known.elsewhere !== null && item.state === 'sending') &&
            (item.state === 'sending' || item.state === 'accepted'),
        );
        if (why !== null) expect(waitReasonSchema.parse(why)).toEqual(why);
        if (item.state === 'queued') expect(mayGo).toBe(why?.kind === 'turn');
        if (mayGo && item.state === 'queued') expect(goesAt).toBeNull();
        looked += 1;
      }),
      { numRuns: 2_000 },
    );
    expect(looked).toBe(2_000);
  });

  test('one more thing in the way never lets an item go', () => {
    let looked = 0;
    fc.assert(
      fc.property(
        items,
        facts,
        fc.constantFrom(...(['elsewhere', 'isForTerms', 'closing', 'all', 'hasNumber', 'own'] as const)),
        (item, known, one) => {
          if (queueGate(item, known).mayGo)
            expect(queueGate(item, { ...known, [one]: openGate[one] }).mayGo).toBe(true);
          looked += 1;
        },
      ),
      { numRuns: 2_000 },
    );
    expect(looked).toBe(2_000);
  });
});

test('item alone tells a refused password, its next try and its doubt', () => {
  const alone = (
    lastError: JudgedItem['lastError'],
    nextTryAt: string | null,
    state: JudgedItem['state'] = 'queued',
  ) => gateOfItem({ state, lastError, nextTryAt }).why?.kind;
  expect([alone(password, soon), alone(away, soon), alone(away, null), alone(null, soon, 'unknown')]).toEqual(
    ['person', 'retry', 'turn', 'look-up'],
  );
});

test('rule behind a wait is named where there is one, and none where the network or a person is meant', () => {
  expect(waitRule({ kind: 'closed', state: 'read-only', why: { kind: 'weekend' } })).toBe('R-HOURS-3');
  expect(
    (['number', 'turn', 'terms', 'person', 'retry', 'unheard', 'look-up'] as const).map((kind) =>
      waitRule({ kind }),
    ),
  ).toEqual(['R-TICKET-1', 'R-TICKET-2', 'R-ACCEPT-1', null, null, null, null]);
});

test.each([
  ['open portal', {}, 'now'],
  ['closed portal', { isOpen: false }, 'queue'],
  ['portal that asked for a rest', { all: { reason: appError('portal.rateLimited'), until: soon } }, 'queue'],
  ['portal that refused the password', { all: { reason: password, until: null } }, 'queue'],
  ['request without a number', { hasNumber: false }, 'queue'],
  ['web form', { isCarriedByHand: true, isOpen: false }, 'by-hand'],
] as const)('what is written goes by "%s" as Send says', (_when, given, how) => {
  expect(deliveryOf({ isCarriedByHand: false, isOpen: true, all: null, hasNumber: true, ...given })).toBe(
    how,
  );
});

test('why an item waits is decided in one file', () => {
  const root = resolve(import.meta.dirname, '../..');
  const files = ['shared', 'electron', 'renderer'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/u.test(name))
      .map((name) => `${folder}/${name.replaceAll('\\', '/')}`),
  );
  expect(files.length).toBeGreaterThan(400);
  const decides = /kind: '(?:unheard|look-up|retry|decision|spoiled)'(?! \|)/u;
  expect(files.filter((file) => decides.test(readFileSync(join(root, file), 'utf8')))).toEqual([
    'shared/flows/queue-gate.ts',
  ]);
});
