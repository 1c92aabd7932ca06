import { expect, test } from 'vitest';
import type { FilledForm } from '../../shared/portal-map/filled.ts';
import {
  type ReadingFacts,
  readingStep,
  type SiteFacts,
  siteStep,
  siteSteps,
} from '../../shared/portal-map/site-step.ts';

const whole: FilledForm = {
  subject: { kind: 'filled', done: 20, wanted: 20 },
  description: { kind: 'filled', done: 12, wanted: 12 },
  files: { kind: 'filled', done: 2, wanted: 2 },
  listed: ['a.log', 'b.png'],
};
const plain: SiteFacts = {
  hasFault: false,
  isLoading: false,
  page: 'unknown',
  lookup: 'not-needed',
  filled: null,
  number: null,
  isSettled: false,
};

const cases: readonly (readonly [string, Partial<SiteFacts>])[] = [
  ['done', { isSettled: true, hasFault: true, page: 'login' }],
  ['fault', { hasFault: true, lookup: 'looking' }],
  ['looking', { lookup: 'looking', isLoading: true, page: 'login' }],
  ['loading', { isLoading: true, page: 'form' }],
  ['log-in', { page: 'login', lookup: 'needed' }],
  ['number', { page: 'ticket', number: '12', filled: whole }],
  ['press', { page: 'form', filled: whole }],
  ['press', { page: 'form', filled: whole, lookup: 'absent' }],
  ['page-error', { page: 'error', filled: whole }],
  ['type-number', { page: 'unknown', filled: whole }],
  ['type-number', { page: 'ticket', filled: whole }],
  ['look-up', { page: 'form', lookup: 'needed' }],
  ['look-up', { page: 'list', lookup: 'needed' }],
  ['say-absent', { page: 'form', lookup: 'cannot' }],
  ['fill', { page: 'form' }],
  ['fill', { page: 'form', lookup: 'absent' }],
  ['to-form', { page: 'list' }],
  ['to-form', { lookup: 'absent' }],
];

test.each(cases)('the next step is %s where %o', (step, facts) => {
  expect(siteStep({ ...plain, ...facts })).toBe(step);
});

const readings: readonly (readonly [string, Partial<ReadingFacts>])[] = [
  ['fault', { hasFault: true, isRead: true }],
  ['loading', { isLoading: true, isRead: true }],
  ['log-in', { page: 'login', isRead: true }],
  ['page-error', { page: 'error', isRead: true }],
  ['read', { page: 'ticket', isRead: true }],
  ['to-ticket', { page: 'ticket' }],
];

test.each(readings)('the next step of a visit that reads is %s where %o', (step, facts) => {
  expect(readingStep({ hasFault: false, isLoading: false, page: 'list', isRead: false, ...facts })).toBe(
    step,
  );
});

test('every step is reached by one of the cases', () => {
  expect([...new Set([...cases, ...readings].map(([step]) => step))].toSorted()).toEqual(
    [...siteSteps].toSorted(),
  );
});

test('nothing is filled in while the request may be on the portal', () => {
  for (const lookup of ['needed', 'looking', 'cannot'] as const)
    expect(siteStep({ ...plain, page: 'form', lookup })).not.toBe('fill');
});
