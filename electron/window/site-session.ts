import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { app, type Session, session } from 'electron';
import { within } from '../platform/within.ts';
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

/** A machine's own answer about its proxy is not waited for longer, milliseconds. */
const proxyMs = 3_000;
/** Nobody listens there. */
const nowhere = 'PROXY 127.0.0.1:9';

/**
 * The way to the portal's hosts is the one this PC would take; to any other host there is none, for what a page asks past the requests
 * that are looked through too (a call of its own, a connection made ahead).
 */
async function onlyWays(own: Session, { origins }: SiteRule, origin: string): Promise<void> {
  await own.setProxy({ mode: 'system' });
  const asked = await within(own.resolveProxy(origin), proxyMs).catch(() => null);
  const way = asked?.kind === 'value' && asked.value !== '' ? asked.value : 'DIRECT';
  const hosts = JSON.stringify([...origins].map((each) => new URL(each).host));
  const script = `function FindProxyForURL(url, host) {
    var near = url.slice(url.indexOf('://') + 3).split('/')[0];
    var hosts = ${hosts};
    for (var nth = 0; nth < hosts.length; nth += 1)
      if (near === hosts[nth] || near === hosts[nth] + ':443' || near === hosts[nth] + ':80') return ${JSON.stringify(way)};
    return ${JSON.stringify(nowhere)};
  }`;
  await own.setProxy({
    mode: 'pac_script',
    pacScript: `data:application/x-ns-proxy-autoconfig;base64,${Buffer.from(script).toString('base64')}`,
  });
}

/** A session for the pages of one portal and for nothing else, under its rule. @param keepsLogin its logins stay on the disk */
export async function siteSession(rule: SiteRule, origin: string, keepsLogin: boolean): Promise<Session> {
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
  await onlyWays(own, rule, origin);
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
