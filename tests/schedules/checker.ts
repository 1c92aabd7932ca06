import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { JournalEntry } from '../portal/journal.ts';
import type { Schedule } from './schedule.ts';

/** What a schedule did wrong, each as a sentence, and how much it did at all: figures of nothing prove nothing. */
export type Verdict = {
  readonly lost: readonly string[];
  readonly double: readonly string[];
  readonly disordered: readonly string[];
  readonly stuck: readonly string[];
  readonly counts: {
    readonly edits: number;
    readonly files: number;
    readonly tickets: number;
    readonly replies: number;
    readonly closings: number;
    /** Files that are on the portal, as the store says. */
    readonly sentFiles: number;
  };
};

const settleMs = 90_000;

/** Waits until nothing moves any more: each look is the person's own, so that no wait of an hour is waited for. */
async function settle({ last }: Schedule): Promise<void> {
  const end = Date.now() + settleMs;
  while (last.workshop.rooms.outbox.open().length > 0 && Date.now() < end) {
    await last.call('syncNow', {});
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  await last.call('syncNow', {});
}

function twice(names: readonly string[]): string[] {
  return names.filter((name, index) => names.indexOf(name) !== index);
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

type Kind<K extends JournalEntry['kind']> = Extract<JournalEntry, { kind: K }>;

/** Compares what was acknowledged with the portal's journal, the store and the files, after everything had time to settle. */
export async function judge(schedule: Schedule): Promise<Verdict> {
  await settle(schedule);
  const { acknowledged, last, server } = schedule;
  const { rooms } = last.workshop;
  const journal = server.journal();
  const of = <K extends JournalEntry['kind']>(kind: K): Kind<K>[] => journal.filter((entry): entry is Kind<K> => entry.kind === kind);
  const [tickets, messages, uploads] = [of('ticket'), of('message'), of('attachment')];
  const lost: string[] = [];
  const disordered: string[] = [];

  const listed = new Set(tickets.map((entry) => entry.clientReference));
  for (const id of acknowledged.tickets) {
    const number = rooms.tickets.find(id)?.number ?? null;
    if (!listed.has(id)) lost.push(`ticket ${id} never reached the portal`);
    else if (number === null || !tickets.some((entry) => entry.clientReference === id && entry.number === number))
      lost.push(`ticket ${id} does not have its number here`);
  }
  for (const [id, text] of acknowledged.edits) {
    const content = rooms.drafts.find(id)?.content ?? rooms.tickets.find(id)?.content ?? null;
    if (content?.fields.problem?.text !== text) lost.push(`edit of ${id}`);
  }
  const hashes = hashesIn(join(last.dataFolder, 'evidence'));
  for (const [id, sha256] of acknowledged.files) if (!hashes.has(sha256)) lost.push(`file ${id}`);

  // What the store says of a file must be so: sent means that the portal has it, and none is given up but with its closed ticket.
  const booked = new Set(uploads.map((entry) => entry.clientReference));
  let sentFiles = 0;
  for (const id of acknowledged.tickets)
    for (const item of rooms.outbox.ofTicket(id)) {
      if (item.work.kind !== 'upload-attachment') continue;
      const isBooked = booked.has(item.idempotencyKey);
      if (item.state === 'accepted' && isBooked) sentFiles += 1;
      else if (item.state === 'accepted') lost.push(`file ${item.work.evidenceId} is said to be sent and is not on the portal`);
      else if (item.state === 'rejected' && item.lastError?.params['reason'] !== 'ticket-closed')
        lost.push(`file ${item.work.evidenceId} was given up: ${item.lastError?.code ?? ''}`);
    }

  const arrived = messages.map((entry) => entry.clientReference);
  for (const [id, written] of acknowledged.replies) {
    const items = rooms.outbox.ofTicket(id);
    const refused = new Set(
      items.flatMap(({ work, state }) => (work.kind === 'send-message' && state === 'rejected' ? [work.messageId] : [])),
    );
    for (const message of written) if (!arrived.includes(message) && !refused.has(message)) lost.push(`reply ${message}`);
    const inOrder = written.filter((message) => arrived.includes(message));
    const asTaken = arrived.filter((reference) => inOrder.some((message) => message === reference));
    if (inOrder.join() !== asTaken.join()) disordered.push(`replies of ${id}`);
    const number = rooms.tickets.find(id)?.number;
    const closedAt = journal.findIndex((entry) => entry.kind === 'closing' && entry.number === number);
    const lastWord = journal.findLastIndex((entry) => entry.kind === 'message' && entry.number === number);
    if (acknowledged.closings.has(id) && closedAt !== -1 && closedAt < lastWord) disordered.push(`closing of ${id}`);
  }
  for (const id of acknowledged.closings) if (rooms.tickets.find(id)?.state !== 'closed') lost.push(`closing of ${id}`);

  const requests = (await last.call('requests', { filter: 'all', text: '', offset: 0 })).rows;
  const shown = requests.flatMap((row) => (row.number === null ? [] : [row.number]));
  return {
    lost,
    double: [
      ...twice(tickets.map((entry) => entry.clientReference)),
      ...twice(arrived),
      ...twice(uploads.map((entry) => entry.clientReference)),
      ...twice(shown).map((number) => `two requests shown with ${number}`),
    ],
    disordered,
    stuck: rooms.outbox.open().map((item) => `${item.work.kind} ${item.state} ${item.lastError?.code ?? ''}`),
    counts: {
      edits: acknowledged.edits.size,
      files: acknowledged.files.size,
      tickets: acknowledged.tickets.size,
      replies: [...acknowledged.replies.values()].reduce((sum, written) => sum + written.length, 0),
      closings: acknowledged.closings.size,
      sentFiles,
    },
  };
}
