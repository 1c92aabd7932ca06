import { setTimeout as pause } from 'node:timers/promises';
import type { PortalMap } from '../../shared/portal-map/portal-map.ts';
import type { PageDriver } from '../portal/web/page-driver.ts';
import type { Site } from '../portal/web/site.ts';

/** What looking the portal through came to. `needed`: a login stands in the way; `cannot`: its pages did not say. */
export type LookedThrough =
  | { readonly kind: 'found'; readonly number: string }
  | { readonly kind: 'absent' | 'needed' | 'cannot' };

export type LookupParts = {
  readonly site: Site;
  readonly driver: PageDriver;
  readonly map: PortalMap;
  readonly url: string;
};

/** Tickets that are opened one by one at most; a longer list is a person's to look through. */
const mostOpened = 20;
/** How long one page may take to stand, and how often it is looked at, milliseconds. */
const pageMs = 30_000;
const everyMs = 100;

/** Opens a page of the portal and waits until it stands; false where it does not in time. */
async function opened({ site }: LookupParts, address: string): Promise<boolean> {
  const until = performance.now() + pageMs;
  await site.go(address);
  while (site.state().isLoading && performance.now() < until) await pause(everyMs);
  const { isLoading, fault } = site.state();
  return !isLoading && fault === null;
}

/**
 * Looks for a request by its reference: where the portal has a search, by that; else by opening the newest tickets of its list. Absent is
 * said only where a page that is known said so.
 * @param reference as it stands in the text of the request
 */
export async function lookThrough(parts: LookupParts, reference: string): Promise<LookedThrough> {
  const { driver, map, url } = parts;
  const { search } = map;
  if (search === null) return { kind: 'cannot' };
  const address = new URL(search.at.replaceAll('{reference}', encodeURIComponent(reference)), url).href;
  if (!(await opened(parts, address))) return { kind: 'cannot' };
  const { kind, number } = await driver.read();
  if (kind === 'login') return { kind: 'needed' };
  // Some portals go straight to the only ticket they found.
  if (kind === 'ticket' && number !== null && (await driver.shows(reference)))
    return { kind: 'found', number };
  if (kind !== 'found' && kind !== 'list') return { kind: 'cannot' };
  const links = await driver.ticketLinks(mostOpened);
  for (const link of links) {
    if (!(await opened(parts, link))) return { kind: 'cannot' };
    const page = await driver.read();
    if (page.kind === 'login') return { kind: 'needed' };
    if (await driver.shows(reference))
      return page.number === null ? { kind: 'cannot' } : { kind: 'found', number: page.number };
  }
  // A search that names tickets without our reference, or a list longer than what was opened, proves nothing.
  const provesNothing = search.looksInside ? links.length >= mostOpened : links.length > 0;
  return { kind: provesNothing ? 'cannot' : 'absent' };
}
