import { expect, test } from 'vitest';
import { portalRule } from '../../shared/rules/portal-rule.ts';

test.each([
  ['staffed', { kind: 'hours' }, 'R-HOURS-1'],
  ['unstaffed', { kind: 'night' }, 'R-HOURS-5'],
  ['unstaffed', { kind: 'weekend' }, 'R-HOURS-5'],
  [
    'read-only',
    { kind: 'holiday', day: '2026-12-08', name: { it: 'Immacolata', en: 'Immaculate Conception' } },
    'R-HOURS-3',
  ],
  ['read-only', { kind: 'closure', noticeId: 'n' }, 'R-HOURS-3'],
  ['unreachable', { kind: 'maintenance', noticeId: 'n' }, 'R-HOURS-4'],
  ['staffed', { kind: 'always' }, null],
  ['unknown', { kind: 'no-calendar' }, null],
] as const)('R-HOURS-1 to R-HOURS-5: a portal that is %s because of %j is explained by %s', (state, why, rule) => {
  expect(portalRule(state, why)).toBe(rule);
});
