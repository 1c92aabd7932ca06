import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Clock } from '../../electron/platform/clock.ts';
import type { Keychain } from '../../electron/secrets/keychain.ts';
import type { RemoteTool } from '../../electron/remote/remote-tool.ts';
import type { TicketId } from '../../shared/domain/ids.ts';
import { sessionReceiptSchema, signedRecordSchema } from '../../shared/domain/session-record.ts';
import { anyVersion } from '../../shared/rules/teamviewer-version.ts';
import { filesWith } from '../fixtures/files-with.ts';
import { remoteWorld, type RemoteWorld } from './remote-world.ts';
import { type OpenedServices, readyDraft, until } from './workshop-fixture.ts';

/** Ten in the morning of a working Tuesday in Italy; it goes on from there. */
function workingHours(): Clock {
  const startMs = performance.now();
  const monotonicMs = (): number => performance.now() - startMs;
  return {
    instant: () => new Date(Date.parse('2026-11-24T09:00:00.000Z') + monotonicMs()).toISOString(),
    monotonicMs,
  };
}

/** Holds the signing key of the session while the test runs. */
function keychainInMemory(): Keychain {
  const kept = new Map<string, string>();
  return {
    read: async (account) => {
      const secret = kept.get(account);
      return secret === undefined ? { kind: 'absent' } : { kind: 'present', secret };
    },
    save: async (account, secret) => void kept.set(account, secret),
    remove: async (account) => kept.delete(account),
  };
}

type ByHand = {
  readonly world: RemoteWorld;
  readonly ticketId: TicketId;
  readonly required: (string | null)[];
};

/** A workshop whose portal only a person can read, with one request that has its number. */
async function byHand(): Promise<ByHand> {
  const required: (string | null)[] = [];
  const asked = (tool: RemoteTool): RemoteTool => ({
    ...tool,
    practice: false,
    check: (version, chosen) => {
      required.push(version);
      return tool.check(version, chosen);
    },
  });
  const world = await remoteWorld({ clock: workingHours(), keychain: keychainInMemory() }, (usual) => ({
    ...usual,
    tool: asked(usual.tool),
  }));
  await world.call('choosePortal', { kind: 'manual' });
  const draft = await readyDraft(world, 'La scrittura si ferma al 12 %');
  await world.call('sendDraft', draft);
  await world.call('setManualNumber', { id: draft.id, number: '2026/4711' });
  return { world, ticketId: draft.id, required };
}

const words = {
  name: 'Marta',
  at: '2026-11-24T08:31:00.000Z',
  text: 'Mi manda il file LOG e la tensione della batteria durante la lettura? Così è più chiaro.',
  asksForSession: false,
};
const ticket = ({ call }: Pick<OpenedServices, 'call'>, id: TicketId) => call('ticket', { id });

test('conversation with a portal that only a person can read is kept as of any ticket, and marked as stated here', async () => {
  const { world, ticketId } = await byHand();
  await world.call('stateWords', { ticketId, ...words });
  await world.call('stateWords', { ticketId, ...words, text: words.text.normalize('NFD') });
  const first = await ticket(world, ticketId);
  expect(first.messages.map(({ author, text, at }) => [author, text, at])).toEqual([
    [{ kind: 'system', event: 'assigned', detail: 'Marta', stated: true }, '', words.at],
    [{ kind: 'operator', name: 'Marta', stated: true }, words.text, words.at],
  ]);
  expect(first.ticket).toMatchObject({ operator: 'Marta', state: 'waiting-customer', unread: 0 });
  expect(first.row).toMatchObject({ turn: 'you' });
  expect(
    (await world.call('requests', { filter: 'all', text: '4711', offset: 0 })).rows.map(({ id }) => id),
  ).toEqual([ticketId]);
  // What was asked back for is learned as from any operator.
  expect(world.services.store.db.prepare('select count(*) from asked_back').pluck().get()).toBeGreaterThan(0);

  await world.call('saveReply', { ticketId, text: '13,4 V', evidenceIds: [] });
  await world.call('sendReply', { ticketId });
  const waiting = (await ticket(world, ticketId)).outbox.filter(({ state }) => state === 'by-hand');
  expect(waiting.map(({ work }) => work.kind)).toEqual(['send-message']);
  await world.call('decideOutboxItem', { id: waiting[0]?.id ?? '', decision: { kind: 'carried' } });
  const second = await ticket(world, ticketId);
  expect(second.ticket).toMatchObject({ operator: 'Marta', state: 'assigned' });
  expect(second.messages.at(-1)).toMatchObject({ text: '13,4 V', delivery: 'delivered' });
  expect(second.row).toMatchObject({ turn: 'vendor' });

  // A slip of the hand is taken back; what the person wrote themselves is not.
  const slip = second.messages.find(({ author }) => author.kind === 'operator');
  await world.call('withdrawStated', { id: slip?.id ?? '' });
  expect((await ticket(world, ticketId)).messages.map(({ text }) => text)).toEqual(['', '13,4 V']);
  await expect(world.call('withdrawStated', { id: second.messages.at(-1)?.id ?? '' })).rejects.toMatchObject({
    error: { code: 'notFound' },
  });
  await world.call('closeTicket', { id: ticketId });
  await expect(world.call('stateWords', { ticketId, ...words })).rejects.toMatchObject({
    error: { code: 'portal.rejected' },
  });
});

