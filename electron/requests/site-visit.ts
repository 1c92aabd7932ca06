import { setTimeout as pause } from 'node:timers/promises';
import { AppFault } from '../../shared/domain/app-error.ts';
import type { TicketId } from '../../shared/domain/ids.ts';
import type { Ticket } from '../../shared/domain/ticket.ts';
import type { SiteView } from '../../shared/ipc/site-views.ts';
import type { FilledForm, PageReading, WantedForm } from '../../shared/portal-map/filled.ts';
import type { PortalMap } from '../../shared/portal-map/portal-map.ts';
import { type Lookup, siteStep } from '../../shared/portal-map/site-step.ts';
import { type PageDriver, pageDriver } from '../portal/web/page-driver.ts';
import type { OpenSite, Site, SitePlace, SiteState } from '../portal/web/site.ts';
import type { PageFile } from './page-files.ts';
import { lookThrough } from './site-lookup.ts';

/** Where a person wants to go on the portal's pages; `page`: the keyboard goes to the page itself. */
export type SiteWay = 'start' | 'form' | 'ticket' | 'back' | 'reload' | 'page';

export type VisitParts = {
  readonly ticket: Ticket;
  readonly map: PortalMap;
  readonly url: string;
  readonly keepsLogin: boolean;
  /** It was carried before, as far as anybody knows. */
  readonly isPerhapsThere: boolean;
  readonly openSite: OpenSite;
  /** Under the names a page reads; they stand there once `writeFiles` has written them. */
  readonly files: readonly PageFile[];
  /** @throws AppFault evidence.copyMissing and its like */
  readonly writeFiles: () => Promise<void>;
  /** Stored before anything is filled in. */
  readonly onBegin: () => void;
  /** The portal's page shows the request with this number. @throws AppFault portal.badAnswer */
  readonly onArrived: (found: {
    readonly number: string;
    readonly by: 'answer' | 'person';
    readonly listed: readonly string[];
  }) => void;
  readonly onChange: () => void;
  readonly log: (error: unknown) => unknown;
};

export type SiteVisit = {
  readonly ticketId: TicketId;
  readonly keepsLogin: boolean;
  readonly view: () => SiteView;
  /** Its page's process died, or its window went. */
  readonly isGone: () => boolean;
  readonly place: (place: SitePlace | null) => void;
  readonly go: (way: SiteWay) => Promise<void>;
  readonly lookUp: () => Promise<void>;
  readonly sayAbsent: () => void;
  readonly fill: () => Promise<void>;
  readonly judgeNumber: (isRight: boolean) => void;
  readonly close: () => Promise<void>;
};

/** What a visit knows by now. */
type Standing = {
  state: SiteState;
  reading: PageReading;
  lookup: Lookup;
  filled: FilledForm | null;
  arrived: FilledForm | null;
  number: string | null;
  isSettled: boolean;
  isOver: boolean;
  /** Numbers the person said are of something else. */
  readonly others: Set<string>;
};

/** One visit with everything it works by. */
type Visit = {
  readonly parts: VisitParts;
  readonly site: Site;
  readonly driver: PageDriver;
  readonly wanted: WantedForm;
  readonly now: Standing;
};

const unread: PageReading = { kind: 'unknown', number: null, hasSubmit: false };

const isFilled = ({ subject, description }: FilledForm): boolean =>
  subject.kind === 'filled' && description.kind === 'filled';

/** A page that does not say what it is is not recognised; why it did not is noted. */
function read({ driver, parts }: Visit): Promise<PageReading> {
  return driver.read().catch((error: unknown) => {
    parts.log(error);
    return unread;
  });
}

function arrive(
  { parts, now }: Visit,
  found: string,
  by: 'answer' | 'person',
  listed: readonly string[],
): void {
  parts.onArrived({ number: found, by, listed });
  now.number = found;
  now.isSettled = true;
}

