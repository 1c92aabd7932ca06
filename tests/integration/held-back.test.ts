import { afterEach, expect, test } from 'vitest';
import type { Clock } from '../../electron/platform/clock.ts';
import { instantOfWall } from '../../shared/calendar/wall-time.ts';
import { type FaultyPortal, startFaultyPortal } from '../portal/faulty-portal.ts';
import { queueLooked } from './queue-looks.ts';
import { freshFolder, type OpenedServices, openTestWorkshop, readyDraft, until } from './workshop-fixture.ts';

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

const saturday = instantOfWall('Europe/Rome', '2026-11-28', 9 * 60);
const monday = instantOfWall('Europe/Rome', '2026-11-30', 8 * 60 + 30);

/** The clocks of PC and portal, each of which can be set. */
const shift = { pcMs: 0, portalMs: 0 };
const at = (offset: 'pcMs' | 'portalMs'): number => Date.now() + shift[offset];
const clock: Clock = {
  instant: () => new Date(at('pcMs')).toISOString(),
  monotonicMs: () => performance.now(),
};
function setClocks(ms: number): void {
  shift.pcMs = ms - Date.now();
  shift.portalMs = shift.pcMs;
}

async function openedOn(server: FaultyPortal, folder: string): Promise<OpenedServices> {
  const opened = await openTestWorkshop(folder, {
    clock,
    timing: { gapMs: 30, syncMs: 50, leastApartMs: 10, timeKeptMs: 300 },
    random: () => 0.01,
    keychain: {
      read: async () => ({ kind: 'present', secret: server.token }),
      save: async () => undefined,
      remove: async () => true,
    },
  });
  stops.push(() => opened.services.stop());
  return opened;
}

/** A workshop on a Saturday, when the vendor's portal takes tickets and nobody answers. */
async function shop(): Promise<{ readonly server: FaultyPortal; readonly opened: OpenedServices }> {
  setClocks(saturday);
  const folder = freshFolder();
  const server = await startFaultyPortal({
    dataFolder: `${folder}/portal`,
    journalFile: `${folder}/journal.jsonl`,
    nowMs: () => at('portalMs'),
  });
  stops.push(() => server.stop());
  const opened = await openedOn(server, freshFolder());
  await opened.call('saveProfile', {
    customerCode: 'ALI-1',
    company: 'Rossi',
    email: 'a@b.example',
    ticketLanguage: 'it',
  });
  await opened.call('choosePortal', { kind: 'contract', url: server.url });
  await opened.services.start();
  return { server, opened };
}

const numberOf = (
  { services }: OpenedServices,
  id: Parameters<OpenedServices['services']['context']['tickets']['find']>[0],
) => services.context.tickets.find(id)?.number ?? null;
const tickets = (server: FaultyPortal): readonly string[] =>
  server.journal().flatMap((entry) => (entry.kind === 'ticket' ? [entry.clientReference] : []));
const codeOf = async (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => null,
    (fault: { error?: { code: string } }) => fault.error?.code ?? String(fault),
  );

test('R-TICKET-2: held request lets others pass, says until when, survives a restart, and goes when it is let go', async () => {
  const { server, opened } = await shop();
  const held = await readyDraft(opened, 'La lettura non parte');
  const other = await readyDraft(opened, 'La scrittura non parte');
  await opened.call('sendDraft', { ...held, hold: { kind: 'staffed' } });
  await opened.call('sendDraft', other);
  await until(() => numberOf(opened, other.id));
  const goesAt = new Date(monday).toISOString();
  const expected = {
    waitReason: { kind: 'held', hold: { kind: 'staffed' } },
    hold: { kind: 'staffed' },
    goesAt,
    before: 0,
  };
  expect(await opened.call('outbox', {})).toMatchObject([expected]);
  expect((await opened.call('portalStatus', {})).staffedFrom).toBe(goesAt);

  await opened.services.stop();
  const again = await openedOn(server, opened.dataFolder);
  await again.services.start();
  expect((await queueLooked(again)).filter((found) => found !== null)).toEqual([]);
  const [row] = await again.call('outbox', {});
  expect(row).toMatchObject(expected);
  expect(tickets(server)).toEqual([other.id]);
  if (row === undefined) return;

  expect(
    await codeOf(again.call('holdOutboxItem', { id: row.id, hold: { kind: 'until', at: clock.instant() } })),
  ).toBe('E_INPUT');
  await again.call('holdOutboxItem', {
    id: row.id,
    hold: { kind: 'until', at: new Date(monday + 1_000).toISOString() },
  });
  expect((await again.call('outbox', {}))[0]?.goesAt).toBe(new Date(monday + 1_000).toISOString());
  await again.call('holdOutboxItem', { id: row.id, hold: null });
  await until(() => numberOf(again, held.id));
  expect(tickets(server)).toEqual([other.id, held.id]);
  expect(await codeOf(again.call('holdOutboxItem', { id: row.id, hold: null }))).toBe('outbox.cannotWait');
  expect([...opened.faults, ...again.faults]).toEqual([]);
});

test('CLOCK-1: held request goes by the portal’s clock: neither a PC set ahead nor one set back moves it, its time does', async () => {
  const { server, opened } = await shop();
  const first = await readyDraft(opened, 'La scrittura non parte');
  await opened.call('sendDraft', first);
  await until(() => numberOf(opened, first.id));
  const held = await readyDraft(opened, 'La lettura non parte');
  await opened.call('sendDraft', { ...held, hold: { kind: 'until', at: new Date(monday).toISOString() } });
  shift.pcMs += 5 * 86_400_000;
  expect((await queueLooked(opened)).filter((found) => found !== null)).toEqual([]);
  expect(tickets(server)).toEqual([first.id]);
  setClocks(monday - 60_000);
  expect((await queueLooked(opened)).filter((found) => found !== null)).toEqual([]);
  expect(tickets(server)).toEqual([first.id]);
  setClocks(monday - 900);
  opened.services.sender.wake();
  await until(() => numberOf(opened, held.id));
  expect(at('portalMs')).toBeGreaterThanOrEqual(monday);
  expect(opened.faults).toEqual([]);
});

test('R-TICKET-1: held reply keeps what was written after it in its ticket, which says so, and both leave in order', async () => {
  const { server, opened } = await shop();
  const { id, revision } = await readyDraft(opened);
  await opened.call('sendDraft', { id, revision });
  await until(() => numberOf(opened, id));
  for (const [text, hold] of [
    ['Prima', { kind: 'staffed' }],
    ['Seconda', null],
  ] as const) {
    await opened.call('saveReply', { ticketId: id, text, evidenceIds: [] });
    await opened.call('sendReply', { ticketId: id, hold });
  }
  expect((await queueLooked(opened)).filter((found) => found !== null)).toEqual([]);
  const rows = await opened.call('outbox', {});
  expect(rows.map(({ waitReason, hold }) => [waitReason?.kind, hold?.kind ?? null])).toEqual([
    ['held', 'staffed'],
    ['held', null],
  ]);
  const [leader] = rows;
  if (leader === undefined) return;
  await opened.call('holdOutboxItem', { id: leader.id, hold: null });
  await until(() =>
    opened.services.context.outbox.countWaiting(opened.services.link.recipient()) === 0 ? true : null,
  );
  expect(server.journal().flatMap((entry) => (entry.kind === 'message' ? [entry.text] : []))).toEqual([
    'Prima',
    'Seconda',
  ]);
  expect(opened.faults).toEqual([]);
});
