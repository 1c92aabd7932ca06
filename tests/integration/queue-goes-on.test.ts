import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { appError } from '../../shared/domain/app-error.ts';
import { retryLimits } from '../../shared/flows/retry.ts';
import { seededRandom } from '../portal/fault.ts';
import {
  type Answering,
  holdTime,
  later,
  lost,
  never,
  pass,
  queueStand,
  refusedForGood,
  thrown,
  told,
  well,
} from './queue-stand.ts';

beforeEach(() => holdTime());
afterEach(() => vi.useRealTimers());

const minute = 60_000;
const hour = 60 * minute;

test.each<[string, Answering]>([
  ['never answers', never(false)],
  ['takes it and never answers', never(true)],
  ['throws what nobody expected', thrown(false, new TypeError('x is not a function'))],
  ['takes it and throws', thrown(true, new RangeError('Invalid array length'))],
  ['throws no error at all', thrown(false, null)],
])('COMPLAINT-11: a portal that %s harms one item alone: the next gets its number, and this one its own in the end', async (_what, answer) => {
  const stand = await queueStand();
  const first = await stand.newTicket();
  const second = await stand.newTicket();
  let odd = true;
  stand.answerWith((_act, reference) => (odd && reference === first ? answer : well));
  stand.sender.start();
  await pass(10 * minute);
  expect(stand.numbered(second)).toBe(true);
  expect(stand.numbered(first)).toBe(false);
  odd = false;
  await pass(2 * hour);
  expect(stand.numbered(first)).toBe(true);
  expect(
    stand.taken
      .filter((entry) => entry.kind === 'ticket')
      .map((entry) => entry.reference)
      .toSorted(),
  ).toEqual([first, second].toSorted());
});

test('a fault of our own stands in the log and on the item, under one reference', async () => {
  const stand = await queueStand();
  const id = await stand.newTicket();
  const fault = new TypeError('x');
  stand.answerWith(() => thrown(false, fault));
  stand.sender.start();
  await pass(100);
  expect(stand.faults).toContain(fault);
  expect(stand.itemsOf(id)[0]?.lastError).toMatchObject({ code: 'E_UNEXPECTED', reference: 'fault 1' });
});

test('an upload that never ends gives way to what stands behind it, and goes on later', async () => {
  const stand = await queueStand();
  const first = await stand.newTicket();
  stand.sender.start();
  await pass(2_000);
  let hanging = true;
  stand.answerWith((act) => (act === 'upload' && hanging ? never(false) : well));
  stand.reply(first, 'Ecco il file', 1);
  await pass(2_000);
  const second = await stand.newTicket();
  const words = stand.reply(first, 'E la tensione: 13,4 V', 1);
  await pass(2_000);
  // Requests and words have a lane of their own: a file on a bad line keeps none of them from its place.
  expect(stand.numbered(second)).toBe(true);
  expect(stand.taken.map((entry) => entry.reference)).toContain(words);
  await pass(30 * minute);
  hanging = false;
  await pass(hour);
  expect(stand.taken.filter((entry) => entry.kind === 'file')).toHaveLength(2);
});

test('a look-up that names the number of a request whose row is spoiled keeps nobody else waiting', async () => {
  const stand = await queueStand();
  const spoiled = await stand.newTicket();
  stand.sender.start();
  await pass(2_000);
  stand.db.prepare("update tickets set text = '{' where id = ?").run(spoiled);
  const first = await stand.newTicket();
  const value = { number: 'N-1', receivedAt: new Date().toISOString() };
  stand.answerWith((act, reference) => {
    if (reference !== first) return well;
    return act === 'create' ? lost(true) : told({ kind: 'done', value, serverDate: null } as never);
  });
  await pass(2_000);
  for (let count = 0; count < 3; count += 1) {
    const later = await stand.newTicket();
    await pass(2 * minute);
    expect(stand.numbered(later)).toBe(true);
  }
  expect(stand.itemsOf(first)[0]?.state).toBe('to-verify');
  expect(stand.faults).toEqual([]);
});

