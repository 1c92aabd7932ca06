import { mkdirSync, readdirSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { startPracticePortal } from '../../electron/portal/practice/start-practice-portal.ts';
import { openDatabase } from '../../electron/store/native-binding.ts';
import type { TicketId } from '../../shared/domain/ids.ts';
import { type FaultyPortal, startFaultyPortal } from '../portal/faulty-portal.ts';
import { temporaryFolder } from '../portal/portal-fixtures.ts';
import { freshFolder, type OpenedServices, openTestWorkshop, readyDraft, until } from './workshop-fixture.ts';

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop();
});

const started = async (folder: string): Promise<FaultyPortal> => {
  const server = await startFaultyPortal({
    dataFolder: join(folder, 'portal'),
    journalFile: join(folder, 'journal.jsonl'),
    operatorDelayMs: 50,
  });
  stops.push(() => server.stop());
  return server;
};
const shop = async (server: FaultyPortal, place: string): Promise<OpenedServices> => {
  const opened = await openTestWorkshop(place, {
    startPractice: async () => ({ url: server.url, token: server.token, stop: async () => undefined }),
    timing: { gapMs: 30, syncMs: 50 },
    random: () => 0.01,
  });
  stops.push(() => opened.services.stop());
  await opened.services.start();
  return opened;
};
const sent = async (
  opened: OpenedServices,
  problem: string,
): Promise<{ readonly id: TicketId; readonly number: string }> => {
  const draft = await readyDraft(opened, problem);
  await opened.call('sendDraft', draft);
  return {
    id: draft.id,
    number: await until(() => opened.services.context.tickets.find(draft.id)?.number ?? null),
  };
};
const endAll = async (): Promise<void> => {
  for (const stop of stops.splice(0).toReversed()) await stop();
};

const sqlOn = (file: string, sql: string): void => {
  const db = openDatabase(file);
  db.pragma('foreign_keys = OFF');
  db.exec(sql);
  db.close();
};
const harms: readonly (readonly [string, boolean, (file: string) => void])[] = [
  ['garbage', true, (file) => writeFileSync(file, Buffer.alloc(5_000, 7))],
  ['empty', true, (file) => truncateSync(file, 0)],
  ['gone', false, (file) => rmSync(file)],
  ['without a table', true, (file) => sqlOn(file, 'drop table operator_step')],
  ['without a column', true, (file) => sqlOn(file, 'alter table ticket drop column serial')],
  [
    'with a column of another name',
    true,
    (file) => sqlOn(file, 'alter table idempotency rename column answer to reply'),
  ],
  ['of no version', true, (file) => sqlOn(file, 'pragma user_version = 0')],
  ['of a version below none', true, (file) => sqlOn(file, 'pragma user_version = -1')],
  [
    'a folder',
    true,
    (file) => {
      rmSync(file);
      mkdirSync(file);
    },
  ],
];
test.each(
  harms,
)('practice store that is %s is set aside and begun anew, told, and the next ticket has a number of its own', async (_how, isKept, harm) => {
  const folder = temporaryFolder();
  const place = freshFolder();
  const first = await sent(await shop(await started(folder), place), 'La lettura si ferma');
  await endAll();
  const portalFolder = join(folder, 'portal');
  for (const suffix of ['-wal', '-shm']) rmSync(join(portalFolder, `practice.db${suffix}`), { force: true });
  harm(join(portalFolder, 'practice.db'));
  const opened = await shop(await started(folder), place);
  const second = await sent(opened, 'La scrittura si ferma');
  expect(second.number).not.toBe(first.number);
  expect(second.number).toMatch(/^P-\d{6,}$/u);
  await until(() => opened.services.context.portals.notices().some(({ id }) => id.startsWith('anew-')));
  expect(readdirSync(portalFolder).some((name) => name.startsWith('practice-set-aside-'))).toBe(isKept);
  // News of the new desk come in, though this PC had read further than it counts.
  await until(() => opened.services.context.messages.ofTicket(second.id).length > 0);
  expect(opened.faults).toEqual([]);
});

test('rows of the practice desk that somebody edited by hand harm only themselves', async () => {
  const folder = temporaryFolder();
  const server = await started(folder);
  const one = await shop(server, freshFolder());
  const [spoiled, whole] = [await sent(one, 'La lettura si ferma'), await sent(one, 'La scrittura si ferma')];
  const notice = (startsAt: string): string =>
    JSON.stringify({
      id: startsAt,
      kind: 'info',
      title: { it: 'a', en: 'a' },
      startsAt,
      endsAt: null,
      origin: 'portal',
    });
  sqlOn(
    join(folder, 'portal', 'practice.db'),
    `insert into notice values ('a', '${notice('2026-02-31T10:00:00.000Z')}'), ('b', 'no json'), ('c', '${notice('2026-02-28T10:00:00.000Z')}');
     update ticket set state = 'lost', received_at = '31 February' where number = '${spoiled.number}';
     update message set author = '{', change = 9223372036854775807 - rowid where number = '${spoiled.number}';
     insert into operator_step (number, step, due_at_ms) values ('${whole.number}', 'dance', 0);
     insert or replace into setting values ('mode', 'sideways'), ('packs', '{');`,
  );
  const two = await shop(server, freshFolder());
  await until(() => two.services.context.portals.notices().length === 1);
  await until(
    () =>
      two.services.context.tickets.findByNumber(
        'practice',
        one.services.context.tickets.find(whole.id)?.number ?? never(),
      ) !== null,
  );
  expect((await fetch(server.operatorUrl)).status).toBe(200);
  await sent(two, 'Il cavo non viene riconosciuto');
});

