import { join } from 'node:path';
import type { RunningPractice } from '../../electron/portal/portal-transport.ts';
import type { Clock } from '../../electron/platform/clock.ts';
import { freshFolder, type OpenedServices, openTestWorkshop } from '../integration/workshop-fixture.ts';
import { seededRandom } from '../portal/fault.ts';
import { type FaultyPortal, startFaultyPortal } from '../portal/faulty-portal.ts';
import { blank, floors, replyCount, without } from './acknowledged.ts';
import { type Dealt, hostilePlan, truePath } from './hostile-plan.ts';
import { lateMs, oddities } from './oddities.ts';
import { type Lasting, withLasting } from './lasting.ts';
import { type Draw, pick } from './oddity.ts';
import { personActs } from './person-acts.ts';
import { startPortalElsewhere } from './portal-elsewhere.ts';
import { holdRunningTime, type RunningTime } from './running-time.ts';
import { storeActs } from './store-acts.ts';
import type { Walk } from './walk.ts';

export type ScheduleKind = 'practice' | 'contract';

/**
 * How the evening ends once the portal is well: a person presses until all is done; the program is started again and left to itself; or
 * nothing happens at all, and its own waits must end.
 */
export const endings = ['pressed', 'started again', 'left alone'] as const;
export type Ending = (typeof endings)[number];

/** What several schedules did together. `lacks`: oddities that none of them met. */
export type Batch = Dealt & {
  readonly happened: Map<string, number>;
  readonly lacks: () => readonly string[];
};

/** One walk through everything at once, with what it acknowledged. */
export type Schedule = Pick<Walk, 'acknowledged' | 'moved' | 'excused' | 'closedSince'> & {
  readonly server: FaultyPortal;
  readonly last: OpenedServices;
  readonly ending: Ending;
  readonly time: RunningTime;
  /** What goes wrong to the end with one item, or null. */
  readonly lasting: Lasting | null;
  readonly offeredAgain: readonly string[];
  readonly astray: readonly string[];
  /** How often each act was done in this schedule. */
  readonly happened: ReadonlyMap<string, number>;
  /** What could not be done at the time, by its error code; each is told to the person and acknowledges nothing. */
  readonly refused: ReadonlyMap<string, number>;
  /** Every act in its order, with its milliseconds from the start: what a seed alone does not bring back. */
  readonly trace: readonly string[];
  readonly end: () => Promise<void>;
};

/** Acts by how often they come, in parts of all together. */
const weights: Readonly<Record<string, number>> = {
  send: 24,
  reply: 28,
  close: 3,
  'reply and close': 3,
  'set aside': 6,
  'take back': 5,
  'remove and send again': 6,
  'another address and back': 3,
  look: 5,
  'look at the queue': 9,
  restart: 5,
  crash: 7,
  'back-up': 4,
  restore: 3,
  clock: 4,
};
export const actNames: readonly string[] = Object.keys(weights);
/** Each schedule has at least one of these. */
const needed = ['restart', 'crash', 'clock', 'restore'] as const;

/** A schedule that lacks something goes on, but not longer than so many times its length. */
const longest = 4;
/** The last one of a batch makes up for what all of them lack, however rare it is. */
const longestOfLast = 10;

/** Acts in vain that cost no step while something lacks, and how long the portal is given after each, in milliseconds. */
const mostIdle = 600;
const idleMs = 100;

/** Between two look-ups that find nothing, in milliseconds: what a busy PC gave up on may still be booked, but no longer than that. */
export const lookUpGapMs = 300;

/**
 * Between two looks that find no file, in milliseconds: no portal books later than within it, and a file that is hidden for longer would be
 * offered again, and rightly.
 */
const bookingMs = lateMs + 500;

/** Short deadlines, so that silence costs little, and pieces so small that a file has several. Milliseconds and bytes. */
const limits = {
  connectMs: 1_000,
  idleMs: 400,
  totalMs: 900,
  chunkTotalMs: 1_500,
  chunkBytes: 128 * 1024,
} as const;

export function newBatch(): Batch {
  const met = new Map<string, number>();
  return {
    dealt: new Map(),
    met,
    happened: new Map(),
    lacks: () => oddities.flatMap(({ name }) => (met.has(name) ? [] : [name])),
  };
}

const plus = (map: Map<string, number>, name: string): void => void map.set(name, (map.get(name) ?? 0) + 1);