test('a fault of our own about one item keeps the rest of the queue going, at any step of its exchange', async () => {
  const stand = await queueStand();
  const first = await stand.newTicket();
  stand.sender.start();
  await pass(2_000);
  stand.answerWith((act) => (act === 'message' ? lost(true) : well));
  const { numberTrust } = stand.context.tickets;
  const trusted = vi.spyOn(stand.context.tickets, 'numberTrust').mockImplementation((id) => {
    if (id === first) throw new TypeError('of ours');
    return numberTrust(id);
  });
  const words = stand.reply(first, 'Tensione: 13,4 V');
  await pass(minute);
  expect(stand.faults.length).toBeGreaterThan(0);
  for (let count = 0; count < 3; count += 1) {
    const later = await stand.newTicket();
    await pass(2_000);
    expect(stand.numbered(later)).toBe(true);
  }
  expect(stand.faults.length).toBeLessThan(12);
  trusted.mockRestore();
  await pass(hour);
  const replies = stand.taken.filter(({ kind }) => kind === 'message').map(({ reference }) => reference);
  expect(replies).toEqual([words]);
  expect(stand.itemsOf(first).at(-1)?.state).toBe('accepted');
});

test('a file whose row is gone is refused by itself and stops nothing behind it', async () => {
  const stand = await queueStand();
  const first = await stand.newTicket();
  const second = await stand.newTicket();
  stand.sender.start();
  await pass(2_000);
  expect([stand.numbered(first), stand.numbered(second)]).toEqual([true, true]);
  const gone = await queueStand({
    frozenFiles: {
      verified: async () => Promise.reject(new TypeError('unexpected')),
      frozenFile: () => {
        throw new TypeError('no such row');
      },
    },
  });
  const ticket = await gone.newTicket();
  gone.sender.start();
  await pass(2_000);
  gone.reply(ticket, 'Ecco', 1);
  const after = gone.reply(ticket, 'E la tensione: 13,4 V');
  await pass(minute);
  expect(gone.taken.map((entry) => entry.reference)).toContain(after);
});

test('stop ends at once when leaving is told, whatever the portal does, and the item is found again at the next start', async () => {
  const stand = await queueStand();
  const id = await stand.newTicket();
  stand.answerWith(() => never(true));
  stand.sender.start();
  await pass(100);
  expect(stand.itemsOf(id)[0]?.state).toBe('sending');
  let ended = false;
  void stand.sender.stop().then(() => {
    ended = true;
  });
  stand.leave();
  await pass(1);
  expect(ended).toBe(true);
  expect(stand.itemsOf(id)[0]?.state).toBe('sending');
});

const always: readonly (readonly [string, () => Answering])[] = [
  ['429 with Retry-After 0', () => later('portal.rateLimited', 0)],
  ['503 with a date gone by', () => later('portal.serverFault', 0)],
  ['503 without a word', () => later('portal.serverFault')],
  ['423 with Retry-After 1', () => later('portal.conflict', 1_000)],
  ['read-only with Retry-After 0', () => later('portal.readOnly', 0)],
  ['maintenance with Retry-After 1', () => later('portal.maintenance', 1_000)],
  ['500, and absent at each look-up', () => lost(false)],
  [
    '429, 503 and 423 in turn',
    (() => {
      let turn = 0;
      const kinds = [
        later('portal.rateLimited', 0),
        later('portal.serverFault', 0),
        later('portal.conflict', 0),
      ];
      return () => {
        turn += 1;
        return kinds[turn % kinds.length] ?? well;
      };
    })(),
  ],
];
test.each(
  always,
)('P3: an item is asked about at most 12 times in any hour and never twice within a second when a portal says %s for ever', async (_what, answer) => {
  const stand = await queueStand();
  const [id, other] = [await stand.newTicket(), await stand.newTicket()];
  stand.answerWith((act) => (act === 'create' ? answer() : well));
  stand.sender.start();
  await pass(6 * hour);
  for (const reference of [id, other]) {
    const times = stand.asked
      .filter((question) => question.reference === reference)
      .map((question) => question.atMs);
    expect(
      Math.max(0, ...times.map((from) => times.filter((time) => time >= from && time < from + hour).length)),
    ).toBeLessThanOrEqual(retryLimits.triesAnHour);
    expect(times.slice(1).every((time, index) => time - (times[index] ?? 0) >= retryLimits.leastMs)).toBe(
      true,
    );
  }
  // Neither is given up: both are still asked about, and get their number soon after the portal is back.
  expect(stand.asked.filter((question) => question.reference === id).length).toBeGreaterThanOrEqual(12);
  stand.answerWith(() => well);
  await pass(hour + minute);
  expect([stand.numbered(id), stand.numbered(other)]).toEqual([true, true]);
  expect(stand.taken).toHaveLength(2);
});

