import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { verifyChain } from '../../electron/remote/proof/chain-export.ts';
import type { ChannelOutput } from '../../shared/ipc/contract.ts';
import { plant } from '../fixtures/backup-world.ts';
import { filesWith } from '../fixtures/files-with.ts';
import { operatorName, remoteWorld, type RemoteWorld } from './remote-world.ts';
import { freshFolder, type OpenedWorkshop, readyDraft, until } from './workshop-fixture.ts';

const view = ({ call }: Pick<OpenedWorkshop, 'call'>, { ticketId }: RemoteWorld): Promise<ChannelOutput<'remoteSession'>> => call('remoteSession', { ticketId });
const evidenceParts = { scanWorker: resolve(import.meta.dirname, '../../electron/evidence/scan.worker.ts'), sampleResources: resolve(import.meta.dirname, '../../resources/samples'), clipboardPng: async () => null, guesses: { guessed: async () => [], installed: async () => [] } };
const declared = { what: 'Disco C intero', where: 'disco esterno', on: '2026-11-23', by: 'Mario Rossi' };

async function waitFor(world: RemoteWorld, ready: (seen: ChannelOutput<'remoteSession'>) => boolean): Promise<ChannelOutput<'remoteSession'>> {
  let last = await view(world, world);
  for (let turn = 0; turn < 300 && !ready(last); turn += 1) {
    await new Promise((resolve) => setTimeout(resolve, 30));
    last = await view(world, world);
  }
  if (!ready(last)) throw new Error(JSON.stringify(last));
  return last;
}

/** Up to the consent: taken in charge, asked for, backup declared, programs seen to, tool checked. */
async function prepared(world: RemoteWorld): Promise<void> {
  await world.operator('assign');
  await world.operator('ask-for-session');
  await world.sync();
  await waitFor(world, ({ gates }) => gates.ticket === null);
  await world.call('prepareSession', { ticketId: world.ticketId });
  await world.call('declareBackup', declared);
  await world.call('lookAtPrograms', {});
  await world.call('keepProgram', { id: '7', kept: true });
  await world.call('confirmPrograms', {});
  await world.call('checkTeamViewer', {});
}

async function consented(world: RemoteWorld): Promise<void> {
  const { consent } = await view(world, world);
  await world.call('giveConsent', { name: 'Mario Rossi', allowed: true, backupIsMine: true, textSha256: consent.sha256 });
}

