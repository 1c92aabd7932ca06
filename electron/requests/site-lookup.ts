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

/** The tickets that the page at `path` names, or what it told of the request at once. */
async function listed(
  parts: LookupParts,
  path: string,
  reference: string,
): Promise<readonly string[] | LookedThrough> {
  const { driver, url } = parts;
  const address = new URL(path.replaceAll('{reference}', encodeURIComponent(reference)), url).href;
  if (!(await opened(parts, address))) return { kind: 'cannot' };
  const { kind, number } = await driver.read();
  if (kind === 'login') return { kind: 'needed' };
  // Some portals go straight to the only ticket they found.
  if (kind === 'ticket' && number !== null && (await driver.shows(reference)))
    return { kind: 'found', number };
  return kind === 'found' || kind === 'list' ? driver.ticketLinks(mostOpened) : { kind: 'cannot' };
}

/** What the ticket at `link` tells of the request; null where it is another one. */
async function numberAt(parts: LookupParts, link: string, reference: string): Promise<LookedThrough | null> {
  const { driver } = parts;
  if (!(await opened(parts, link))) return { kind: 'cannot' };
  const { kind, number } = await driver.read();
  if (kind === 'login') return { kind: 'needed' };
  if (!(await driver.shows(reference))) return null;
  return number === null ? { kind: 'cannot' } : { kind: 'found', number };
}

/**
 * Looks for a request by its reference: where the portal has a search, by that; else by opening the newest tickets of its list. Absent is
 * said only where a page that is known said so.
 * @param reference as it stands in the text of the request
 */
export async function lookThrough(parts: LookupParts, reference: string): Promise<LookedThrough> {
  const { search } = parts.map;
  if (search === null) return { kind: 'cannot' };
  let provesNothing = false;
  for (const path of [search.at, ...search.also]) {
    const links = await listed(parts, path, reference);
    if ('kind' in links) return links;
    for (const link of links) {
      const inside = await numberAt(parts, link, reference);
      if (inside !== null) return inside;
    }
    // A search that names tickets without our reference, or a list longer than what was opened, proves nothing.
    provesNothing ||= search.looksInside ? links.length >= mostOpened : links.length > 0;
  }
  return { kind: provesNothing ? 'cannot' : 'absent' };
}