test('notice of 31 February is refused where it is typed', async () => {
  const folder = temporaryFolder();
  const server = await started(folder);
  const body = new URLSearchParams({
    kind: 'maintenance',
    it: 'a',
    en: 'a',
    startsAt: '2026-02-31T10:00',
    endsAt: '',
  });
  const answer = await fetch(`${server.operatorUrl}/notices`, { method: 'POST', body, redirect: 'manual' });
  expect(answer.status).toBe(400);
});

const losses: readonly (readonly [string, (folder: string) => void])[] = [
  ['removed', (folder) => rmSync(folder, { recursive: true })],
  [
    'replaced by a file',
    (folder) => {
      rmSync(folder, { recursive: true });
      writeFileSync(folder, 'no folder');
    },
  ],
  [
    'replaced by a link into nowhere',
    (folder) => {
      rmSync(folder, { recursive: true });
      symlinkSync(join(folder, 'nowhere'), folder);
    },
  ],
  [
    'cleared of every row',
    (folder) =>
      sqlOn(
        join(folder, 'practice.db'),
        'delete from operator_step; delete from attachment; delete from message; delete from ticket; delete from idempotency;',
      ),
  ],
];
test.each(
  losses,
)('practice numbers begin behind every one this PC knows when the practice folder was %s, and it is told once', async (how, lose) => {
  const folder = join(temporaryFolder(), 'practice');
  const place = freshFolder();
  const known: number[] = [];
  const open = async (): Promise<OpenedServices> => {
    const opened = await openTestWorkshop(place, {
      startPractice: async (lastNumber) => {
        known.push(lastNumber());
        const portal = await startPracticePortal({
          dataFolder: folder,
          port: 0,
          operatorDelayMs: null,
          lastNumber: lastNumber(),
        });
        stops.push(() => portal.stop());
        return { url: portal.url, token: portal.token, stop: async () => undefined };
      },
      timing: { gapMs: 30, syncMs: 50 },
      random: () => 0.01,
    });
    stops.push(() => opened.services.stop());
    await opened.services.start();
    return opened;
  };
  const before = await open();
  const first = [await sent(before, 'La lettura si ferma'), await sent(before, 'La scrittura si ferma')];
  await endAll();
  lose(folder);
  const opened = await open();
  const third = await sent(opened, 'Il cavo non viene riconosciuto');
  expect(known).toEqual([0, 2]);
  expect(first.map(({ number }) => number)).toEqual(['P-000001', 'P-000002']);
  expect(first.map(({ number }) => number)).not.toContain(third.number);
  await until(() => opened.services.context.portals.notices().some(({ id }) => id.startsWith('anew-')));
  expect(opened.faults).toEqual([]);
  const aside = readdirSync(dirname(folder)).filter((name) => name.startsWith('practice-set-aside-'));
  expect(aside).toHaveLength(how.startsWith('replaced') ? 1 : 0);
  await endAll();
  const again = await open();
  await until(() => again.services.context.portals.notices().some(({ id }) => id.startsWith('anew-')));
  const anew = again.services.context.portals.notices().filter(({ id }) => id.startsWith('anew-'));
  expect(anew).toHaveLength(1);
});

const counters: readonly (readonly [string, string])[] = [
  ['emptied', 'delete from counter'],
  ['set back to 0', 'update counter set value = 0'],
  ['below 0', 'update counter set value = -5'],
  ['at the highest there is', 'update counter set value = 9223372036854775807'],
  ['beyond what a cursor can say', 'update counter set value = 1000000000000000'],
];
const manners = counters.flatMap(([how, sql]) => [
  [how, 'while it stood', sql] as const,
  [how, 'while it ran', sql] as const,
]);
test.each(
  manners,
)('practice counters that are %s %s go on behind the highest number taken', async (_how, when, sql) => {
  const folder = temporaryFolder();
  const file = join(folder, 'portal', 'practice.db');
  const place = freshFolder();
  const one = await shop(await started(folder), place);
  const taken = [await sent(one, 'La lettura si ferma'), await sent(one, 'La scrittura si ferma')].map(
    ({ number }) => number,
  );
  if (when === 'while it stood') await endAll();
  sqlOn(file, sql);
  const two = when === 'while it stood' ? await shop(await started(folder), place) : one;
  const third = await sent(two, 'Il cavo non viene riconosciuto');
  expect(taken).toHaveLength(2);
  expect(taken).not.toContain(third.number);
  // While it runs, news that are read in between may move it further.
  expect(third.number).toMatch(when === 'while it stood' ? /^P-000003$/u : /^P-\d{6,15}$/u);
  await until(() => two.services.context.messages.ofTicket(third.id).length > 0);
  expect(two.faults).toEqual([]);
});

function never(): never {
  throw new Error('no number');
}
