import { expect, test } from 'vitest';
import type { SiteParts, SiteState } from '../../electron/portal/web/site.ts';
import type { TicketId } from '../../shared/domain/ids.ts';
import { frozenFile, type OpenedServices, openTestWorkshop, readyDraft, until } from './workshop-fixture.ts';

const number = '4711';
const me = { name: 'officina', link: '/users/5' };
const marta = { name: 'Marta', link: '/users/6' };
type Shown = Record<string, unknown>;
const entry = (nth: number, text: string, more: Shown = {}): Shown => ({
  author: marta,
  time: `11/24/2026 06:0${nth} PM`,
  text,
  isWhole: true,
  isWordless: false,
  id: `change-${nth}`,
  files: [],
  ...more,
});

type World = OpenedServices & {
  readonly id: TicketId;
  /** What the ticket's page shows from now on, the second of its signs being that the request is open. */
  readonly show: (entries: readonly unknown[], isClosed?: boolean) => void;
  /** Looks at the portal as from the ticket's screen, and waits until its page was read. */
  readonly look: () => Promise<Shown>;
};

/** A request with its number on a portal of pages, whose ticket page shows what a test says. */
async function numbered(): Promise<World> {
  let entries: readonly unknown[] = [];
  let isClosed = false;
  let listener: SiteParts['onChange'] = () => undefined;
  const standing: SiteState = {
    url: `https://desk.example/issues/${number}`,
    isLoading: false,
    fault: null,
    refused: 0,
  };
  const page = (code: string): unknown =>
    code.includes('"mostChars"')
      ? {
          entries,
          total: entries.length,
          saysMore: entries.length > 0,
          me,
          language: 'en',
          states: [isClosed, !isClosed],
        }
      : {
          path: `/issues/${number}`,
          marks: [false, false, false, true, false, false],
          texts: [],
          hasSubmit: false,
        };
  const shop = await openTestWorkshop(undefined, {
    site: {
      erase: async () => undefined,
      open: async (parts) => {
        listener = parts.onChange;
        return {
          state: () => standing,
          place: () => undefined,
          focus: () => undefined,
          go: async () => listener(standing),
          back: () => undefined,
          reload: () => listener(standing),
          run: async (code) => page(code),
          setFiles: async () => undefined,
          close: async () => undefined,
        };
      },
    },
  });
  await shop.call('choosePortal', { kind: 'web', url: 'https://desk.example', map: 'redmine-web' });
  const draft = await readyDraft(shop, 'La scrittura si ferma al 12 %');
  await shop.call('sendDraft', draft);
  await shop.call('setManualNumber', { id: draft.id, number });
  return {
    ...shop,
    id: draft.id,
    show: (shown, closed = false) => {
      [entries, isClosed] = [shown, closed];
    },
    look: async () => {
      await shop.call('openSite', { id: draft.id, keepsLogin: false });
      const before = shop.events.length;
      await shop.call('goOnSite', { way: 'reload' });
      // Told once where it was asked for, and once more when the page was read.
      await until(() => shop.events.slice(before).filter(({ kind }) => kind === 'siteChanged').length > 1);
      return (await shop.call('siteView', {}))?.read ?? {};
    },
  };
}

const talk = async ({ call, id }: World): Promise<readonly string[]> =>
  (await call('ticket', { id })).messages.map(
    ({ author, text, attachments, read }) =>
      `${author.kind === 'operator' ? author.name : author.kind}${read ? '' : ' (new)'}: ${text} [${attachments.map(({ name }) => name).join()}]`,
  );

test('what a page of a portal shows comes into the conversation once, as an operator writes on any portal', async () => {
  const world = await numbered();
  world.show([
    entry(1, 'Mi manda il LOG?', { files: [['guida.pdf']] }),
    entry(2, '', { text: null, isWordless: true }),
    entry(3, 'Anche la tensione.'),
  ]);
  expect(await world.look()).toEqual({ added: 2, odd: 0, unknown: [] });
  const first = await world.call('ticket', { id: world.id });
  expect(await talk(world)).toEqual([
    'Marta (new): Mi manda il LOG? [guida.pdf]',
    'Marta (new): Anche la tensione. []',
  ]);
  expect(first.messages[0]?.at).toBe('2026-11-24T17:01:00.000Z');
  expect(first.ticket).toMatchObject({ operator: 'Marta', state: 'waiting-customer', unread: 2 });
  expect(first.row).toMatchObject({ turn: 'you' });
  expect(world.told.answered.map(({ text }) => text)).toEqual(['Anche la tensione.']);
  await world.call('markRead', { id: world.id });
  expect(await world.look()).toMatchObject({ added: 2, odd: 0 });
  expect((await world.call('ticket', { id: world.id })).ticket.unread).toBe(0);
  expect(await talk(world)).toHaveLength(2);
  expect(world.told.answered).toHaveLength(1);
});

