import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { app, type Session, session } from 'electron';
import { denyPermissions } from './hardening.ts';
import { isSiteRequest, ruleSite, type SiteRule } from './site-rules.ts';

/** Begins the name of every session a portal's login is kept in. */
const keptPrefix = 'site-';

/** For one origin alone: what one portal left behind is never seen by another. */
function keptName(origin: string): string {
  return `${keptPrefix}${createHash('sha256').update(origin).digest('hex').slice(0, 32)}`;
}

let opened = 0;

/**
 * The policy laid over whatever the portal's own pages say: no dialog that stops everybody, no printing, no download, no connection past
 * the requests that are looked through, no form to another host.
 */
function policyOf({ origins }: SiteRule): string {
  const hosts = [...origins].join(' ');
  const sockets = [...origins].map((origin) => origin.replace(/^http/u, 'ws')).join(' ');
  return [
    'sandbox allow-same-origin allow-scripts allow-forms allow-popups allow-top-navigation',
    `connect-src ${hosts} ${sockets} data: blob:`,
    `frame-src ${hosts} data: blob:`,
    `form-action ${hosts}`,
    "webrtc 'block'",
  ].join('; ');
}

/** Headers by which a browser talks to hosts behind everybody's back. */
const talkative = /^(?:report-to|reporting-endpoints|nel|link|x-dns-prefetch-control)$/iu;

function watchRequests(own: Session, rule: SiteRule): void {
  own.webRequest.onBeforeRequest(({ url }, decide) => {
    const isAllowed = isSiteRequest(rule, url);
    if (!isAllowed) rule.refuse();
    decide({ cancel: !isAllowed });
  });
  const policy = policyOf(rule);
  own.webRequest.onHeadersReceived(({ responseHeaders = {}, resourceType }, decide) => {
    if (resourceType !== 'mainFrame' && resourceType !== 'subFrame') return decide({});
    const headers: Record<string, string[]> = { 'X-DNS-Prefetch-Control': ['off'] };
    for (const [name, values] of Object.entries(responseHeaders))
      if (!talkative.test(name)) headers[name] = values;
    const said = Object.keys(headers).find((name) => name.toLowerCase() === 'content-security-policy');
    headers[said ?? 'Content-Security-Policy'] = [
      ...(said === undefined ? [] : (headers[said] ?? [])),
      policy,
    ];
    decide({ responseHeaders: headers });
  });
}

/** Some portals turn away a browser they have never heard of. */
function plainAgent(agent: string): string {
  return agent.replace(/ (?:Electron|officina-support)\/\S+/giu, '');
}

/** A session for the pages of one portal and for nothing else, under its rule. @param keepsLogin its logins stay on the disk */
export function siteSession(rule: SiteRule, origin: string, keepsLogin: boolean): Session {
  opened += 1;
  const own = session.fromPartition(
    keepsLogin ? `persist:${keptName(origin)}` : `${keptPrefix}${opened}-in-memory`,
    { cache: false },
  );
  ruleSite(own, rule);
  denyPermissions(own);
  watchRequests(own, rule);
  own.removeAllListeners('will-download');
  own.on('will-download', (event) => event.preventDefault());
  own.setUserAgent(plainAgent(own.getUserAgent()));
  return own;
}

async function forget(own: Session): Promise<void> {
  await own.clearStorageData();
  await own.clearCache();
  await own.clearAuthCache();
  await own.clearHostResolverCache();
}

/** Leaves of a session what stays: nothing, or of a kept one the login alone. */
export async function tidySite(own: Session, keepsLogin: boolean): Promise<void> {
  await own.closeAllConnections();
  if (!keepsLogin) return forget(own);
  await own.clearStorageData({ storages: ['serviceworkers', 'cachestorage', 'shadercache'] });
  await own.cookies.flushStore();
}

/** Forgets every login that was kept, of whatever portal. What Chromium holds on to goes with the folder at the next start. */
export async function eraseSites(): Promise<void> {
  const names = await readdir(join(app.getPath('userData'), 'Partitions')).catch(() => []);
  for (const name of names.filter((kept) => kept.startsWith(keptPrefix)))
    await forget(session.fromPartition(`persist:${name}`, { cache: false }));
}
