import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { AppFault } from '../../shared/domain/app-error.ts';
import { typedTicketNumberSchema } from '../../shared/domain/ids.ts';
import type { OutboxItem } from '../../shared/domain/outbox-item.ts';
import { without } from './acknowledged.ts';
import { lookUpGapMs, type Schedule } from './schedule.ts';
import { type SeenItem, type Verdict, verdictOf } from './verdict.ts';

/** For how long nothing may come about, and for how long it all may take however slow the PC is. Milliseconds. */
const standsMs = 90_000;
const longestMs = 400_000;
const roundMs = 60;
/** Looks of the program, or of the person, at the news before a person is asked what nobody else can tell. */
const looksBeforeAsking = 5;
/** Running time that passes between two rounds in which nobody does anything: the longest wait, an hour, is over after a second. */
const passMs = 5 * 60_000;

type Row = Awaited<ReturnType<Schedule['last']['services']['handlers']['outbox']>>[number];

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const moves = ({ state }: Row): boolean => state === 'queued' || state === 'sending' || state === 'unknown';
/** The ticket was closed or written to elsewhere while the reply waited: it goes when a person says so. */
const isInConflict = (hold: Row['hold']): boolean => hold?.kind === 'conflict';
/** Only a person can say what becomes of it: a file under a number the portal told wrongly is on another's ticket, and goes again once they say so. */
const isPersons = ({ state, lastError, hold }: Row): boolean =>
  isInConflict(hold) ||
  state === 'set-aside' ||
  state === 'to-verify' ||
  (state === 'rejected' && lastError?.code === 'portal.conflict');

/** What a person finds who looks on the portal's own site: the number of the ticket that has it, or null where it is not there. */
function seenOnPortal(
  { server, last }: Schedule,
  { work, ticketId, idempotencyKey }: OutboxItem,
): string | null {
  const journal = server.journal();
  if (work.kind === 'close-ticket') {
    const number = last.services.context.tickets.find(ticketId)?.number ?? null;
    return journal.some((entry) => entry.kind === 'closing' && entry.number === number) ? number : null;
  }
  const [kind, reference] =
    work.kind === 'create-ticket'
      ? ['ticket', ticketId]
      : work.kind === 'send-message'
        ? ['message', work.messageId]
        : ['attachment', idempotencyKey];
  const there = journal.flatMap((entry) =>
    entry.kind === 'transfer' || entry.kind === 'closing' || entry.kind === 'chunk' ? [] : [entry],
  );
  return there.find((entry) => entry.kind === kind && entry.clientReference === reference)?.number ?? null;
}

/** Another request here has that number by a wrong answer of the portal's: it is asked about that one first, and the person says it again. */
function untilTheOtherIsAsked(fault: unknown): void {
  if (!(fault instanceof AppFault) || fault.error.code !== 'outbox.numberTaken') throw fault;
}

/** What only a person can decide is decided. True when there was something. */
async function decided(schedule: Schedule, rows: readonly Row[]): Promise<boolean> {
  const { last, moved } = schedule;
  for (const { id, state, hold } of rows.filter(isPersons)) {
    const item = last.services.context.outbox.find(id);
    if (item === null) continue;
    if (isInConflict(hold)) {
      await last.call('holdOutboxItem', { id, hold: null });
      continue;
    }
    if (state !== 'set-aside') moved.add(item.idempotencyKey);
    const number = state === 'to-verify' ? seenOnPortal(schedule, item) : null;
    if (number !== null)
      await last
        .call('decideOutboxItem', {
          id,
          decision: { kind: 'arrived', number: typedTicketNumberSchema.parse(number) },
        })
        .catch(untilTheOtherIsAsked);
    else if (state === 'to-verify')
      await last.call('decideOutboxItem', { id, decision: { kind: 'send-again' } });
    else await last.call('retryOutboxItem', { id });
  }
  return rows.some(isPersons);
}

/** True when nothing came about for `standsMs`: no item has another state, and the portal took nothing. A busy PC is slow, and not stuck. */
function standing({ server }: Schedule): (rows: readonly Row[]) => boolean {
  const begunMs = performance.now();
  let movedMs = begunMs;
  let before = '';
  return (rows) => {
    const now = `${server.journal().length} ${rows.map(({ id, state }) => `${id} ${state}`).join()}`;
    if (now !== before) movedMs = performance.now();
    before = now;
    return performance.now() - movedMs > standsMs || performance.now() - begunMs > longestMs;
  };
}

