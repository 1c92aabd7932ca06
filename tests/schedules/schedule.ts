import { cpSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunningPractice } from '../../electron/portal/open-portal.ts';
import type { Clock } from '../../electron/platform/clock.ts';
import { writeBackup } from '../../electron/store/backup.ts';
import type { EvidenceId, MessageId, TicketId } from '../../shared/domain/ids.ts';
import { freshFolder, type OpenedWorkshop, openTestWorkshop, readyDraft } from '../integration/workshop-fixture.ts';
import { noFault, seededRandom } from '../portal/fault.ts';
import { type FaultyPortal, startFaultyPortal } from '../portal/faulty-portal.ts';
import { hostilePlan } from './hostile-plan.ts';

/** What the program said it had taken: all of it must be found again, and on the portal once. */
export type Acknowledged = {
  readonly edits: Map<TicketId, string>;
  readonly files: Map<EvidenceId, string>;
  readonly tickets: Set<TicketId>;
  readonly replies: Map<TicketId, MessageId[]>;
  readonly closings: Set<TicketId>;
};

export type ScheduleKind = 'practice' | 'contract';

/** One walk through everything at once, with what it acknowledged. */
export type Schedule = {
  readonly server: FaultyPortal;
  readonly acknowledged: Acknowledged;
  readonly last: OpenedWorkshop;
  /** Counts of what happened: crash, restart, restore, clock, and each kind of fault met. */
  readonly happened: ReadonlyMap<string, number>;
  /** What could not be done at the time, by its error code; each is told to the person and acknowledges nothing. */
  readonly refused: ReadonlyMap<string, number>;
  readonly end: () => Promise<void>;
};

/** Least work of one schedule that proves anything; one that has less goes on, though not for ever. */
export const floors = { edits: 10, files: 10, tickets: 5, replies: 5 } as const;
const longest = 5;

const files = ['18:01:44 ERR back checksum\n', '18:05:10 Communication error\n'];

function blank(): Acknowledged {
  return { edits: new Map(), files: new Map(), tickets: new Set(), replies: new Map(), closings: new Set() };
}

function copyOf(acknowledged: Acknowledged): Acknowledged {
  return {
    edits: new Map(acknowledged.edits),
    files: new Map(acknowledged.files),
    tickets: new Set(acknowledged.tickets),
    replies: new Map([...acknowledged.replies].map(([id, messages]) => [id, [...messages]])),
    closings: new Set(acknowledged.closings),
  };
}

/** The PC's clock, which a schedule sets; the running time is nobody's to set. */
function settableClock(): Clock & { shiftMs: number } {
  return {
    shiftMs: 0,
    instant() {
      return new Date(Date.now() + this.shiftMs).toISOString();
    },
    monotonicMs: () => performance.now(),
  };
}

/**
 * Walks one schedule: `steps` steps of a workshop's work drawn by the seed, against a portal that lies in `share` of its answers, with
 * restarts, crashes, restores from a backup and clock jumps between them. A crash is a copy of the store at a moment when nothing more
 * reaches the portal: what the copy does not know of never happened on this PC, and what was on its way may have arrived.
 */
