import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  absentGapMs,
  type OutboxEvent,
  type OutboxProgress,
  outboxStep,
} from '../../shared/flows/outbox-flow.ts';
import { retryDelayMs, retryLimits } from '../../shared/flows/retry.ts';
import { appError } from '../../shared/domain/app-error.ts';
import { outboxStates } from '../../shared/domain/outbox-item.ts';

const error = appError('portal.unreachable');
const start: OutboxProgress = { state: 'queued', attempts: 0, absentLookups: 0, lastError: null };
const run = (events: readonly OutboxEvent[], from = start): OutboxProgress =>
  events.reduce((progress, event) => outboxStep(progress, event, 0.5).next, from);

// Most events fit few states: without sends in plenty, a walk hardly ever leaves the first one.
const anyEvent: fc.Arbitrary<OutboxEvent> = fc.oneof(
  fc.constant<OutboxEvent>({ kind: 'sendStarted' }),
  fc.constant<OutboxEvent>({ kind: 'absentOnPortal' }),
  fc.constantFrom<OutboxEvent>(
    { kind: 'sendStarted' },
    { kind: 'accepted' },
    { kind: 'foundOnPortal' },
    { kind: 'absentOnPortal' },
    { kind: 'disputed', error },
    { kind: 'lookUpFailed', error, retryAfterMs: null },
  ),
  fc.record({
    kind: fc.constant('refused' as const),
    error: fc.constant(error),
    retry: fc.constantFrom('never' as const, 'later' as const),
    retryAfterMs: fc.constant(null),
  }),
  fc.record({
    kind: fc.constant('answerLost' as const),
    error: fc.constant(error),
    remedy: fc.constantFrom('look-up' as const, 'ask-person' as const),
  }),
  fc.record({
    kind: fc.constant('restarted' as const),
    remedy: fc.constantFrom('look-up' as const, 'ask-person' as const),
  }),
  fc.constant<OutboxEvent>({ kind: 'setAside' }),
  fc.record({
    kind: fc.constant('resumed' as const),
    remedy: fc.constantFrom('look-up' as const, 'ask-person' as const),
  }),
);

