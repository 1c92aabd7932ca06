import type { FilledForm, PageReading } from './filled.ts';

/**
 * Whether the portal must be looked through before a form may be filled in. `needed`: the request may be there already; `cannot`: this
 * portal's pages give no way to look, so a person does; `absent`: looked through, and it is not there.
 */
export type Lookup = 'not-needed' | 'needed' | 'looking' | 'absent' | 'cannot';

/** What is known of one visit to the portal's pages for one request. */
export type SiteFacts = {
  readonly hasFault: boolean;
  readonly isLoading: boolean;
  readonly page: PageReading['kind'];
  readonly lookup: Lookup;
  /** What was filled in and read back; null: nothing since the page was opened. */
  readonly filled: FilledForm | null;
  /** A number the page shows after sending that nobody has taken for this request yet. */
  readonly number: string | null;
  readonly isSettled: boolean;
};

/** What is to be done next, by the person or by the program. `number`: the person says whether a number is the right one; `type-number`: something followed the form that is not recognised. */
export const siteSteps = [
  'done',
  'fault',
  'looking',
  'loading',
  'log-in',
  'number',
  'press',
  'page-error',
  'type-number',
  'look-up',
  'say-absent',
  'fill',
  'to-form',
  'to-ticket',
  'read',
] as const;
export type SiteStep = (typeof siteSteps)[number];

/** The next step of a visit; the first that applies. */
export function siteStep(facts: SiteFacts): SiteStep {
  if (facts.isSettled) return 'done';
  if (facts.hasFault) return 'fault';
  if (facts.lookup === 'looking') return 'looking';
  if (facts.isLoading) return 'loading';
  if (facts.page === 'login') return 'log-in';
  if (facts.number !== null) return 'number';
  if (facts.page === 'form' && facts.filled !== null) return 'press';
  if (facts.page === 'error') return 'page-error';
  if (facts.filled !== null) return 'type-number';
  if (facts.lookup === 'needed') return 'look-up';
  if (facts.lookup === 'cannot') return 'say-absent';
  return facts.page === 'form' ? 'fill' : 'to-form';
}

/** What is known of one visit to the portal's pages to read what was said about a request. */
export type ReadingFacts = Pick<SiteFacts, 'hasFault' | 'isLoading' | 'page'> & {
  /** The page that stands is this request's and was read. */
  readonly isRead: boolean;
};

/** The next step of a visit that reads; the first that applies. */
export function readingStep({ hasFault, isLoading, page, isRead }: ReadingFacts): SiteStep {
  if (hasFault) return 'fault';
  if (isLoading) return 'loading';
  if (page === 'login') return 'log-in';
  if (page === 'error') return 'page-error';
  return isRead ? 'read' : 'to-ticket';
}
