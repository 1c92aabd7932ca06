import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { decideByHand } from '../../electron/outbox/decide-by-hand.ts';
import { inTurns } from '../../electron/platform/in-turns.ts';
import type { Portal } from '../../electron/portal/port.ts';
import type { PortalLink } from '../../electron/portal/portal-link.ts';
import { conversationSync } from '../../electron/requests/conversation-sync.ts';
import { appError } from '../../shared/domain/app-error.ts';
import type { TicketId } from '../../shared/domain/ids.ts';
import type { OutboxItem } from '../../shared/domain/outbox-item.ts';
import { changesPageSchema, heardChanges } from '../../shared/portal/heard-changes.ts';
import {
  type Answering,
  holdTime,
  later,
  lost,
  numberOf,
  pass,
  queueStand,
  type QueueStand,
  told,
  well,
} from './queue-stand.ts';

beforeEach(() => holdTime());
afterEach(() => vi.useRealTimers());

/** The portal has the file under the number of another ticket. */
const elsewhere = {
  kind: 'refused',
  error: appError('portal.conflict', { field: 'number' }),
  retry: 'never',
  retryAfterMs: null,
} as const;
const minute = 60_000;
const hour = 60 * minute;
const at = '2026-11-24T08:00:00.000Z';

/** The portal's news tell of tickets: number and reference. */
async function tell(
  stand: QueueStand,
  ...tickets: readonly (readonly [string, string, string?])[]
): Promise<void> {
  const listed = tickets.map(([number, clientReference, state = 'open']) => ({
    number,
    clientReference,
    state,
    language: 'it',
    subject: 'Oggetto',
  }));
  await tellPage(stand, { tickets: listed });
}

async function tellPage({ context, sender }: QueueStand, news: object): Promise<void> {
  const page = changesPageSchema.parse({
    tickets: [],
    messages: [],
    ...news,
    cursor: randomUUID(),
    hasMore: false,
  });
  const value = await inTurns(heardChanges(page));
  const portal = {
    capabilities: { sync: true },
    changesSince: async () => ({ kind: 'done', value, serverDate: null }),
  };
  const link = {
    key: () => 'practice',
    portal: () => portal as unknown as Portal,
    recipient: () => 'practice',
    realm: () => 'practice',
    observe: (_act: string, outcome: unknown) => outcome,
  } as unknown as PortalLink;
  expect(
    await conversationSync({
      ...context,
      link,
      onPacks: () => undefined,
      onAnswered: () => undefined,
    }).pull(),
  ).toBe(true);
  sender.wake();
}

const numberIn = ({ context }: QueueStand, id: TicketId): string | null =>
  context.tickets.find(id)?.number ?? null;
const creation = ({ context }: QueueStand, id: TicketId): OutboxItem => {
  const item = context.outbox.ofTicket(id).find(({ work }) => work.kind === 'create-ticket');
  if (item === undefined) throw new Error('no creation');
  return item;
};
const created = ({ taken }: QueueStand): number => taken.filter(({ kind }) => kind === 'ticket').length;
const settled = (stand: QueueStand, id: TicketId, number: string): void => {
  expect([numberIn(stand, id), creation(stand, id).state]).toEqual([number, 'accepted']);
  expect(stand.faults).toEqual([]);
};
const arrived = (stand: QueueStand, id: TicketId, number: string): boolean =>
  stand.sender.decide(
    creation(stand, id).id,
    { kind: 'userSaysArrived' },
    { kind: 'numbered', number: numberOf(number), receivedAt: at, by: 'person' },
  );

/** A request whose creation the portal took and whose answer was lost; each look-up fails until the test says otherwise. */
async function inDoubt(): Promise<{ readonly stand: QueueStand; readonly id: TicketId }> {
  const stand = await queueStand();
  const id = await stand.newTicket();
  stand.answerWith((act) => (act === 'create' ? lost(true) : later('portal.timeout')));
  stand.sender.start();
  await pass(minute);
  expect([numberIn(stand, id), creation(stand, id).state, created(stand)]).toEqual([null, 'unknown', 1]);
  return { stand, id };
}

