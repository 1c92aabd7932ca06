import { expect, test } from 'vitest';
import { pageMoment } from '../../shared/portal-map/page-moment.ts';

test.each([
  ['24/11/2026 18:05', false, '2026-11-24T18:05'],
  ['11/24/2026 06:05 PM', true, '2026-11-24T18:05'],
  ['11/24/2026 12:05 am', true, '2026-11-24T00:05'],
  ['2026-11-24 18:05:33', true, '2026-11-24T18:05'],
  ['2026-11-24T18:05', false, '2026-11-24T18:05'],
  ['24.11.26, 8:05', false, '2026-11-24T08:05'],
  ['martedì 24 novembre 2026 18:05', false, '2026-11-24T18:05'],
  ['Tue Nov 24 18:05:33 2026', false, '2026-11-24T18:05'],
  ['November 24, 2026 6:05 PM', false, '2026-11-24T18:05'],
  ['1° dic 2026 ore 18:05', false, '2026-12-01T18:05'],
  ['1 mag 2026 18:05', false, '2026-05-01T18:05'],
])('a page that shows %j names a moment', (shown, isMonthFirst, moment) => {
  expect(pageMoment(shown, isMonthFirst)).toBe(moment);
});

test.each([
  '',
  '24/11/2026',
  '18:05',
  '31/11/2026 18:05',
  '24/13/2026 18:05',
  '24/11/2026 25:05',
  '24/11/2026 13:05 pm',
  '3 hours ago',
  '24 pippo 2026 18:05',
])('a page that shows %j names none', (shown) => {
  expect(pageMoment(shown, false)).toBeNull();
});