/** Nobody presses anything: what moves by itself must come to its end by the program's own waits, whatever their length. */
async function drain(
  { last, time, lasting }: Schedule,
  stands: ReturnType<typeof standing>,
): Promise<readonly Row[]> {
  for (let quiet = 0; ; ) {
    const rows = await last.call('outbox', {});
    // What is in doubt may still be booked by the portal, in its own time.
    await pause(rows.some(({ state }) => state === 'unknown') ? 2 * lookUpGapMs : roundMs);
    const held = new Set<Row['ticketId'] | undefined>(
      [...rows.filter(isPersons), lasting?.itemIn(last)].map((item) => item?.ticketId),
    );
    quiet = rows.some((row) => moves(row) && !held.has(row.ticketId)) ? 0 : quiet + 1;
    if (quiet > looksBeforeAsking || stands(rows)) return rows;
    // An exchange under way has its own time.
    if (!rows.some(({ state }) => state === 'sending')) time.pass(passMs);
  }
}

/** Waits until nothing moves any more without anybody's help; then, and only then, a person decides what nobody else can. */
async function settleUnpressed(schedule: Schedule): Promise<void> {
  const stands = standing(schedule);
  let rows = await drain(schedule, stands);
  while (!stands(rows) && (await decided(schedule, rows))) rows = await drain(schedule, stands);
}

/** Waits until nothing moves any more: each look is the person's own, and so is what only they can decide. */
async function settlePressed(schedule: Schedule): Promise<void> {
  const { last } = schedule;
  const stands = standing(schedule);
  for (let looks = 0; ; looks += 1) {
    await last.call('syncNow', {});
    const rows = await last.call('outbox', {});
    if (stands(rows)) break;
    const isAsked = await decided(
      schedule,
      rows.filter(({ state }) => state !== 'to-verify' || looks > looksBeforeAsking),
    );
    if (!isAsked && !rows.some((row) => moves(row) || isPersons(row))) break;
    await pause(roundMs);
  }
  await last.call('syncNow', {});
}

/** Every frozen file of the store by its hash, worked out anew. */
function hashesIn(folder: string): Set<string> {
  const found = new Set<string>();
  const walk = (inside: string): void => {
    for (const name of existsSync(inside) ? readdirSync(inside) : []) {
      const path = join(inside, name);
      if (statSync(path).isDirectory()) walk(path);
      else found.add(createHash('sha256').update(readFileSync(path)).digest('hex'));
    }
  };
  walk(folder);
  return found;
}

/** Compares what was acknowledged with the portal's journal, the store and the files, after everything had time to settle. */
export async function judge(schedule: Schedule): Promise<Verdict> {
  await (schedule.ending === 'pressed' ? settlePressed : settleUnpressed)(schedule);
  const { moved, excused, closedSince, last, server } = schedule;
  const { context } = last.services;
  const one = schedule.lasting?.itemIn(last)?.ticketId ?? null;
  const acknowledged = without(schedule.acknowledged, one);
  const ids = new Set([...acknowledged.tickets, ...acknowledged.edits.keys()]);
  const left = new Set((await last.call('outbox', {})).map(({ id }) => id));
  const items = [...acknowledged.tickets].flatMap((id) =>
    context.outbox.ofTicket(id).filter((item) => item.state !== 'set-aside' || left.has(item.id)),
  );
  const others = context.outbox
    .open()
    .filter(({ ticketId }) => ticketId !== one && !acknowledged.tickets.has(ticketId));
  const requests = (await last.call('requests', { filter: 'all', text: '', offset: 0 })).rows;
  return verdictOf({
    acknowledged,
    moved,
    excused,
    closedSince,
    journal: server.journal(),
    offeredAgain: schedule.offeredAgain,
    astray: schedule.astray,
    tickets: new Map(
      [...ids].map((id) => {
        const ticket = context.tickets.find(id);
        const content = context.drafts.find(id)?.content ?? ticket?.content ?? null;
        return [
          id,
          {
            number: ticket?.number ?? null,
            isClosed: ticket?.state === 'closed',
            problem: content?.fields.problem?.text ?? null,
          },
        ];
      }),
    ),
    items: [...items, ...others].map(
      ({ ticketId, work, idempotencyKey, state, lastError }): SeenItem => ({
        ticketId,
        work,
        key: idempotencyKey,
        state,
        error: lastError,
      }),
    ),
    hashes: hashesIn(join(last.dataFolder, 'evidence')),
    shown: requests.flatMap((row) => (row.number === null ? [] : [row.number])),
  });
}