/** Something else stands where the filled form stood: it may have been sent. */
function doubt({ parts, now }: Visit): void {
  now.filled = null;
  now.lookup = parts.map.search === null ? 'cannot' : 'needed';
}

/** A ticket's page may be half there for so long, and is looked at again so often, milliseconds. */
const wholeMs = 3_000;
const againMs = 250;

/** What the ticket's page shows of the request: a part that is missing counts as missing once the page had its time to show it. */
async function compareWhole({ driver, wanted, now }: Visit): Promise<FilledForm> {
  for (const endMs = performance.now() + wholeMs; ; await pause(againMs)) {
    const shown = await driver.compareTicket(wanted);
    const isWhole = [shown.subject, shown.description, shown.files].every(({ kind }) => kind === 'filled');
    if (isWhole || now.isOver || performance.now() >= endMs) return shown;
  }
}

/** Takes in what stands on the page by now. @throws AppFault as the page does */
async function look(visit: Visit): Promise<void> {
  const { parts, driver, wanted, now } = visit;
  if (now.isOver || now.isSettled || now.state.isLoading) return;
  now.reading = await read(visit);
  // What is told of the page comes later than the page: half of one is no ticket with half of its files.
  if (visit.site.state().isLoading) return;
  const { kind, number } = now.reading;
  if (now.filled !== null && kind === 'form') {
    const form = await driver.compareForm(wanted);
    if (isFilled(form) || !isFilled(now.filled)) now.filled = form;
    else doubt(visit);
  } else if (now.filled !== null && kind === 'ticket' && number !== null) {
    now.arrived = await compareWhole(visit);
    now.number = now.others.has(number) ? null : number;
    // Where the number cannot be taken, the person is asked, and told why not.
    if (await driver.shows(parts.ticket.id)) arrive(visit, number, 'answer', now.arrived.listed);
  }
  parts.onChange();
}

async function lookUp(visit: Visit): Promise<void> {
  const { parts, site, driver, now } = visit;
  if (now.isSettled || now.lookup === 'looking') return;
  now.lookup = 'looking';
  parts.onChange();
  const found = await lookThrough({ site, driver, map: parts.map, url: parts.url }, parts.ticket.id).catch(
    (error: unknown) => {
      parts.log(error);
      return { kind: 'cannot' } as const;
    },
  );
  if (now.isOver) return;
  now.filled = null;
  if (found.kind === 'found') {
    now.lookup = 'needed';
    now.arrived = await compareWhole(visit);
    arrive(visit, found.number, 'answer', now.arrived.listed);
  } else {
    now.lookup = found.kind;
    now.reading = await read(visit);
  }
  parts.onChange();
}

async function fill(visit: Visit): Promise<void> {
  const { parts, driver, wanted, now } = visit;
  const mayFill = now.lookup === 'not-needed' || now.lookup === 'absent';
  if (now.isSettled || now.filled !== null || !mayFill) throw new AppFault('portal.siteNotNow');
  if ((await driver.read()).kind !== 'form') throw new AppFault('portal.siteNotNow');
  await parts.writeFiles();
  parts.onBegin();
  // Whatever happens from here on, the next visit looks first.
  now.filled = await driver.fill(wanted).catch((error: unknown) => {
    doubt(visit);
    throw error;
  });
  parts.onChange();
}

/** The portal as every visit shows it. @param standing the page that stands, empty before the first; @param url the portal's own */
export function portalShown(map: PortalMap, standing: string, url: string): Pick<SiteView, 'map' | 'host'> {
  return {
    map: {
      name: map.name,
      isTried: map.isTried,
      wayToForm: map.wayToForm,
      knowsForm: map.formAt !== null,
      knowsTicket: map.ticketAt !== null,
    },
    host: new URL(URL.canParse(standing) ? standing : url).host,
  };
}

