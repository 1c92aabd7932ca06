import type { Session } from 'electron';

/** What the pages of one session may ask: the hosts of one portal and nothing else. */
export type SiteRule = {
  /** `https://portal.example`, with the port where it is not the usual one. */
  readonly origins: ReadonlySet<string>;
  /** A request to another host was refused. */
  readonly refuse: () => void;
};

const rules = new WeakMap<Session, SiteRule>();

/** From now on the pages of this session are a portal's. */
export function ruleSite(session: Session, rule: SiteRule): void {
  rules.set(session, rule);
}

/** Null for every session of ours. */
export function siteRuleOf(session: Session): SiteRule | null {
  return rules.get(session) ?? null;
}

const loopbackHosts: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** The origin a portal's page may come from; null for anything but https, and http of this PC itself. */
export function siteOrigin(address: string): string | null {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url === null || url.username !== '' || url.password !== '') return null;
  if (url.protocol === 'https:') return url.origin;
  return url.protocol === 'http:' && loopbackHosts.has(url.hostname) ? url.origin : null;
}

const sockets: Readonly<Record<string, string>> = { 'wss:': 'https:', 'ws:': 'http:' };

/** Whether a page of one of these origins may be shown. */
export function isSitePage({ origins }: SiteRule, address: string): boolean {
  const origin = siteOrigin(address);
  return origin !== null && origins.has(origin);
}

/** Whether a page may be shown inside a page: what was made by the page itself, and whatever may be shown alone. */
export function isSiteFrame(rule: SiteRule, address: string): boolean {
  return /^(?:about:blank|about:srcdoc|data:)/u.test(address) || isSiteRequest(rule, address);
}

/** Whether anything may be asked there, by whatever way. */
export function isSiteRequest(rule: SiteRule, address: string): boolean {
  if (address.startsWith('data:')) return true;
  const plain = address.startsWith('blob:') ? address.slice('blob:'.length) : address;
  const scheme = /^wss?:/u.exec(plain)?.[0];
  return isSitePage(rule, scheme === undefined ? plain : `${sockets[scheme]}${plain.slice(scheme.length)}`);
}