describe('outboxStep', () => {
  test.each<[string, OutboxEvent[], string]>([
    ['the portal answered', [{ kind: 'sendStarted' }, { kind: 'accepted' }], 'accepted'],
    [
      'the portal refused for good',
      [{ kind: 'sendStarted' }, { kind: 'refused', error, retry: 'never', retryAfterMs: null }],
      'rejected',
    ],
    [
      'the portal was certainly not reached',
      [{ kind: 'sendStarted' }, { kind: 'refused', error, retry: 'later', retryAfterMs: null }],
      'queued',
    ],
    [
      'the answer was lost',
      [{ kind: 'sendStarted' }, { kind: 'answerLost', error, remedy: 'look-up' }],
      'unknown',
    ],
    [
      'the program was killed while sending',
      [{ kind: 'sendStarted' }, { kind: 'restarted', remedy: 'look-up' }],
      'unknown',
    ],
    [
      'nobody can be asked',
      [{ kind: 'sendStarted' }, { kind: 'answerLost', error, remedy: 'ask-person' }],
      'to-verify',
    ],
    [
      'one look-up found nothing',
      [{ kind: 'sendStarted' }, { kind: 'restarted', remedy: 'look-up' }, { kind: 'absentOnPortal' }],
      'unknown',
    ],
    [
      'two look-ups found nothing',
      [
        { kind: 'sendStarted' },
        { kind: 'restarted', remedy: 'look-up' },
        { kind: 'absentOnPortal' },
        { kind: 'absentOnPortal' },
      ],
      'queued',
    ],
    [
      'one look-up did not find what the list names',
      [{ kind: 'sendStarted' }, { kind: 'restarted', remedy: 'look-up' }, { kind: 'disputed', error }],
      'unknown',
    ],
    [
      'two look-ups did not find what the list names',
      [
        { kind: 'sendStarted' },
        { kind: 'restarted', remedy: 'look-up' },
        { kind: 'disputed', error },
        { kind: 'disputed', error },
      ],
      'to-verify',
    ],
    [
      'the look-up found it',
      [{ kind: 'sendStarted' }, { kind: 'restarted', remedy: 'look-up' }, { kind: 'foundOnPortal' }],
      'accepted',
    ],
    [
      'an upload was cut off',
      [{ kind: 'sendStarted' }, { kind: 'answerLost', error, remedy: 'repeat' }],
      'queued',
    ],
    [
      'the program was killed while uploading',
      [{ kind: 'sendStarted' }, { kind: 'restarted', remedy: 'repeat' }],
      'queued',
    ],
    ['the program was killed before sending', [{ kind: 'restarted', remedy: 'look-up' }], 'queued'],
    ['it was set aside while it was sent', [{ kind: 'sendStarted' }, { kind: 'setAside' }], 'set-aside'],
    [
      'an answer came after it was set aside',
      [{ kind: 'sendStarted' }, { kind: 'setAside' }, { kind: 'accepted' }],
      'set-aside',
    ],
    [
      'it comes back and was never sent',
      [{ kind: 'setAside' }, { kind: 'resumed', remedy: 'look-up' }],
      'queued',
    ],
    [
      'it comes back and may have arrived',
      [{ kind: 'sendStarted' }, { kind: 'setAside' }, { kind: 'resumed', remedy: 'look-up' }],
      'unknown',
    ],
    [
      'it comes back and nobody can be asked',
      [{ kind: 'sendStarted' }, { kind: 'setAside' }, { kind: 'resumed', remedy: 'ask-person' }],
      'to-verify',
    ],
  ])('moves on when %s: %#', (_when, events, state) => {
    expect(run(events).state).toBe(state);
  });

  test('waits a minute when the first look-up found nothing', () => {
    const unknown = run([{ kind: 'sendStarted' }, { kind: 'restarted', remedy: 'look-up' }]);
    expect(outboxStep(unknown, { kind: 'absentOnPortal' }, 0).waitMs).toBe(absentGapMs);
  });

  test('never sends again without two empty look-ups in a row when an answer may have been lost', () => {
    let resent = 0;
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 60, size: 'max' }), (events) => {
        let progress = start;
        let doubt = false;
        let empty = 0;
        for (const event of events) {
          const next = outboxStep(progress, event, 0.5).next;
          if (next.state === 'sending' && progress.state !== 'sending') {
            if (doubt) resent += 1;
            expect(doubt && empty < 2).toBe(false);
          }
          // Doubt follows from what happened, not from the state the machine chose for it.
          if (
            progress.state === 'sending' &&
            (event.kind === 'answerLost' || event.kind === 'restarted' || event.kind === 'setAside')
          ) {
            doubt = true;
            empty = 0;
          }
          if (progress.state === 'unknown' && (event.kind === 'absentOnPortal' || event.kind === 'disputed'))
            empty += 1;
          if (next.state === 'sending') doubt = false;
          progress = next;
        }
      }),
      { numRuns: 3_000 },
    );
    expect(resent).toBeGreaterThan(20);
  });

  test('changes nothing when an item is settled', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('accepted' as const, 'rejected' as const, 'by-hand' as const),
        anyEvent,
        (state, event) => {
          // A refused one the person may still take out of the way.
          const expected = state === 'rejected' && event.kind === 'setAside' ? 'set-aside' : state;
          expect(outboxStep({ ...start, state }, event, 0.5).next.state).toBe(expected);
        },
      ),
    );
  });

  test.each([
    ['look-up', null, 0],
    ['look-up', 0, retryLimits.leastMs],
    ['look-up', 600_000, 600_000],
    ['look-up', 365 * 86_400_000, retryLimits.retryAfterCapMs],
    ['repeat', 600_000, 600_000],
    ['ask-person', 600_000, null],
  ] as const)('P2: lost answer that asks for a rest is cleared up after it, by %s: %s ms is %s ms', (remedy, retryAfterMs, expected) => {
    const sending = { ...start, state: 'sending', attempts: 1 } as const;
    expect(outboxStep(sending, { kind: 'answerLost', error, remedy, retryAfterMs }, 0.5).waitMs).toBe(
      expected,
    );
  });

  test('answers every event in every state when asked', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...outboxStates),
        anyEvent,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (state, event, random) => {
          const { waitMs } = outboxStep({ ...start, state }, event, random);
          expect(waitMs === null || (waitMs >= 0 && waitMs <= retryLimits.retryAfterCapMs)).toBe(true);
        },
      ),
    );
  });
});

describe('retryDelayMs', () => {
  test.each([
    [1, 3_000, 3_000],
    [9, 900_000, 900_000],
    [1, 0, retryLimits.leastMs],
    [9, 0, retryLimits.slowFloorMs],
    [9, 365 * 86_400_000, retryLimits.retryAfterCapMs],
  ])('after %d tries, obeys Retry-After %d ms within its floors and its cap: %d', (attempts, given, expected) => {
    expect(retryDelayMs(attempts, given, 0.3)).toBe(expected);
  });

  test.each([
    null,
    0,
    1,
  ])('tries at most 12 times in any hour when the jitter is as short as can be and the portal says %s', (said) => {
    const times = [0];
    for (let attempts = 1; attempts < 60; attempts += 1)
      times.push((times.at(-1) ?? 0) + retryDelayMs(attempts, said, 0));
    const busiest = Math.max(
      ...times.map((from) => times.filter((time) => time >= from && time < from + 3_600_000).length),
    );
    expect(busiest).toBeLessThanOrEqual(12);
  });
});
