import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EvidenceId, MessageId, TicketId } from '../../shared/domain/ids.ts';
import type { OutboxItem } from '../../shared/domain/outbox-item.ts';
import { freshFolder, readyDraft } from '../integration/workshop-fixture.ts';
import type { Acknowledged } from './acknowledged.ts';
import { type Draw, pick } from './oddity.ts';
import type { Act, Walk } from './walk.ts';

const lines = ['18:01:44 ERR back checksum\n', '18:05:10 Communication error\n'];
/** Lines of a small file, and of one that needs several pieces. */
const fewLines = 400;
const manyLines = 7_000;

function oneOf<T>(from: readonly T[], draw: Draw): T | null {
  return from.length === 0 ? null : pick(from, draw);
}

async function freeze({ draw, shop, acknowledged }: Walk): Promise<EvidenceId[]> {
  const ids: EvidenceId[] = [];
  for (let wanted = Math.floor(draw() * 3); wanted > 0; wanted -= 1) {
    const path = join(freshFolder(), 'ktag.log');
    const length = 1 + Math.floor(draw() * (draw() < 0.3 ? manyLines : fewLines));
    writeFileSync(path, `${lines[wanted % lines.length] ?? ''}${draw()}\n`.repeat(length));
    const report = await shop.services.handlers.freezeDroppedFiles({ paths: [path] });
    for (const evidence of report?.frozen ?? []) {
      acknowledged.files.set(evidence.id, evidence.sha256);
      ids.push(evidence.id);
    }
  }
  return ids;
}

function numbered({ acknowledged, shop }: Walk): TicketId[] {
  return [...acknowledged.tickets].filter((id) => {
    const ticket = shop.services.context.tickets.find(id);
    return (
      ticket !== null && ticket.number !== null && ticket.state !== 'closed' && !acknowledged.closings.has(id)
    );
  });
}

const noteReply = ({ replies }: Acknowledged, id: TicketId, message: MessageId): void =>
  void replies.set(id, [...(replies.get(id) ?? []), message]);

async function replyTo(walk: Walk, id: TicketId): Promise<void> {
  const { shop, acknowledged, draw } = walk;
  const { messages } = shop.services.context;
  await shop.call('saveReply', {
    ticketId: id,
    text: `Misuro 13,4 V ${draw()}`,
    evidenceIds: await freeze(walk),
  });
  const before = new Set(messages.ofTicket(id).map((message) => message.id));
  await shop.call('sendReply', { ticketId: id });
  const written = messages
    .ofTicket(id)
    .find((message) => !before.has(message.id) && message.author.kind === 'customer');
  if (written !== undefined) noteReply(acknowledged, id, written.id);
}

async function closeIt({ shop, acknowledged }: Walk, id: TicketId): Promise<void> {
  await shop.call('closeTicket', { id });
  acknowledged.closings.add(id);
}

const waiting: ReadonlySet<OutboxItem['state']> = new Set(['queued', 'sending', 'unknown']);

function onItsWay({ shop }: Walk): readonly OutboxItem[] {
  return shop.services.context.outbox.open().filter(({ state }) => waiting.has(state));
}

async function sendDraftAgain({ shop, acknowledged }: Walk, { id, ticketId }: OutboxItem): Promise<void> {
  await shop.call('removeOutboxItem', { id });
  acknowledged.tickets.delete(ticketId);
  const draft = shop.services.context.drafts.find(ticketId);
  if (draft === null) throw new Error('a removed request is no draft');
  await shop.call('sendDraft', { id: ticketId, revision: draft.revision });
  acknowledged.tickets.add(ticketId);
}

async function sendReplyAgain(walk: Walk, { id, ticketId }: OutboxItem, messageId: MessageId): Promise<void> {
  const { shop, acknowledged, moved, resent } = walk;
  const { messages } = shop.services.context;
  const text = messages.find(messageId)?.text;
  await shop.call('removeOutboxItem', { id });
  acknowledged.replies.set(
    ticketId,
    (acknowledged.replies.get(ticketId) ?? []).filter((other) => other !== messageId),
  );
  await shop.call('sendReply', { ticketId });
  const written = messages
    .ofTicket(ticketId)
    .find((message) => message.author.kind === 'customer' && message.text === text);
  if (text === undefined || written === undefined) throw new Error('a removed reply is not sent again');
  noteReply(acknowledged, ticketId, written.id);
  // A restore may bring back the one that was removed, behind those that went meanwhile.
  moved.add(messageId).add(written.id);
  walk.replaced.set(messageId, written.id);
  resent.add(text);
}

/** What a person does; each may be refused at the time, which is told and acknowledges nothing. */
export const personActs: Readonly<Record<string, Act>> = {
  send: async (walk) => {
    const { shop, acknowledged, draw } = walk;
    const text = `Errore in lettura ${draw()}`;
    const draft = await readyDraft(shop, text, await freeze(walk));
    acknowledged.edits.set(draft.id, text);
    if (draw() < 0.2) return true;
    await shop.call('sendDraft', draft);
    acknowledged.tickets.add(draft.id);
    return true;
  },
  reply: async (walk) => {
    const id = oneOf(numbered(walk), walk.draw);
    if (id === null) return false;
    await replyTo(walk, id);
    return true;
  },
  close: async (walk) => {
    const id = oneOf(
      numbered(walk).filter((ticket) => (walk.acknowledged.replies.get(ticket)?.length ?? 0) > 0),
      walk.draw,
    );
    if (id === null) return false;
    await closeIt(walk, id);
    return true;
  },
  'reply and close': async (walk) => {
    const id = oneOf(numbered(walk), walk.draw);
    if (id === null) return false;
    await replyTo(walk, id);
    await closeIt(walk, id);
    return true;
  },
  'set aside': async (walk) => {
    const { shop, moved, draw } = walk;
    const item = oneOf(onItsWay(walk), draw);
    if (item === null) return false;
    await shop.call('setOutboxItemAside', { id: item.id });
    moved.add(item.work.kind === 'send-message' ? item.work.messageId : item.idempotencyKey);
    return true;
  },
  'take back': async ({ shop, draw }) => {
    const row = oneOf(
      (await shop.call('outbox', {})).filter(({ state }) => state === 'set-aside'),
      draw,
    );
    if (row === null) return false;
    await shop.call('retryOutboxItem', { id: row.id });
    return true;
  },
  'remove and send again': async (walk) => {
    const item = oneOf(
      onItsWay(walk).filter(({ work, ticketId }) => {
        if (!walk.acknowledged.tickets.has(ticketId)) return false;
        return (
          work.kind === 'send-message' ||
          (work.kind === 'create-ticket' &&
            walk.shop.services.context.tickets.find(ticketId)?.number === null)
        );
      }),
      walk.draw,
    );
    if (item === null) return false;
    if (item.work.kind === 'send-message') await sendReplyAgain(walk, item, item.work.messageId);
    else await sendDraftAgain(walk, item);
    return true;
  },
  'another address and back': async (walk) => {
    const isQueued = onItsWay(walk).length > 0;
    await walk.shop.call('choosePortal', { kind: 'contract', url: walk.elsewhere.url });
    await new Promise((resolve) => setTimeout(resolve, 150));
    await walk.home();
    return isQueued;
  },
  // One of the things a person does, and not what keeps the queue going.
  look: async ({ shop }) => {
    await shop.call('syncNow', {});
    return true;
  },
  'look at the queue': async ({ shop }) => {
    await shop.call('outbox', {});
    await new Promise((resolve) => setTimeout(resolve, 150));
    return true;
  },
};