test('words written or stated here before are known again by what they say, and a reply that is there waits no longer', async () => {
  const world = await numbered();
  const { call, id } = world;
  await call('stateWords', {
    ticketId: id,
    name: 'Marta',
    at: '2026-11-24T17:01:00.000Z',
    text: 'Mi manda il LOG?',
    asksForSession: false,
  });
  const files = [await frozenFile(world, 'lettura.log', 'a'), await frozenFile(world, 'foto.txt', 'b')];
  await call('saveReply', {
    ticketId: id,
    text: 'Ecco:\n- 13,4 V\n- *sempre*',
    evidenceIds: files.map(({ id: fileId }) => fileId),
  });
  await call('sendReply', { ticketId: id });
  world.show([
    entry(1, 'Mi manda il LOG?'),
    // After the reply was written, whenever this runs.
    entry(2, 'Ecco:\n\n13,4 V\nsempre', {
      author: me,
      time: '12/31/2030 06:02 PM',
      files: [['lettura.log']],
    }),
    entry(3, 'Grazie a tutti', { author: me }),
  ]);
  expect(await world.look()).toMatchObject({ added: 1 });
  expect(await talk(world)).toEqual([
    'system:  []',
    'Marta: Mi manda il LOG? []',
    'customer: Ecco:\n- 13,4 V\n- *sempre* [lettura.log,foto.txt]',
    'customer: Grazie a tutti []',
  ]);
  const told = await call('ticket', { id });
  expect(told.outbox.map(({ work, state }) => `${work.kind} ${state}`)).toEqual([
    'create-ticket accepted',
    'send-message accepted',
    'upload-attachment accepted',
    'upload-attachment by-hand',
  ]);
  expect(told.messages[2]).toMatchObject({ delivery: 'delivered' });
  expect(told.ticket).toMatchObject({ state: 'assigned', operator: 'Marta' });
  expect(world.told.answered).toEqual([]);
  await world.look();
  expect(await talk(world)).toHaveLength(4);
});

test.each([
  ['other figures', 'Misuro 13,4 V\nsul cavo', 'Misuro 134 V\nsul cavo', '06:02 PM', 2],
  ['its lines in one', 'Misuro 13,4 V\nsul cavo', 'Misuro 13,4 V sul cavo', '06:02 PM', 1],
  ['the same words of last year', 'Grazie', 'Grazie', 'of 2025', 2],
])('K2: a reply that waits is not sent because its page shows %s', async (_how, written, shown, time, seen) => {
  const world = await numbered();
  const { call, id } = world;
  await call('saveReply', { ticketId: id, text: written, evidenceIds: [] });
  await call('sendReply', { ticketId: id });
  const day = time === 'of 2025' ? '11/24/2025 06:02 PM' : `12/31/2030 ${time}`;
  world.show([entry(2, shown, { author: me, time: day })]);
  await world.look();
  await world.look();
  const told = await call('ticket', { id });
  expect(told.outbox.filter(({ work }) => work.kind === 'send-message').map(({ state }) => state)).toEqual([
    'by-hand',
  ]);
  expect(told.messages.filter(({ author }) => author.kind === 'customer')).toHaveLength(seen);
  world.show([entry(3, written, { author: me, time: '12/31/2030 06:30 PM' })]);
  await world.look();
  expect((await call('ticket', { id })).outbox.map(({ state }) => state)).not.toContain('by-hand');
});

test('an odd entry harms only itself, and what was written anew comes as another message', async () => {
  const world = await numbered();
  const good = entry(1, 'Mi manda il LOG?');
  world.show([
    good,
    { author: 7 },
    entry(2, 'senza autore', { author: null }),
    entry(3, 'x', { id: 'nothing' }),
    entry(4, 'Grazie'),
  ]);
  expect(await world.look()).toEqual({ added: 2, odd: 3, unknown: ['text', 'author', 'id'] });
  world.show([entry(1, 'Mi manda il LOG di ieri?'), entry(4, 'Grazie')]);
  await world.look();
  await world.look();
  expect((await talk(world)).map((line) => line.replace(' (new)', ''))).toEqual([
    'Marta: Mi manda il LOG? []',
    'Marta: Grazie []',
    'Marta: Mi manda il LOG di ieri? []',
  ]);
});

test('a request is closed and open again by the word of its page', async () => {
  const world = await numbered();
  world.show([entry(1, 'Risolto.')], true);
  await world.look();
  expect((await world.call('ticket', { id: world.id })).ticket.state).toBe('closed');
  world.show([entry(1, 'Risolto.')]);
  await world.look();
  expect((await world.call('ticket', { id: world.id })).ticket.state).toBe('waiting-customer');
});