/** The PC's clock, which a schedule sets; the running time does what it does. */
function settableClock({ nowMs }: RunningTime): Clock & { shiftMs: number } {
  return {
    shiftMs: 0,
    instant() {
      return new Date(Date.now() + this.shiftMs).toISOString();
    },
    monotonicMs: nowMs,
  };
}

/** Files that the queue has of what was acknowledged: sent, or to be sent. */
function filesOnTheirWay({ acknowledged, shop }: Walk): number {
  const items = [...acknowledged.tickets].flatMap((id) => shop.services.context.outbox.readableOfTicket(id));
  return items.filter(({ work }) => work.kind === 'upload-attachment').length;
}

/** What a schedule still lacks, as acts that bring it nearer; the last one of a batch makes up for all. */
function lacking(
  walk: Walk,
  happened: ReadonlyMap<string, number>,
  batch: Batch,
  isLast: boolean,
  lasting: Lasting | null,
): readonly string[] {
  const acknowledged = without(walk.acknowledged, lasting?.itemIn(walk.shop)?.ticketId ?? null);
  const { edits, files, tickets, closings } = acknowledged;
  const hasFiles = files.size >= floors.files && filesOnTheirWay(walk) >= floors.sentFiles;
  const enough = edits.size >= floors.edits && hasFiles && tickets.size >= floors.tickets;
  const missing = [
    ...(enough ? [] : ['send']),
    ...(replyCount(acknowledged) >= floors.replies ? [] : ['reply', 'look', 'look at the queue']),
  ];
  // What rests for an hour at a portal's word is asked for by the person's look, and by nothing else here.
  if (closings.size < floors.closings) missing.push('reply and close', 'look', 'look at the queue');
  for (const name of needed)
    if (!happened.has(name))
      missing.push(...(name === 'restore' && !happened.has('back-up') ? ['back-up'] : [name]));
  if (!isLast) return missing;
  for (const name of Object.keys(personActs))
    if (!batch.happened.has(name)) missing.push(name, 'send', 'reply', 'set aside');
  // What a kept address answers is asked only where a start cut an upload off.
  return batch.lacks().length > 0
    ? [...missing, 'send', 'reply', 'look', 'look at the queue', 'restart']
    : missing;
}

/** Part of all requests that meets something, and what meets one item for ever. */
type Hostility = { readonly share: number; readonly lasting: Lasting | null };

/** A workshop, a portal that lies to it and one at another address, before the first step. */
async function opened(draw: Draw, kind: ScheduleKind, hostile: Hostility, batch: Batch, time: RunningTime) {
  const folder = freshFolder();
  // One portal of the two looks at no key, so that only who asks before sending again sends once.
  const forgetsKeys = kind === 'contract';
  const server = await startFaultyPortal({
    dataFolder: join(folder, 'portal'),
    journalFile: join(folder, 'journal.jsonl'),
    ignoresKeys: forgetsKeys,
    truePath,
  });
  const elsewhere = await startPortalElsewhere();
  const clock = settableClock(time);
  const practice: RunningPractice = { url: server.url, token: server.token, stop: async () => undefined };
  const open = async (dataFolder: string): Promise<OpenedServices> => {
    const shop = await openTestWorkshop(dataFolder, {
      clock,
      startPractice: async () => practice,
      keychain: {
        read: async (account) => ({
          kind: 'present',
          secret: account.endsWith(server.url) ? server.token : 'another',
        }),
        save: async () => undefined,
        remove: async () => false,
      },
      timing: { gapMs: lookUpGapMs, bookingMs, syncMs: 60, leastApartMs: 5, limits },
      random: () => 0.005,
    });
    await shop.services.start();
    return shop;
  };
  const liar = hostilePlan({
    ...batch,
    draw,
    forgetsKeys,
    share: () => hostile.share,
    known: () =>
      [...walk.acknowledged.tickets].flatMap((reference) => {
        const number = walk.shop.services.context.tickets.find(reference)?.number ?? null;
        return number === null ? [] : [{ reference, number }];
      }),
  });
  const walk: Walk = {
    shop: await open(freshFolder()),
    acknowledged: blank(),
    backedUp: null,
    draw,
    moved: new Set(),
    replaced: new Map(),
    resent: new Set(),
    excused: new Set(),
    closedSince: new Set(),
    clock,
    server,
    elsewhere,
    open,
    home: async () => {
      await walk.shop.call('choosePortal', kind === 'practice' ? { kind } : { kind, url: server.url });
    },
    cutOff: () => server.setFault({ kind: 'reset', commits: false }),
    goOn: () => server.setFault(withLasting(hostile.lasting, liar.plan)),
  };
  walk.goOn();
  await walk.shop.call('saveProfile', {
    customerCode: 'ALI-1',
    company: 'Rossi',
    email: 'a@b.example',
    ticketLanguage: 'it',
  });
  await walk.shop.call('saveSettings', {
    ...walk.shop.services.context.profile.settings(),
    sendOutsideHours: true,
  });
  if (kind === 'contract') await walk.home();
  return { walk, liar };
}