test('false number that news told first gives way to the answer of our own creation', async () => {
  const stand = await queueStand();
  const id = await stand.newTicket();
  let answer: (outcome: never) => void = () => undefined;
  const outcome = new Promise<never>((resolve) => {
    answer = resolve;
  });
  stand.answerWith((act): Answering => (act === 'create' ? { takes: true, outcome } : well));
  stand.sender.start();
  await pass(1_000);
  expect(creation(stand, id).state).toBe('sending');
  await tell(stand, ['X-9', id]);
  expect(numberIn(stand, id)).toBe('X-9');
  answer({ kind: 'done', value: { number: 'N-1', receivedAt: at }, serverDate: null } as never);
  await pass(minute);
  settled(stand, id, 'N-1');
  await tell(stand, ['X-9', id]);
  await pass(hour);
  settled(stand, id, 'N-1');
  expect(stand.context.setAside.untold()).toBe(1);
});

test('false number that news told of a creation in doubt gives way to the look-up', async () => {
  const { stand, id } = await inDoubt();
  stand.answerWith(() => well);
  await tell(stand, ['X-9', id]);
  await pass(hour);
  settled(stand, id, 'N-1');
  expect(created(stand)).toBe(1);
});

test('number that news told stands where the portal cannot be asked', async () => {
  const { stand, id } = await inDoubt();
  await tell(stand, ['N-1', id]);
  await pass(hour);
  settled(stand, id, 'N-1');
});

test.each([
  'a look-up',
  "the person's word",
])('of two numbers that news tell for one reference, %s decides', async (how) => {
  const { stand, id } = await inDoubt();
  await tell(stand, ['X-9', id], ['N-1', id]);
  await pass(hour);
  expect([creation(stand, id).state, stand.context.setAside.untold()]).toEqual(['unknown', 1]);
  if (how === 'a look-up') stand.answerWith(() => well);
  else expect(arrived(stand, id, 'N-1')).toBe(true);
  await pass(2 * hour);
  settled(stand, id, 'N-1');
  expect(created(stand)).toBe(1);
});

test('number settled by news is asked for again when they tell another one', async () => {
  const { stand, id } = await inDoubt();
  await tell(stand, ['X-9', id]);
  await pass(hour);
  settled(stand, id, 'X-9');
  stand.answerWith(() => well);
  await tell(stand, ['N-1', id]);
  await pass(hour);
  settled(stand, id, 'N-1');
});

test.each([
  'the answer of the creation',
  'a look-up',
  "the person's word",
])('our number, told by news for a reference that is not ours, comes to our request by %s', async (how) => {
  const others = randomUUID();
  const answered = async (): Promise<{ readonly stand: QueueStand; readonly id: TicketId }> => {
    const stand = await queueStand();
    const id = await stand.newTicket();
    await tell(stand, ['N-1', others]);
    stand.sender.start();
    return { stand, id };
  };
  const { stand, id } = how === 'the answer of the creation' ? await answered() : await inDoubt();
  if (how !== 'the answer of the creation') await tell(stand, ['N-1', others], ['N-1', id]);
  if (how === 'a look-up') stand.answerWith(() => well);
  if (how === "the person's word")
    expect([numberIn(stand, id), arrived(stand, id, 'N-1')]).toEqual([null, true]);
  await pass(2 * hour);
  settled(stand, id, 'N-1');
  expect(created(stand)).toBe(1);
  expect(stand.context.tickets.findByNumber('practice', numberOf('N-1'))?.id).toBe(id);
  expect(stand.context.setAside.untold()).toBeGreaterThan(0);
});

test('number of one request here, told by news for another one, goes to whom the portal answers it', async () => {
  const { stand, id: first } = await inDoubt();
  await tell(stand, ['N-2', first]);
  await pass(hour);
  settled(stand, first, 'N-2');
  stand.answerWith(() => well);
  const second = await stand.newTicket();
  await pass(2 * hour);
  settled(stand, second, 'N-2');
  settled(stand, first, 'N-1');
  expect(created(stand)).toBe(2);
});

test('reply and its file wait for the answer of the creation when news have told a number meanwhile, and go to the right one', async () => {
  const { stand, id } = await inDoubt();
  stand.answerWith((act) => (act === 'find-ticket' ? later('portal.badAnswer') : well));
  await tell(stand, ['X-9', id], ['X-8', id]);
  stand.reply(id, 'Misuro 13,4 V', 1);
  await pass(hour);
  expect([numberIn(stand, id), stand.taken.filter(({ kind }) => kind !== 'ticket')]).toEqual(['X-9', []]);
  stand.answerWith(() => well);
  await pass(2 * hour);
  settled(stand, id, 'N-1');
  const gone = stand.taken.filter(({ kind }) => kind !== 'ticket').map(({ kind, ticket }) => [kind, ticket]);
  expect(gone).toEqual([
    ['message', 'N-1'],
    ['file', 'N-1'],
  ]);
});