test('an empty look-up is no sign that the portal takes anything: five lost creations hold the queue', async () => {
  const stand = await queueStand();
  for (let count = 0; count < 6; count += 1) await stand.newTicket();
  stand.answerWith((act) => (act === 'create' ? lost(false) : well));
  stand.sender.start();
  const asked = (act: string): number => stand.asked.filter((question) => question.act === act).length;
  // The hold itself may be as short as a second. Between its second and its third try the first one waits a quarter of an hour.
  for (let slices = 0; slices < 12_000 && asked('create') < 5; slices += 1) await pass(100);
  // The fifth failure is the first one's; the two that tell whose fault it is follow at once, and then everything rests.
  expect(asked('create')).toBe(7);
  expect(asked('find-ticket')).toBeGreaterThanOrEqual(4);
  expect(stand.sender.queueWait()?.reason.code).toBe('portal.serverFault');
});

test('K3: what is set aside while it is sent stops nothing, and comes back in doubt: it is looked up and never sent twice', async () => {
  const stand = await queueStand();
  const [first, second] = [await stand.newTicket(), await stand.newTicket()];
  stand.answerWith((_act, reference) => (reference === first ? never(true) : well));
  stand.sender.start();
  await pass(100);
  const item = stand.itemsOf(first)[0];
  if (item === undefined) throw new Error('no item');
  expect(item.state).toBe('sending');
  expect(stand.sender.setAside(item.id)).toBe(true);
  await pass(2_000);
  expect(stand.itemsOf(first)[0]?.state).toBe('set-aside');
  expect(stand.numbered(second)).toBe(true);
  stand.answerWith(() => well);
  await pass(2 * hour);
  expect(stand.itemsOf(first)[0]?.state).toBe('set-aside');
  expect(stand.sender.resume(item.id)).toBe(true);
  await pass(minute);
  expect(stand.numbered(first)).toBe(true);
  expect(
    stand.asked.filter((question) => question.act === 'create' && question.reference === first),
  ).toHaveLength(1);
});

test.each([
  'sending',
  'unknown',
  'to-verify',
  'set-aside',
  'queued',
  'rejected',
] as const)('K3: a request can be taken back while it is %s, and sent again it is on the portal once', async (state) => {
  const stand = await queueStand();
  const id = await stand.newTicket();
  const answers: Record<typeof state, Answering> = {
    sending: never(true),
    unknown: lost(true),
    'to-verify': lost(true),
    'set-aside': never(true),
    queued: later('portal.unreachable'),
    rejected: refusedForGood,
  };
  stand.answerWith((act) => (act === 'create' ? answers[state] : later('portal.unreachable')));
  stand.sender.start();
  await pass(100);
  const item = stand.itemsOf(id)[0];
  if (item === undefined) throw new Error('no item');
  if (state === 'to-verify') stand.context.outbox.update({ ...item, state });
  if (state === 'set-aside') stand.sender.setAside(item.id);
  expect(stand.itemsOf(id)[0]?.state).toBe(state);
  stand.sender.giveUp(item.id);
  stand.tickets.removeWork(item.id);
  const draft = stand.context.drafts.find(id);
  if (draft === null) throw new Error('no draft');
  expect(
    stand.context.outbox.shown(stand.context.portals.choice().kind === 'practice' ? 'practice' : 'manual'),
  ).toEqual([]);
  stand.answerWith(() => well);
  await pass(hour);
  expect(stand.numbered(id)).toBe(false);
  stand.sendAgain(id, draft.revision);
  await pass(hour);
  expect(stand.numbered(id)).toBe(true);
  expect(stand.taken.filter((entry) => entry.kind === 'ticket')).toHaveLength(1);
});