describe('a remote session', () => {
  test('R-REMOTE-1 to R-REMOTE-8 is prepared, allowed, started, handed over, seen, ended and proved', async () => {
    const world = await remoteWorld();
    expect((await view(world, world)).gates.ticket).toBe('no-operator');
    await prepared(world);
    expect(await view(world, world)).toMatchObject({ operator: operatorName, gates: { ticket: null, backup: null, programs: null, teamviewer: null, consent: 'no-consent' }, keyError: null, practice: true });
    await expect(world.call('launchTeamViewer', {})).rejects.toMatchObject({ error: { code: 'remote.gateShut', params: { gate: 'consent' } } });
    await consented(world);
    expect(await world.call('launchTeamViewer', {})).toEqual({ launched: true });
    expect(world.live).toEqual([true]);
    await expect(world.call('handOverCodes', { id: '12', password: 'x' })).rejects.toMatchObject({ error: { code: 'remote.codesInvalid' } });
    const { practiceCodes } = await view(world, world);
    const codes = practiceCodes ?? { id: '', password: '' };
    expect(await world.call('handOverCodes', { id: codes.id.replace(/(\d{3})(?=\d)/gu, '$1 '), password: codes.password })).toEqual({ how: 'sent' });
    expect(world.cleared).toEqual([codes]);
    expect(await (await fetch(world.portal.operatorUrl)).text()).toContain(codes.password);
    await world.operator('connect');
    await waitFor(world, ({ session }) => 'seen' in session && session.seen === 'active');
    expect(await world.call('liveSession', {})).toMatchObject({ operator: operatorName, seen: 'active', ending: false });
    await world.operator('end-session');
    const over = await waitFor(world, ({ receipt }) => receipt !== null);
    expect(over.session).toMatchObject({ phase: 'ended', proof: 'proved', by: 'operator' });
    expect(await until(() => world.live.length === 2 && world.live)).toEqual([true, false]);
    // T10: nothing of the codes is anywhere on the disk, the practice portal's included.
    expect(filesWith(world.dataFolder, [codes.id, codes.password])).toEqual([]);
    expect(readdirSync(join(world.dataFolder, 'receipts')).map((name) => name.split('.').at(-1)).sort()).toEqual(['json', 'pdf']);
    expect(await world.call('verifyAudit', {})).toMatchObject({ ok: true, records: 2 });
    await world.call('attachReceipt', { receiptId: over.receipt?.id ?? '' });
    expect((await world.call('ticket', { id: world.ticketId })).reply).toMatchObject({ evidence: [{ name: expect.stringContaining('.pdf') }], text: expect.stringContaining(operatorName) });
    expect(world.faults).toEqual([]);
  });

  test('R-REMOTE-3 comes to nothing when it is refused, and stays on record', async () => {
    const world = await remoteWorld();
    await prepared(world);
    await world.call('refuseConsent', {});
    expect(await world.call('liveSession', {})).toBeNull();
    await expect(world.call('launchTeamViewer', {})).rejects.toMatchObject({ error: { code: 'remote.noSession' } });
    expect((await world.call('auditPage', { kind: 'sessions', offset: 0 })).entries[0]?.action).toBe('session-refused');
    expect(await view(world, world)).toMatchObject({ sessionId: null, gates: { backup: null, consent: 'no-consent' } });
  });

  test('R-REMOTE-1 a preparation is left when another ticket is prepared, and a session under way is not', async () => {
    const world = await remoteWorld();
    const draft = await readyDraft(world, 'Un altro problema');
    await prepared(world);
    expect((await world.call('prepareSession', { ticketId: draft.id })).sessionId).not.toBeNull();
    expect((await view(world, world)).sessionId).toBeNull();
    await world.call('prepareSession', { ticketId: world.ticketId });
    expect((await view(world, world)).gates.backup).toBeNull();
    await world.call('lookAtPrograms', {});
    await world.call('keepProgram', { id: '7', kept: true });
    await world.call('confirmPrograms', {});
    await world.call('checkTeamViewer', {});
    await consented(world);
    await world.call('launchTeamViewer', {});
    await expect(world.call('prepareSession', { ticketId: draft.id })).rejects.toMatchObject({ error: { code: 'remote.otherSession' } });
  });

  test('R-REMOTE-6 is ended by the person and proved by the signals', async () => {
    const world = await remoteWorld();
    await prepared(world);
    await consented(world);
    await world.call('launchTeamViewer', {});
    await world.operator('connect');
    await waitFor(world, ({ session }) => 'seen' in session && session.seen === 'active');
    await world.call('endSession', {});
    const over = await waitFor(world, ({ receipt }) => receipt !== null);
    expect(over.session).toMatchObject({ phase: 'ended', proof: 'proved', by: 'person' });
  });

  test('K3 a start after a crash watches what may be running, and asks for consent anew where nothing was started', async () => {
    const world = await remoteWorld();
    await prepared(world);
    await consented(world);
    const second = await world.restart();
    expect(await view(second, world)).toMatchObject({ session: { phase: 'preparing' }, gates: { backup: null, consent: 'no-consent', teamviewer: 'tool-unchecked', programs: 'programs-unchecked' } });
  });

  test('K3 a session that was under way is cannot-tell after a crash, and ends by the person\'s word with a receipt', async () => {
    const world = await remoteWorld();
    await prepared(world);
    await consented(world);
    await world.call('launchTeamViewer', {});
    const second = await world.restart();
    expect(await until(() => world.live.at(-1))).toBe(true);
    expect(await view(second, world)).toMatchObject({ session: { phase: 'live' } });
    await second.call('endSession', {});
    await second.call('sayEnded', {});
    for (let turn = 0; turn < 100 && (await view(second, world)).receipt === null; turn += 1) await new Promise((resolve) => setTimeout(resolve, 30));
    expect((await view(second, world)).session).toMatchObject({ phase: 'ended', proof: 'said' });
  });

  test('R-BACKUP-1 a backup made here opens the gate with its receipt, and an exported audit proves it all', async () => {
    const [source, destination, exported] = [freshFolder(), freshFolder(), freshFolder()];
    plant(source, { 'K-TAG/read.ori': Buffer.alloc(2_000_000, 3), 'K-TAG/job.log': 'ERR back checksum' });
    const folders = [source, destination, exported];
    const own = await remoteWorld({ evidence: { ...evidenceParts, dialogs: { chooseFiles: async () => [], chooseFolder: async () => folders.shift() ?? null } } });
    await own.call('prepareSession', { ticketId: own.ticketId });
    await own.call('addBackupFolder', {});
    await own.call('chooseBackupDestination', {});
    await own.call('estimateBackup', {});
    for (const folder of (await view(own, own)).backup.folders) if (folder.origin !== 'added') await own.call('chooseBackupFolder', { id: folder.id, chosen: false });
    await own.call('estimateBackup', {});
    expect((await view(own, own)).backup).toMatchObject({ sameDrive: true, state: { phase: 'estimated', files: 2 } });
    await own.call('runBackup', { act: 'start' });
    const made = await waitFor(own, ({ backup }) => backup.state.phase === 'proved');
    expect(made).toMatchObject({ gates: { backup: null }, proof: { kind: 'made', files: 2, readBackFiles: 2, differentFiles: 0, sampleRestored: 2, skipped: [] } });
    expect(existsSync(join(destination, 'Officina Support backup', 'receipt.json'))).toBe(true);
    await own.call('exportAudit', {});
    const [file] = readdirSync(exported);
    expect(verifyChain(readFileSync(join(exported, file ?? ''), 'utf8'), null)).toMatchObject({ ok: true });
  });
});