test('file that the portal has under a number it told wrongly goes to the right ticket once the person says so', async () => {
  const { stand, id } = await inDoubt();
  stand.answerWith((act) => (act === 'upload' ? told(elsewhere) : well));
  stand.reply(id, 'Misuro 13,4 V', 1);
  await pass(2 * hour);
  const file = (): OutboxItem | undefined =>
    stand.itemsOf(id).find(({ work }) => work.kind === 'upload-attachment');
  const before = file();
  expect(before).toMatchObject({ state: 'rejected', lastError: { code: 'portal.conflict' } });
  stand.answerWith((_act, reference) => (reference === before?.idempotencyKey ? told(elsewhere) : well));
  expect(before !== undefined && stand.sender.decide(before.id, { kind: 'userSendsAgain' }, null)).toBe(true);
  await pass(hour);
  expect(file()?.state).toBe('accepted');
  expect(stand.taken.filter(({ kind }) => kind === 'file').map(({ ticket }) => ticket)).toEqual(['N-1']);
});

test('request that news name and a look-up does not find is for a person, and sent again it is there once', async () => {
  const stand = await queueStand();
  const id = await stand.newTicket();
  stand.answerWith((act) => (act === 'create' ? lost(false) : later('portal.timeout')));
  stand.sender.start();
  await pass(1_000);
  await tell(stand, ['X-9', id]);
  stand.answerWith(() => well);
  await pass(2 * hour);
  stand.reply(id, 'Misuro 13,4 V', 1);
  await pass(hour);
  expect([creation(stand, id).state, stand.taken, stand.faults]).toEqual(['to-verify', [], []]);
  expect(stand.sender.decide(creation(stand, id).id, { kind: 'userSendsAgain' }, null)).toBe(true);
  await pass(hour);
  settled(stand, id, 'N-1');
  expect(created(stand)).toBe(1);
});

test("person's word about a reply stands when the look-up they did not wait for answers after it", async () => {
  const stand = await queueStand();
  const id = await stand.newTicket();
  stand.sender.start();
  await pass(minute);
  let answer: (outcome: never) => void = () => undefined;
  const outcome = new Promise<never>((resolve) => {
    answer = resolve;
  });
  stand.answerWith((act) =>
    act === 'message' ? lost(true) : act === 'find-message' ? { takes: false, outcome } : well,
  );
  stand.reply(id, 'Misuro 13,4 V');
  await pass(minute);
  const words = (): OutboxItem => {
    const item = stand.itemsOf(id).find(({ work }) => work.kind === 'send-message');
    if (item === undefined) throw new Error('no reply');
    return item;
  };
  expect(words().state).toBe('unknown');
  expect(
    stand.sender.decide(
      words().id,
      { kind: 'userSaysArrived' },
      { kind: 'delivered', portalReference: 'm', at },
    ),
  ).toBe(true);
  answer({ kind: 'done', value: null, serverDate: null } as never);
  await pass(3 * hour);
  expect(words().state).toBe('accepted');
  expect(stand.taken.filter(({ kind }) => kind === 'message')).toHaveLength(1);
});

/** The portal's news bring words of an operator under a number. */
async function say(stand: QueueStand, number: string, ...texts: readonly string[]): Promise<void> {
  await tellPage(stand, {
    messages: texts.map((text) => ({
      id: `m ${text}`,
      number,
      clientReference: null,
      author: { kind: 'operator', name: 'Laura' },
      text,
      attachments: [],
      at,
    })),
  });
}
const wordsOf = ({ context }: QueueStand, number: string): readonly string[] => {
  const ticket = context.tickets.findByNumber('practice', numberOf(number));
  return ticket === null ? [] : context.messages.ofTicket(ticket.id).map(({ text }) => text);
};