function isElsewhere({ shop, elsewhere }: Walk): boolean {
  const choice = shop.services.link.choice();
  return choice.kind === 'contract' && choice.url === elsewhere.url;
}

/** Running time that passes with each step while something lasts, in milliseconds. */
const lastingPassMs = 60_000;
/** Requests sent until one of them is the one. */
const mostToBind = 30;

/** The store may have gone back to a time before the one item: then another one is it. */
async function bindToStore(walk: Walk, lasting: Lasting | null): Promise<void> {
  if (lasting === null || lasting.isDelivered) return;
  for (let sent = 0; sent < mostToBind && lasting.itemIn(walk.shop) === null; sent += 1) {
    if (sent === 0) lasting.bindAnew();
    await personActs['send']?.(walk);
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
}

/**
 * Walks one schedule: `steps` steps of a workshop's work drawn by the seed, against a portal that lies in `share` of its answers, with
 * restarts, crashes, restores from a backup and clock jumps between them, until it has done what proves anything.
 */
export async function walkSchedule(
  seed: number,
  kind: ScheduleKind,
  steps: number,
  batch: Batch,
  isLast = false,
  ending: Ending = 'pressed',
  share = 0.35,
  lasting: Lasting | null = null,
): Promise<Schedule> {
  const draw = seededRandom(seed);
  const happened = new Map<string, number>();
  const refused = new Map<string, number>();
  const trace: string[] = [];
  const begunMs = performance.now();
  const time = holdRunningTime();
  const hostile = { share, lasting };
  const { walk, liar } = await opened(draw, kind, hostile, batch, time);
  const did = (name: string): void => {
    plus(happened, name);
    plus(batch.happened, name);
  };
  const bag = Object.entries(weights).flatMap(([name, weight]) => Array.from({ length: weight }, () => name));
  let idle = 0;
  for (let step = 0; step < (isLast ? longestOfLast : longest) * steps; ) {
    const missing = step < steps ? [] : lacking(walk, happened, batch, isLast, lasting);
    if (step >= steps && missing.length === 0) break;
    const name = pick(missing.length === 0 ? bag : missing, draw);
    trace.push(`${Math.round(performance.now() - begunMs)} ${name}`);
    const [ofStore, ofPerson] = [storeActs[name], personActs[name]];
    let isDone = ofStore !== undefined && (await ofStore(walk));
    try {
      isDone ||= ofPerson !== undefined && (await ofPerson(walk));
    } catch (error) {
      plus(refused, error instanceof Error ? `${name}: ${error.message}` : String(error));
    }
    if (isDone) did(name);
    // What is still lacking may have to wait for the portal: on a busy PC an act with nothing to be done to is no step.
    if ((isDone && !name.startsWith('look')) || step < steps || idle > mostIdle) step += 1;
    else {
      idle += 1;
      await new Promise((resolve) => setTimeout(resolve, idleMs));
    }
    await new Promise((resolve) => setTimeout(resolve, Math.floor(draw() * 50)));
    // What waits for the one item waits as long as it must, and not for the time a test takes.
    if (lasting !== null) time.pass(lastingPassMs);
  }
  await bindToStore(walk, lasting);
  // From here on the portal tells the truth, on a PC whose clock is right.
  hostile.share = 0;
  walk.clock.shiftMs = 0;
  if (ending !== 'left alone') {
    const { dataFolder } = walk.shop;
    await walk.shop.services.stop();
    walk.shop = await walk.open(dataFolder);
  }
  // To choose a portal is to press.
  if (ending === 'pressed' || isElsewhere(walk)) await walk.home();
  return {
    ...walk,
    last: walk.shop,
    ending,
    lasting,
    time,
    offeredAgain: liar.offeredAgain,
    astray: walk.elsewhere.astray,
    happened,
    refused,
    trace,
    end: async () => {
      time.end();
      await walk.shop.services.stop();
      await walk.server.stop();
      await walk.elsewhere.stop();
    },
  };
}