test('R-REMOTE-1: words are stated for no request whose portal tells its own news, nor for one without a number', async () => {
  const { world, ticketId } = await byHand();
  const draft = await readyDraft(world, 'Il cavo non viene visto');
  await world.call('sendDraft', draft);
  for (const id of [world.ticketId, draft.id])
    await expect(world.call('stateWords', { ticketId: id, ...words })).rejects.toMatchObject({
      error: { code: 'notFound' },
    });
  expect((await ticket(world, ticketId)).messages).toEqual([]);
});

test('R-REMOTE-1 to R-REMOTE-8: a session stated by hand is prepared, allowed, started, ended and proved, as what it is', async () => {
  const { world, ticketId, required } = await byHand();
  const view = () => world.call('remoteSession', { ticketId });
  expect((await view()).gates.ticket).toBe('no-operator');
  await world.call('stateWords', { ticketId, ...words });
  expect((await view()).gates.ticket).toBe('not-asked');
  await world.call('stateWords', { ticketId, ...words, text: '', asksForSession: true });
  expect((await ticket(world, ticketId)).row).toMatchObject({ sessionAskedBy: 'Marta', turn: 'you' });
  await world.call('prepareSession', { ticketId });
  expect(await view()).toMatchObject({
    operator: 'Marta',
    practice: false,
    gates: { ticket: null },
    session: { preparation: { ticket: { stated: true } } },
  });
  await world.call('declareBackup', {
    what: 'Disco C intero',
    where: 'disco esterno',
    on: '2026-11-23',
    by: 'Mario Rossi',
  });
  await world.call('lookAtPrograms', {});
  await world.call('keepProgram', { id: '7', kept: true });
  await world.call('confirmPrograms', {});
  await world.call('checkTeamViewer', {});
  expect(required).toEqual([anyVersion]);
  const { consent } = await view();
  await world.call('giveConsent', {
    name: 'Mario Rossi',
    allowed: true,
    backupIsMine: true,
    textSha256: consent.sha256,
  });
  expect(await world.call('launchTeamViewer', {})).toEqual({ launched: true });
  expect(await world.call('handOverCodes', { id: '1234567890', password: 'geheim-77' })).toEqual({
    how: 'shown',
  });
  await world.call('endSession', {});
  await world.call('nextEndStep', {});
  await world.call('sayEnded', {}).catch(() => undefined);
  await expect.poll(async () => (await view()).receipt, { timeout: 10_000 }).not.toBeNull();
  expect((await view()).session.phase).toBe('ended');
  const folder = join(world.dataFolder, 'receipts');
  const name = await until(
    () => existsSync(folder) && readdirSync(folder).find((file) => file.endsWith('.json')),
  );
  const receipt = sessionReceiptSchema.parse(
    JSON.parse(signedRecordSchema.parse(JSON.parse(readFileSync(join(folder, name), 'utf8'))).record),
  );
  expect(receipt.consent).toMatchObject({
    operator: 'Marta',
    stated: true,
    number: '2026/4711',
    practice: false,
  });
  const audit = (await world.call('auditPage', { kind: 'all', offset: 0 })).entries;
  expect(audit.find(({ action }) => action === 'session-consented')?.detail).toMatchObject({
    source: 'stated-here',
  });
  // It is over, and nobody waits for another one.
  expect((await ticket(world, ticketId)).messages.at(-1)?.author).toMatchObject({
    event: 'session-ended',
    stated: true,
  });
  expect((await ticket(world, ticketId)).row.sessionAskedBy).toBeNull();
  expect(filesWith(world.dataFolder, ['geheim-77'])).toEqual([]);
});

test('R-VERSION-1: latest version a person read is kept for that portal alone, and taken out again', async () => {
  const { world } = await byHand();
  const card = { productId: 'ktag-master', serial: 'KT1', installedVersion: '2.70', nickname: null };
  const { productId } = await world.call('saveTool', { id: null, tool: card });
  const stated = { version: '9.99', source: 'Databank', on: '2026-11-24' };
  const latest = async () => (await world.call('toolVersions', {}))[0]?.version.latest ?? null;
  await world.call('stateVersion', { productId, stated });
  expect(await latest()).toEqual({
    text: '9.99',
    origin: { kind: 'stated', source: 'Databank', on: '2026-11-24' },
  });
  await world.call('stateVersion', { productId, stated: { ...stated, version: '9.98' } });
  expect((await latest())?.text).toBe('9.98');
  await world.call('stateVersion', { productId, stated: null });
  expect(await latest()).toBeNull();
  await world.call('stateVersion', { productId, stated });
  await world.call('choosePortal', { kind: 'practice' });
  expect((await latest())?.origin.kind).not.toBe('stated');
  await expect(world.call('stateVersion', { productId, stated })).rejects.toMatchObject({
    error: { code: 'notFound' },
  });
});
