import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { holdTime, later, lost, pass, queueStand, type QueueStand } from './queue-stand.ts';

beforeEach(() => holdTime());
afterEach(() => vi.useRealTimers());

const minute = 60_000;
const hour = 60 * minute;

/** So many requests more behind the first one, as its own row says but for their ids. */
function fillBehind({ db }: QueueStand, count: number): void {
  const names = (table: string): string =>
    db
      .prepare(
        "select group_concat(name) from pragma_table_info(?) where name not in ('id', 'sequence', 'idempotency_key', 'ticket_id')",
      )
      .pluck()
      .get(table) as string;
  const ids = `with recursive n(i) as (select 1 union all select i + 1 from n where i < ${count}) `;
  const uuid = (kind: number): string => `printf('%08d-0000-4000-8000-00000000000${kind}', i)`;
  db.exec(
    `${ids} insert into tickets (id, ${names('tickets')}) select ${uuid(1)}, ${names('tickets')} from n, tickets`,
  );
  db.exec(
    `${ids} insert into outbox (id, ticket_id, idempotency_key, ${names('outbox')}) select ${uuid(2)}, ${uuid(1)}, ${uuid(3)}, ${names('outbox')} from n, outbox order by i`,
  );
}

test.each([
  ['cannot be reached', later('portal.unreachable')],
  ['loses each answer', lost(false)],
] as const)(
  'an outage with ten thousand requests in the queue reads a bounded number of them for each try: a portal that %s',
  async (_what, away) => {
    let reads = 0;
    const stand = await queueStand();
    const { find } = stand.context.tickets;
    await stand.newTicket();
    fillBehind(stand, 10_000);
    expect(stand.context.outbox.countWaiting('practice')).toBe(10_001);
    Object.assign(stand.context.tickets, {
      find: (id: Parameters<typeof find>[0]) => {
        reads += 1;
        return find(id);
      },
    });
    stand.answerWith(() => away);
    stand.sender.start();
    await pass(minute);
    reads = 0;
    const before = stand.asked.length;
    await pass(3 * hour);
    const tries = stand.asked.length - before;
    expect(tries).toBeGreaterThan(10);
    expect(reads).toBeGreaterThan(0);
    expect(reads).toBeLessThan(tries * 100);
    await stand.sender.stop();
  },
  120_000,
);
