import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { TicketId } from '../../shared/domain/ids.ts';
import type { OutboxItem } from '../../shared/domain/outbox-item.ts';
import { holdTime, lost, pass, queueStand, type QueueStand, well } from './queue-stand.ts';

beforeEach(() => holdTime());
afterEach(() => vi.useRealTimers());

const minute = 60_000;
const hour = 60 * minute;

type Keyless = {
  readonly stand: QueueStand;
  readonly ticketId: TicketId;
  readonly replyId: string;
  readonly id: OutboxItem['id'];
};

/** A file arrived, its answer was lost, and its row was spoiled meanwhile, its key with it. */
async function keyless(): Promise<Keyless> {
  const stand = await queueStand();
  const ticketId = await stand.newTicket();
  stand.sender.start();
  await pass(minute);
  const replyId = stand.reply(ticketId, 'Ecco il log', 1);
  stand.answerWith((act) => (act === 'upload' ? lost(true) : well));
  await pass(10_000);
  await stand.sender.stop();
  const file = stand.itemsOf(ticketId).find(({ work }) => work.kind === 'upload-attachment');
  if (file === undefined) throw new Error('no file');
  expect(stand.taken.filter(({ kind }) => kind === 'file')).toHaveLength(1);
  expect(file.state).toBe('queued');
  expect(
    stand.db.prepare("update outbox set idempotency_key = 'x', state = 'flying' where id = ?").run(file.id)
      .changes,
  ).toBe(1);
  stand.answerWith(() => well);
  await stand.restart();
  return { stand, ticketId, replyId, id: file.id };
}

test('K3: file that may have arrived and whose row lost its key goes no second time when it is brought back: a person is asked', async () => {
  const { stand, id } = await keyless();
  stand.context.spoiled.mend(id, new Date().toISOString());
  expect(stand.sender.resume(id)).toBe(true);
  await pass(hour);
  expect(stand.context.outbox.find(id)?.state).toBe('to-verify');
  expect(stand.taken.filter(({ kind }) => kind === 'file')).toHaveLength(1);
  stand.sender.decide(id, { kind: 'userSaysArrived' }, { kind: 'uploaded', receipt: null });
  expect(stand.context.outbox.find(id)?.state).toBe('accepted');
});

test('file whose row lost its key is not sent along when its reply is brought back', async () => {
  const { stand, ticketId, id: fileId } = await keyless();
  const reply = stand.context.outbox
    .readableOfTicket(ticketId)
    .find(({ work }) => work.kind === 'send-message');
  if (reply === undefined) throw new Error('no reply');
  const { id } = reply;
  stand.db.prepare("update outbox set state = 'flying' where id = ?").run(id);
  stand.context.spoiled.mend(id, new Date().toISOString());
  expect(stand.sender.resume(id)).toBe(true);
  await pass(hour);
  expect(stand.context.outbox.find(id)?.state).toBe('accepted');
  expect(stand.context.outbox.find(fileId)?.state).toBe('to-verify');
  expect(stand.taken.filter(({ kind }) => kind === 'file')).toHaveLength(1);
});

test('file whose row lost its key is there when news of its request named it by size and hash', async () => {
  const { stand, replyId, id } = await keyless();
  const named = [{ evidenceId: null, name: 'ktag.log', sizeBytes: 10, sha256: 'a'.repeat(64) }];
  const evidenceId = stand.db
    .prepare("select json_extract(work, '$.evidenceId') from outbox where id = ?")
    .pluck()
    .get(id);
  stand.db
    .prepare(
      "insert into evidence (id, name, sha256, size_bytes, kind, origin, tail_only, file_modified_at, frozen_at) values (?, 'ktag.log', ?, 10, 'log', 'dropped', 0, ?, ?)",
    )
    .run(evidenceId, 'a'.repeat(64), new Date().toISOString(), new Date().toISOString());
  stand.db.prepare('update messages set attachments = ? where id = ?').run(JSON.stringify(named), replyId);
  expect(stand.context.spoiled.mend(id, new Date().toISOString())?.state).toBe('accepted');
});