test.each([
  'sending',
  'unknown',
  'to-verify',
  'set-aside',
  'queued',
  'rejected',
] as const)('K3: a reply can be taken back while it is %s, and sent again with its words it is on the portal once', async (state) => {
  const stand = await queueStand();
  const id = await stand.newTicket();
  stand.sender.start();
  await pass(2_000);
  const answers: Record<typeof state, Answering> = {
    sending: never(true),
    unknown: lost(true),
    'to-verify': lost(true),
    'set-aside': never(true),
    queued: later('portal.unreachable'),
    rejected: refusedForGood,
  };
  stand.answerWith((act) => (act === 'message' ? answers[state] : later('portal.unreachable')));
  stand.context.replies.save(id, { text: 'Misuro 13,4 V', evidenceIds: [] });
  stand.tickets.sendReply(id);
  stand.sender.wake();
  await pass(100);
  const item = stand.itemsOf(id).find(({ work }) => work.kind === 'send-message');
  if (item === undefined) throw new Error('no item');
  if (state === 'to-verify') stand.context.outbox.update({ ...item, state });
  if (state === 'set-aside') stand.sender.setAside(item.id);
  expect(stand.itemsOf(id).find((one) => one.id === item.id)?.state).toBe(state);
  stand.sender.giveUp(item.id);
  stand.context.replies.save(id, { text: '', evidenceIds: [] });
  stand.tickets.removeWork(item.id);
  expect(stand.context.replies.find(id).text).toBe('Misuro 13,4 V');
  expect(stand.context.messages.ofTicket(id).filter((message) => message.author.kind === 'customer')).toEqual(
    [],
  );
  expect(stand.context.outbox.shown('practice').filter(({ work }) => work.kind === 'send-message')).toEqual(
    [],
  );
  stand.answerWith(() => well);
  await pass(hour);
  stand.tickets.sendReply(id);
  stand.sender.wake();
  await pass(hour);
  expect(stand.taken.filter((entry) => entry.kind === 'message')).toHaveLength(1);
  expect(
    stand.context.messages
      .ofTicket(id)
      .filter((message) => message.author.kind === 'customer')
      .map((message) => message.delivery),
  ).toEqual(['delivered']);
  expect(stand.context.outbox.open()).toEqual([]);
});

test.each([
  ['file', 'sending'],
  ['file', 'queued'],
  ['file', 'set-aside'],
  ['closing', 'sending'],
  ['closing', 'queued'],
  ['closing', 'set-aside'],
] as const)('a %s can be taken away while it is %s, and what stands behind it goes', async (what, state) => {
  const stand = await queueStand();
  const id = await stand.newTicket();
  stand.sender.start();
  await pass(2_000);
  const act = what === 'file' ? 'upload' : 'close';
  stand.answerWith((asked) =>
    asked !== act ? well : state === 'queued' ? later('portal.conflict') : never(false),
  );
  if (what === 'file') stand.reply(id, 'Ecco il file', 1);
  else {
    stand.tickets.close(id);
    stand.sender.wake();
  }
  await pass(2_000);
  const kind = what === 'file' ? 'upload-attachment' : 'close-ticket';
  const item = stand.itemsOf(id).find(({ work }) => work.kind === kind);
  if (item === undefined) throw new Error('no item');
  if (state === 'set-aside') expect(stand.sender.setAside(item.id)).toBe(true);
  expect(stand.itemsOf(id).find((one) => one.id === item.id)?.state).toBe(state);
  stand.sender.giveUp(item.id);
  stand.tickets.removeWork(item.id);
  stand.answerWith(() => well);
  const behind = [stand.reply(id, 'Ancora una parola'), await stand.newTicket()];
  await pass(hour);
  expect(stand.taken.map(({ kind: taken, reference }) => `${taken} ${reference}`)).toEqual(
    expect.arrayContaining([`message ${behind[0]}`, `ticket ${behind[1]}`]),
  );
  expect(stand.taken.filter((entry) => entry.kind === (what === 'file' ? 'file' : 'closing'))).toEqual([]);
  expect([stand.context.outbox.open(), stand.faults]).toEqual([[], []]);
});

test('a reply taken back goes before what stands in the reply box by now, and neither is lost', async () => {
  const stand = await queueStand();
  const id = await stand.newTicket();
  stand.sender.start();
  await pass(2_000);
  stand.answerWith(() => later('portal.unreachable'));
  stand.context.replies.save(id, { text: 'Prima', evidenceIds: [] });
  stand.tickets.sendReply(id);
  stand.context.replies.save(id, { text: 'Seconda, non finita', evidenceIds: [] });
  const item = stand.itemsOf(id).find(({ work }) => work.kind === 'send-message');
  if (item !== undefined) stand.tickets.removeWork(item.id);
  expect(stand.context.replies.find(id).text).toBe('Prima\n\nSeconda, non finita');
});

test('replies that waited behind a refused request stand in its reply box, in their order, when it becomes a draft again', async () => {
  const stand = await queueStand();
  const id = await stand.newTicket();
  stand.answerWith(() => refusedForGood);
  stand.reply(id, 'Prima: 13,4 V', 1);
  stand.reply(id, 'Seconda: cavo nuovo');
  stand.context.replies.save(id, { text: 'Terza, non finita', evidenceIds: [] });
  stand.sender.start();
  await pass(100);
  const item = stand.itemsOf(id)[0];
  expect(item?.state).toBe('rejected');
  if (item !== undefined) stand.tickets.removeWork(item.id);
  expect(stand.context.replies.find(id).text).toBe(
    'Prima: 13,4 V\n\nSeconda: cavo nuovo\n\nTerza, non finita',
  );
  expect(stand.context.messages.ofTicket(id)).toEqual([]);
  expect(stand.itemsOf(id)).toEqual([]);
});