test.each([
  'a look-up',
  "the person's word",
])('words that came under a false number leave with it when %s names the right one, and stay with theirs', async (how) => {
  const { stand, id } = await inDoubt();
  await tell(stand, ['X-9', id]);
  await pass(hour);
  settled(stand, id, 'X-9');
  stand.reply(id, 'Misuro 13,4 V');
  await pass(minute);
  await say(stand, 'X-9', 'Cambi la centralina', 'La aspetto');
  await say(stand, 'N-1', 'Provi con 12 V');
  expect(wordsOf(stand, 'X-9')).toEqual(['Misuro 13,4 V', 'Cambi la centralina', 'La aspetto']);
  if (how === 'a look-up') stand.answerWith(() => well);
  await tell(stand, ['N-1', id]);
  if (how !== 'a look-up') expect(arrived(stand, id, 'N-1')).toBe(true);
  await pass(hour);
  settled(stand, id, 'N-1');
  expect(wordsOf(stand, 'N-1').toSorted()).toEqual(['Misuro 13,4 V', 'Provi con 12 V']);
  expect(wordsOf(stand, 'X-9')).toEqual(['Cambi la centralina', 'La aspetto']);
  expect(stand.context.setAside.untold()).toBeGreaterThan(0);
  // What comes for it later finds its conversation, and nothing twice.
  await say(stand, 'X-9', 'La aspetto', 'Arrivederci');
  expect(wordsOf(stand, 'X-9')).toEqual(['Cambi la centralina', 'La aspetto', 'Arrivederci']);
});

test('words that came under the number of another request here move to that one when the portal gives it the number', async () => {
  const { stand, id: first } = await inDoubt();
  await tell(stand, ['N-2', first]);
  await pass(hour);
  await say(stand, 'N-2', 'Cambi la centralina');
  expect(wordsOf(stand, 'N-2')).toEqual(['Cambi la centralina']);
  stand.answerWith(() => well);
  const second = await stand.newTicket();
  await pass(2 * hour);
  settled(stand, second, 'N-2');
  settled(stand, first, 'N-1');
  expect([wordsOf(stand, 'N-1'), wordsOf(stand, 'N-2')]).toEqual([[], ['Cambi la centralina']]);
});

test('words that came under a number nobody proved leave with it when the person sends the request again', async () => {
  const stand = await queueStand();
  const id = await stand.newTicket();
  stand.answerWith((act) => (act === 'create' ? lost(false) : later('portal.timeout')));
  stand.sender.start();
  await pass(1_000);
  await tell(stand, ['X-9', id]);
  await say(stand, 'X-9', 'Cambi la centralina');
  stand.answerWith(() => well);
  await pass(2 * hour);
  expect(stand.sender.decide(creation(stand, id).id, { kind: 'userSendsAgain' }, null)).toBe(true);
  await pass(hour);
  settled(stand, id, 'N-1');
  expect([wordsOf(stand, 'N-1'), wordsOf(stand, 'X-9')]).toEqual([[], ['Cambi la centralina']]);
});

/** The most questions about creations within any hour. */
function busiestHour({ asked }: QueueStand): number {
  const times = asked.filter(({ act }) => act === 'create' || act === 'find-ticket').map(({ atMs }) => atMs);
  return Math.max(...times.map((from) => times.filter((at) => at >= from && at < from + hour).length));
}

test('P3: creation whose number is asked for again keeps its pace, also over a restart', async () => {
  const { stand, id } = await inDoubt();
  const tries = (): number => stand.asked.length;
  let opened = 0;
  // Each time the person settles it, the queue is read anew and news contradict them: what was asked before still counts.
  for (let round = 0; round < 30; round += 1) {
    arrived(stand, id, `X-${round}`);
    expect(stand.context.pace.ofItem(creation(stand, id).id)?.triedAtMs.length).toBe(Math.min(12, tries()));
    stand.context.tickets.trustNumber(id, 'unproven');
    if (round % 3 === 1) await stand.restart();
    await tell(stand, [`N-${round}`, id]);
    opened += creation(stand, id).state === 'unknown' ? 1 : 0;
    await pass(minute);
  }
  expect(opened).toBe(30);
  expect(tries()).toBeGreaterThan(8);
  expect(busiestHour(stand)).toBeLessThanOrEqual(12);
});