export async function walkSchedule(seed: number, kind: ScheduleKind, steps: number, share = 0.35): Promise<Schedule> {
  const draw = seededRandom(seed);
  const folder = freshFolder();
  const server = await startFaultyPortal({ dataFolder: join(folder, 'portal'), journalFile: join(folder, 'journal.jsonl') });
  const happened = new Map<string, number>();
  const refused = new Map<string, number>();
  const count = (map: Map<string, number>, name: string): void => void map.set(name, (map.get(name) ?? 0) + 1);
  let hostile = share;
  server.setFault(hostilePlan(draw, () => hostile, happened));
  const clock = settableClock();
  const practice: RunningPractice = { url: server.url, token: server.token, stop: async () => undefined };
  const open = async (dataFolder: string): Promise<OpenedWorkshop> => {
    const opened = await openTestWorkshop(dataFolder, {
      clock,
      startPractice: async () => practice,
      keychain: { read: async () => ({ kind: 'present', secret: server.token }), save: async () => undefined, remove: async () => false },
      timing: { gapMs: 20, syncMs: 60, leastApartMs: 5 },
      random: () => 0.005,
    });
    await opened.workshop.start();
    return opened;
  };

  let acknowledged = blank();
  let backedUp: Acknowledged | null = null;
  let shop = await open(freshFolder());
  if (kind === 'contract') {
    await shop.call('saveProfile', { customerCode: 'ALI-1', company: 'Rossi', email: 'a@b.example', ticketLanguage: 'it' });
    await shop.call('saveSettings', { ...shop.workshop.rooms.profile.settings(), sendOutsideHours: true });
    await shop.call('choosePortal', { kind: 'contract', url: server.url });
  }
  /** Work that may be refused at the time says so and is no work done. */
  const attempt = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      count(refused, error instanceof Error ? error.message : String(error));
    }
  };
  const freeze = async (): Promise<EvidenceId[]> => {
    const ids: EvidenceId[] = [];
    for (let wanted = Math.floor(draw() * 3); wanted > 0; wanted -= 1) {
      const path = join(freshFolder(), 'ktag.log');
      writeFileSync(path, `${files[wanted % files.length] ?? ''}${draw()}\n`.repeat(1 + Math.floor(draw() * 400)));
      const report = await shop.workshop.handlers.freezeDroppedFiles?.({ paths: [path] });
      for (const evidence of report?.frozen ?? []) {
        acknowledged.files.set(evidence.id, evidence.sha256);
        ids.push(evidence.id);
      }
    }
    return ids;
  };
  const numbered = (): TicketId[] =>
    [...acknowledged.tickets].filter((id) => {
      const ticket = shop.workshop.rooms.tickets.find(id);
      return ticket !== null && ticket.number !== null && ticket.state !== 'closed' && !acknowledged.closings.has(id);
    });
  const oneOf = (ids: readonly TicketId[]): TicketId | undefined => ids[Math.floor(draw() * ids.length)];

  const acts: Record<string, () => Promise<void>> = {
    send: async () => {
      const text = `Errore in lettura ${draw()}`;
      const draft = await readyDraft(shop, text, await freeze());
      acknowledged.edits.set(draft.id, text);
      if (draw() < 0.2) return;
      await shop.call('sendDraft', draft);
      acknowledged.tickets.add(draft.id);
    },
    reply: async () => {
      const id = oneOf(numbered());
      if (id === undefined) return;
      await shop.call('saveReply', { ticketId: id, text: `Misuro 13,4 V ${draw()}`, evidenceIds: await freeze() });
      const before = new Set(shop.workshop.rooms.messages.ofTicket(id).map((message) => message.id));
      await shop.call('sendReply', { ticketId: id });
      const written = shop.workshop.rooms.messages
        .ofTicket(id)
        .find((message) => !before.has(message.id) && message.author.kind === 'customer');
      if (written !== undefined) acknowledged.replies.set(id, [...(acknowledged.replies.get(id) ?? []), written.id]);
    },
    close: async () => {
      const id = oneOf(numbered());
      if (id === undefined || (acknowledged.replies.get(id)?.length ?? 0) === 0) return;
      await shop.call('closeTicket', { id });
      acknowledged.closings.add(id);
    },
    restart: async () => {
      const { dataFolder } = shop;
      await shop.workshop.stop();
      shop = await open(dataFolder);
      count(happened, 'restart');
    },
    crash: async () => {
      const [before, copy] = [hostile, freshFolder()];
      server.setFault({ kind: 'reset', commits: false });
      cpSync(shop.dataFolder, copy, { recursive: true });
      const known = copyOf(acknowledged);
      await shop.workshop.stop();
      acknowledged = known;
      hostile = before;
      server.setFault(hostilePlan(draw, () => hostile, happened));
      shop = await open(copy);
      count(happened, 'crash');
    },
    'back-up': async () => {
      const { db, folders } = shop.workshop.store;
      if ((await writeBackup(db, folders.backups, 'quarter', clock.instant())) === null) throw new Error('no backup');
      backedUp = copyOf(acknowledged);
      count(happened, 'back-up');
    },
    restore: async () => {
      if (backedUp === null) return;
      const { dataFolder } = shop;
      const { database } = shop.workshop.store.folders;
      await shop.workshop.stop();
      for (const suffix of ['', '-wal']) if (existsSync(database + suffix)) writeFileSync(database + suffix, Buffer.alloc(8_192, 1));
      shop = await open(dataFolder);
      if (shop.workshop.store.health.kind !== 'restored') throw new Error(`not restored but ${shop.workshop.store.health.kind}`);
      acknowledged = backedUp;
      backedUp = copyOf(acknowledged);
      count(happened, 'restore');
    },
    clock: async () => {
      const hours = [-24 * 365, -24, -1, 0, 1, 24, 24 * 3_650];
      clock.shiftMs = (hours[Math.floor(draw() * hours.length)] ?? 0) * 3_600_000;
      count(happened, 'clock');
    },
    look: async () => {
      await shop.call('syncNow', {});
    },
  };
  const weights: readonly (readonly [string, number])[] = [
    ['send', 26],
    ['reply', 32],
    ['close', 5],
    ['restart', 6],
    ['crash', 8],
    ['back-up', 5],
    ['restore', 4],
    ['clock', 4],
    ['look', 10],
  ];
  const isEnough = (): boolean => {
    const replies = [...acknowledged.replies.values()].reduce((sum, written) => sum + written.length, 0);
    const { edits, files, tickets } = acknowledged;
    return edits.size >= floors.edits && files.size >= floors.files && tickets.size >= floors.tickets && replies >= floors.replies;
  };
  const bag = weights.flatMap(([name, weight]) => Array.from({ length: weight }, () => name));
  for (let step = 0; step < steps || (step < longest * steps && !isEnough()); step += 1) {
    const name = bag[Math.floor(draw() * bag.length)] ?? 'look';
    const act = acts[name];
    // What concerns the store itself must never fail.
    if (act !== undefined) await (['restart', 'crash', 'back-up', 'restore', 'clock'].includes(name) ? act() : attempt(act));
    await new Promise((resolve) => setTimeout(resolve, Math.floor(draw() * 60)));
  }
  hostile = 0;
  server.setFault(noFault);
  clock.shiftMs = 0;
  const dataFolder = shop.dataFolder;
  await shop.workshop.stop();
  shop = await open(dataFolder);
  const last = shop;
  return {
    server,
    acknowledged,
    last,
    happened,
    refused,
    end: async () => {
      await last.workshop.stop();
      await server.stop();
    },
  };
}
