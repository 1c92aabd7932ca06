import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Schedule } from './schedule.ts';
import { type SeenItem, type Verdict, verdictOf } from './verdict.ts';

const settleMs = 90_000;
/** Looks at the news before a person is asked what nobody else can tell. */
const looksBeforeAsking = 5;

/** Waits until nothing moves any more: each look is the person's own, so that no wait of an hour is waited for, and so is what only they can decide. */
async function settle({ last, moved }: Schedule): Promise<void> {
  const end = Date.now() + settleMs;
  for (let looks = 0; Date.now() < end; looks += 1) {
    await last.call('syncNow', {});
    let waiting = 0;
    for (const { id, state, lastError } of await last.call('outbox', {})) {
      const key = last.services.context.outbox.find(id)?.idempotencyKey ?? '';
      if (state === 'set-aside') await last.call('retryOutboxItem', { id });
      // The portal named another file under its reference; the person does not believe it.
      else if (state === 'rejected' && lastError?.code === 'portal.conflict') {
        moved.add(key);
        await last.call('retryOutboxItem', { id });
      } else if (state === 'to-verify' && looks > looksBeforeAsking) {
        moved.add(key);
        await last.call('decideOutboxItem', { id, decision: { kind: 'send-again' } });
      } else if (state === 'rejected') continue;
      waiting += 1;
    }
    if (waiting === 0) break;
    await new Promise((resolve) => setTimeout(resolve, 60));
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
  await settle(schedule);
  const { acknowledged, moved, excused, last, server } = schedule;
  const { context } = last.services;
  const ids = new Set([...acknowledged.tickets, ...acknowledged.edits.keys()]);
  const left = new Set((await last.call('outbox', {})).map(({ id }) => id));
  const items = [...acknowledged.tickets].flatMap((id) =>
    context.outbox.ofTicket(id).filter((item) => item.state !== 'set-aside' || left.has(item.id)),
  );
  const others = context.outbox.open().filter(({ ticketId }) => !acknowledged.tickets.has(ticketId));
  const requests = (await last.call('requests', { filter: 'all', text: '', offset: 0 })).rows;
  return verdictOf({
    acknowledged,
    moved,
    excused,
    journal: server.journal(),
    offeredAgain: schedule.offeredAgain,
    astray: schedule.astray,
    tickets: new Map(
      [...ids].map((id) => {
        const ticket = context.tickets.find(id);
        const content = context.drafts.find(id)?.content ?? ticket?.content ?? null;
        return [
          id,
          { number: ticket?.number ?? null, isClosed: ticket?.state === 'closed', problem: content?.fields.problem?.text ?? null },
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