test('the files of a refused reply are refused with it, and go with it when it is sent again', async () => {
  const stand = await queueStand();
  const id = await stand.newTicket();
  stand.sender.start();
  await pass(2_000);
  stand.answerWith((act) => (act === 'message' ? refusedForGood : well));
  stand.reply(id, 'Ecco due file', 2);
  await pass(minute);
  expect(stand.itemsOf(id).map((item) => item.state)).toEqual([
    'accepted',
    'rejected',
    'rejected',
    'rejected',
  ]);
  stand.answerWith(() => well);
  const message = stand.itemsOf(id)[1];
  if (message !== undefined) stand.sender.decide(message.id, { kind: 'userSendsAgain' }, null);
  await pass(minute);
  expect(stand.itemsOf(id).map((item) => item.state)).toEqual([
    'accepted',
    'accepted',
    'accepted',
    'accepted',
  ]);
});

/** Outcomes drawn by a seed; the share of what goes well grows until everything does. */
function drawn(random: () => number): Answering {
  const kinds: readonly (() => Answering)[] = [
    () => later('portal.unreachable'),
    () => later('portal.rateLimited', 0),
    () => lost(true),
    () => lost(false),
    () => never(random() < 0.5),
    () => thrown(random() < 0.5, new TypeError('x')),
    () => told({ kind: 'refused', error: appError('portal.conflict'), retry: 'later', retryAfterMs: 5_000 }),
  ];
  return random() < 0.55 ? well : (kinds[Math.floor(random() * kinds.length)]?.() ?? well);
}

const schedules = Number(process.env['OFFICINA_SCHEDULES'] ?? 20);
const firstSeed = Number(process.env['OFFICINA_SEED'] ?? 1);
test(`replies leave as written, closing leaves last, nothing is lost, doubled or stuck over ${schedules} random schedules`, async () => {
  let replies = 0;
  let closings = 0;
  let files = 0;
  for (let seed = firstSeed; seed < firstSeed + schedules; seed += 1) {
    const random = seededRandom(seed);
    const stand = await queueStand();
    stand.sender.start();
    const written = new Map<string, string[]>();
    const ids = [await stand.newTicket(), await stand.newTicket()];
    await pass(5_000);
    stand.answerWith(() => drawn(random));
    let expectedFiles = 0;
    for (const id of ids) {
      written.set(id, []);
      for (let count = 0; count < 3; count += 1) {
        const withFiles = Math.floor(random() * 3);
        expectedFiles += withFiles;
        written.get(id)?.push(stand.reply(id, `risposta ${count}`, withFiles));
        await pass(Math.floor(random() * 20_000));
      }
      stand.tickets.close(id);
      await pass(Math.floor(random() * minute));
    }
    await pass(hour);
    stand.answerWith(() => well);
    await pass(4 * hour);
    for (const id of ids) {
      const number = stand.context.tickets.find(id)?.number ?? '';
      const ofTicket = stand.taken.filter((entry) => entry.ticket === number);
      expect(
        ofTicket.filter((entry) => entry.kind === 'message').map((entry) => entry.reference),
        `seed ${seed}`,
      ).toEqual(written.get(id));
      expect(ofTicket.at(-1)?.kind, `seed ${seed}`).toBe('closing');
      expect(
        stand.itemsOf(id).map((item) => item.state),
        `seed ${seed}`,
      ).toEqual(stand.itemsOf(id).map(() => 'accepted'));
      replies += ofTicket.filter((entry) => entry.kind === 'message').length;
      closings += 1;
    }
    const sent = stand.taken.filter((entry) => entry.kind === 'file').map((entry) => entry.reference);
    expect(new Set(sent).size, `seed ${seed}`).toBe(sent.length);
    expect(sent.length, `seed ${seed}`).toBe(expectedFiles);
    files += sent.length;
    await stand.sender.stop();
  }
  expect([replies, closings]).toEqual([schedules * 6, schedules * 2]);
  expect(files).toBeGreaterThanOrEqual(schedules * 3);
}, 300_000);
