import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { outcomeOf } from '../../electron/portal/contract/answer-outcome.ts';
import { portalAddress } from '../../electron/portal/contract/portal-address.ts';
import { retryAfterMs } from '../../electron/portal/contract/retry-after.ts';
import { manualPortal } from '../../electron/portal/manual/manual-portal.ts';

describe('portalAddress', () => {
  test.each([
    ['https://portal.example', 'https://portal.example'],
    ['  https://portal.example/ ', 'https://portal.example'],
    ['https://portal.example:8443', 'https://portal.example:8443'],
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
    ['http://localhost:8080/', 'http://localhost:8080'],
    ['http://[::1]:8080', 'http://[::1]:8080'],
  ])('takes %j as its origin when it is https or this PC', (text, origin) => {
    expect(portalAddress(text)).toEqual({ ok: true, value: origin });
  });

  test.each([
    '',
    'portal',
    'portal.example',
    'http://portal.example',
    'http://127.0.0.1.evil.example',
    'http://localhost.evil.example',
    'ftp://portal.example',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'https://user:pass@portal.example',
    'https://portal.example/api',
    'https://portal.example/?x=1',
    'https://portal.example/#x',
    `https://${'a'.repeat(2_100)}.example`,
  ])('refuses %j when it is not one safe origin', (text) => {
    expect(portalAddress(text)).toMatchObject({
      ok: false,
      error: { code: 'portal.addressInvalid', params: {} },
    });
  });
});

describe('retryAfterMs', () => {
  const nowMs = Date.parse('2026-11-24T08:00:00.000Z');
  test.each([
    [null, null, null],
    ['0', null, 0],
    ['30', null, 30_000],
    [' 30 ', null, 30_000],
    ['31536000', null, 3_600_000],
    ['999999999999', null, 3_600_000],
    ['9999999999999999', null, 3_600_000],
    ['-5', null, null],
    ['1.5', null, 1_500],
    ['120.5', null, 120_500],
    ['1.', null, null],
    ['soon', null, null],
    ['', null, null],
    ['2026-11-24', null, null],
    ['Tue, 24 Nov 2026 08:02:00 GMT', null, 120_000],
    ['Tue, 24 Nov 2026 08:02:00 GMT', '2026-11-24T08:01:30.000Z', 30_000],
    ['Tue, 24 Nov 2020 08:02:00 GMT', null, 0],
    ['Wed, 24 Nov 2027 08:02:00 GMT', null, 3_600_000],
    ['Tue, 99 Nov 2026 08:02:00 GMT', null, null],
  ])('reads %j as that many milliseconds when the portal clock is %j', (header, serverDate, expected) => {
    expect(retryAfterMs(header, serverDate, nowMs)).toBe(expected);
  });
});

test('manual portal says by hand to everything and never done when it is asked to send', async () => {
  const portal = manualPortal();
  expect(portal.capabilities).toEqual({
    delivery: 'by-hand',
    lookUp: false,
    sync: false,
    upload: false,
    notices: false,
    terms: false,
    products: false,
    requirements: false,
    packs: false,
    privateMessage: false,
  });
  for (const outcome of [
    await portal.closeTicket('1'),
    await portal.notices(),
    await portal.findTicketByReference('x'),
    await portal.requirements(),
  ]) {
    expect(outcome).toEqual({
      kind: 'refused',
      error: { code: 'portal.byHand', params: {} },
      retry: 'never',
      retryAfterMs: null,
    });
  }
});

test.each([
  ['objects', '{}', 100_000, 'done'],
  ['objects', '{}', 300_000, 'refused'],
  ['lists', '[]', 300_000, 'refused'],
] as const)('answer of %s %s by the number %d is %s: reading millions of parts would make the program stand', (_what, part, count, kind) => {
  const text = `{"tickets":[${Array.from({ length: count }, () => part).join(',')}]}`;
  const answer = {
    status: 200,
    header: (name: string) => (name === 'content-type' ? 'application/json' : null),
    text,
  };
  const outcome = outcomeOf(answer, z.object({ tickets: z.custom<object>(Array.isArray) }), 'repeatable', 0);
  expect(outcome).toMatchObject(kind === 'done' ? { kind } : { kind, error: { code: 'portal.badAnswer' } });
});