function viewOf({ parts, now }: Visit): SiteView {
  const { map, url, ticket, keepsLogin } = parts;
  const { state, reading, lookup, filled, arrived, number, isSettled } = now;
  return {
    ticketId: ticket.id,
    ...portalShown(map, state.url, url),
    step: siteStep({
      hasFault: state.fault !== null,
      isLoading: state.isLoading,
      page: reading.kind,
      lookup,
      filled,
      number,
      isSettled,
    }),
    fault: state.fault,
    refused: state.refused,
    filled,
    arrived,
    number,
    read: null,
    purpose: 'send',
    keepsLogin,
  };
}

/** Where a request with a number stands on the portal; null where its pages give no address for it. */
export function ticketAddress({ ticketAt }: PortalMap, url: string, number: string | null): string | null {
  if (ticketAt === null || number === null) return null;
  return new URL(ticketAt.replaceAll('{number}', encodeURIComponent(number)), url).href;
}

/** Goes where a person wants to on the pages. @throws AppFault as `Site` does */
export async function goTo(
  site: Site,
  { map, url, ticket }: Pick<VisitParts, 'map' | 'url' | 'ticket'>,
  way: SiteWay,
): Promise<void> {
  if (way === 'back') site.back();
  else if (way === 'reload') site.reload();
  else if (way === 'page') site.focus();
  else if (way === 'ticket') await site.go(ticketAddress(map, url, ticket.number) ?? url);
  else await site.go(way === 'form' && map.formAt !== null ? new URL(map.formAt, url).href : url);
}

function judgeNumber(visit: Visit, isRight: boolean): void {
  const { parts, now } = visit;
  if (now.number === null || now.isSettled) throw new AppFault('portal.siteNotNow');
  if (isRight) arrive(visit, now.number, 'person', now.arrived?.listed ?? []);
  else {
    now.others.add(now.number);
    now.number = null;
  }
  parts.onChange();
}

/** One visit to the portal's pages for one request; everything about it is forgotten when it closes, but for what `onBegin` and `onArrived` stored. */
export async function openVisit(parts: VisitParts): Promise<SiteVisit> {
  const { ticket, map } = parts;
  const now: Standing = {
    state: { url: '', isLoading: true, fault: null, refused: 0 },
    reading: unread,
    lookup: parts.isPerhapsThere ? 'needed' : 'not-needed',
    filled: null,
    arrived: null,
    number: null,
    isSettled: false,
    isOver: false,
    others: new Set(),
  };
  let inTurn: Promise<unknown> = Promise.resolve();
  /** One thing at a time is asked of the page. */
  const next = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = inTurn.then(work);
    inTurn = turn.catch(() => undefined);
    return turn;
  };
  const site = await parts.openSite({
    url: parts.url,
    hosts: map.hosts,
    keepsLogin: parts.keepsLogin,
    onChange: (state) => {
      if (now.isOver) return;
      now.state = state;
      parts.onChange();
      if (!state.isLoading && state.fault === null && now.lookup !== 'looking')
        void next(() => look(visit)).catch(parts.log);
    },
  });
  const wanted: WantedForm = {
    subject: ticket.text.subject,
    description: ticket.text.body,
    files: parts.files.map(({ name, path }) => ({ name, path })),
  };
  const visit: Visit = { parts, site, driver: pageDriver(site, map), wanted, now };
  return {
    ticketId: ticket.id,
    keepsLogin: parts.keepsLogin,
    view: () => viewOf(visit),
    isGone: () => site.state().fault === 'gone',
    place: site.place,
    go: (way) => goTo(site, parts, way),
    lookUp: () => next(() => lookUp(visit)),
    sayAbsent: () => {
      if (now.lookup !== 'cannot') throw new AppFault('portal.siteNotNow');
      now.lookup = 'absent';
      parts.onChange();
    },
    fill: () => next(() => fill(visit)),
    judgeNumber: (isRight) => judgeNumber(visit, isRight),
    close: async () => {
      now.isOver = true;
      await site.close();
    },
  };
}