test("portal whose news contradict a number again and again asks for nothing more: the person's word stands", async () => {
  // A number that the person says is no news to them.
  const numbered: string[] = [];
  const stand = await queueStand({ onNumbered: (ticket) => numbered.push(ticket.number ?? '') });
  const id = await stand.newTicket();
  stand.answerWith((act) => (act === 'create' ? lost(true) : later('portal.timeout')));
  stand.sender.start();
  await tell(stand, ['X-9', id]);
  await pass(hour);
  settled(stand, id, 'X-9');
  let rounds = 0;
  for (; rounds < 90; rounds += 1) {
    await tell(stand, [`N-${rounds + 1}`, id], ['X-9', randomUUID()]);
    if (rounds === 5) expect(arrived(stand, id, 'Y-1')).toBe(true);
    await pass(minute);
  }
  expect(rounds).toBe(90);
  settled(stand, id, 'Y-1');
  expect(busiestHour(stand)).toBeLessThanOrEqual(12);
  const before = stand.asked.length;
  await tell(stand, ['N-1', id]);
  await pass(2 * hour);
  expect(stand.asked).toHaveLength(before);
  expect(numbered).toEqual(['X-9']);
});

test('the same contradiction of the news is told once, whatever else of the entry changes', async () => {
  const { stand, id } = await inDoubt();
  await tell(stand, ['X-9', id]);
  for (const state of ['open', 'waiting-customer', 'assigned', 'closed'])
    await tell(stand, ['N-1', id, state]);
  expect(stand.context.setAside.untold()).toBe(1);
});

test('request whose look-up names the number of another request again and again is a person to decide', async () => {
  const { stand, id: first } = await inDoubt();
  stand.answerWith(() => well);
  await pass(hour);
  settled(stand, first, 'N-1');
  const second = await stand.newTicket();
  stand.answerWith((act) =>
    act === 'create'
      ? lost(true)
      : {
          takes: false,
          outcome: Promise.resolve({
            kind: 'done',
            value: { number: 'N-1', receivedAt: at },
            serverDate: null,
          } as never),
        },
  );
  await pass(3 * hour);
  expect([creation(stand, second).state, creation(stand, second).lastError?.code]).toEqual([
    'to-verify',
    'portal.badAnswer',
  ]);
  expect(busiestHour(stand)).toBeLessThanOrEqual(12);
  const before = stand.asked.length;
  await pass(3 * hour);
  expect(stand.asked).toHaveLength(before);
  settled(stand, first, 'N-1');
});

test('false number that one creation was answered gives way once another is answered the same', async () => {
  const { stand, id: first } = await inDoubt();
  await tell(stand, ['N-1', first]);
  await pass(hour);
  settled(stand, first, 'N-1');
  stand.answerWith((act) =>
    act === 'create'
      ? {
          takes: true,
          outcome: Promise.resolve({
            kind: 'done',
            value: { number: 'N-1', receivedAt: at },
            serverDate: null,
          } as never),
        }
      : later('portal.timeout'),
  );
  const second = await stand.newTicket();
  await pass(minute);
  expect([numberIn(stand, first), numberIn(stand, second)]).toEqual([null, 'N-1']);
  stand.answerWith(() => well);
  await pass(6 * hour);
  settled(stand, first, 'N-1');
  settled(stand, second, 'N-2');
  expect(created(stand)).toBe(2);
  expect(busiestHour(stand)).toBeLessThanOrEqual(12);
});

/** A request that a wrong answer gave the number of the next one, and what leaves under it until then. */
async function withNumberOfNext(
  leave: (stand: QueueStand, id: TicketId) => void = () => undefined,
): Promise<{ readonly stand: QueueStand; readonly first: TicketId; readonly second: TicketId }> {
  const { stand, id: first } = await inDoubt();
  const wrong = { kind: 'done', value: { number: 'N-2', receivedAt: at }, serverDate: null } as never;
  stand.answerWith(() => ({ takes: false, outcome: Promise.resolve(wrong) }));
  await pass(hour);
  settled(stand, first, 'N-2');
  stand.answerWith(() => well);
  leave(stand, first);
  await pass(minute);
  const second = await stand.newTicket();
  stand.answerWith((act) => (act === 'create' ? lost(true) : later('portal.timeout')));
  await pass(hour);
  expect([creation(stand, second).state, created(stand)]).toEqual(['unknown', 2]);
  return { stand, first, second };
}

test('R-TICKET-1: portal that gave two requests one number is asked about both, and each gets its own', async () => {
  const { stand, first, second } = await withNumberOfNext();
  stand.answerWith(() => well);
  await pass(3 * hour);
  settled(stand, first, 'N-1');
  settled(stand, second, 'N-2');
  expect(created(stand)).toBe(2);
  expect(busiestHour(stand)).toBeLessThanOrEqual(12);
});

/** What the portal took beside the requests: kind and number. */
const goneUnder = ({ taken }: QueueStand): readonly unknown[] =>
  taken.filter(({ kind }) => kind !== 'ticket').map(({ kind, ticket }) => [kind, ticket]);

test('R-TICKET-1: reply that left under a false number is looked for under the right one, and is for a person', async () => {
  const { stand, first } = await withNumberOfNext(({ reply }, id) => void reply(id, 'Misuro 13,4 V', 1));
  const before = [
    ['message', 'N-2'],
    ['file', 'N-2'],
  ];
  expect(goneUnder(stand)).toEqual(before);
  stand.answerWith(() => well);
  await pass(3 * hour);
  settled(stand, first, 'N-1');
  const left = stand.itemsOf(first).filter(({ work }) => work.kind !== 'create-ticket');
  expect(left.map(({ work, state, lastError }) => [work.kind, state, lastError?.code])).toEqual([
    ['send-message', 'to-verify', 'portal.conflict'],
    ['upload-attachment', 'queued', undefined],
  ]);
  expect(stand.context.messages.ofTicket(first).map(({ delivery }) => delivery)).toEqual(['queued']);
  expect(goneUnder(stand)).toEqual(before);
});

test('R-TICKET-1: reply that left under a false number and is not there any more goes to the right one', async () => {
  const { stand, first } = await withNumberOfNext(({ reply }, id) => void reply(id, 'Misuro 13,4 V'));
  expect(goneUnder(stand)).toEqual([['message', 'N-2']]);
  stand.taken.splice(
    stand.taken.findIndex(({ kind }) => kind === 'message'),
    1,
  );
  stand.answerWith(() => well);
  await pass(6 * hour);
  settled(stand, first, 'N-1');
  expect(goneUnder(stand)).toEqual([['message', 'N-1']]);
  expect(stand.itemsOf(first).every(({ state }) => state === 'accepted')).toBe(true);
});

test('R-TICKET-1: number typed that another request has by an answer changes nothing, and the portal is asked whose it is', async () => {
  const { stand, first, second } = await withNumberOfNext();
  const parts = { ...stand.context, sender: stand.sender };
  const say = (): void =>
    decideByHand(parts, creation(stand, second), { kind: 'arrived', number: numberOf('N-2') }, at);
  stand.answerWith((act, reference) =>
    reference === second ? later('portal.timeout') : act === 'create' ? lost(true) : well,
  );
  expect(say).toThrow(
    expect.objectContaining({
      error: expect.objectContaining({ code: 'outbox.numberTaken', params: { number: 'N-2' } }),
    }),
  );
  expect([numberIn(stand, first), numberIn(stand, second)]).toEqual(['N-2', null]);
  await pass(hour);
  settled(stand, first, 'N-1');
  say();
  settled(stand, second, 'N-2');
  expect(created(stand)).toBe(2);
});

test("R-TICKET-1: the person's word is taken where the portal answered a number twice and then names neither request", async () => {
  const { stand, first, second } = await withNumberOfNext();
  const absent = { kind: 'done', value: null, serverDate: null } as never;
  stand.answerWith((_act, reference) =>
    reference === first ? { takes: false, outcome: Promise.resolve(absent) } : well,
  );
  await pass(3 * hour);
  expect([numberIn(stand, first), creation(stand, first).state]).toEqual(['N-2', 'to-verify']);
  const parts = { ...stand.context, sender: stand.sender };
  decideByHand(parts, creation(stand, first), { kind: 'arrived', number: numberOf('N-1') }, at);
  settled(stand, first, 'N-1');
  // Its number is free now, and the portal's word for the other one is taken as well.
  expect(creation(stand, second).state).toBe('to-verify');
  decideByHand(parts, creation(stand, second), { kind: 'arrived', number: numberOf('N-2') }, at);
  settled(stand, second, 'N-2');
  expect(created(stand)).toBe(2);
});
