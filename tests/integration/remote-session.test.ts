import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { RemoteTool } from '../../electron/remote/remote-tool.ts';
import type { OpenProgram } from '../../electron/remote/open-programs.ts';
import { isSigned } from '../../electron/remote/proof/signing-key.ts';
import { verifyChain } from '../../electron/remote/proof/chain-export.ts';
import {
  sessionConsentSchema,
  sessionReceiptSchema,
  signedRecordSchema,
} from '../../shared/domain/session-record.ts';
import type { ChannelOutput } from '../../shared/ipc/contract.ts';
import { plant, sha256 } from '../fixtures/backup-world.ts';
import { filesWith } from '../fixtures/files-with.ts';
import { operatorName, remoteWorld, type RemoteWorld } from './remote-world.ts';
import { freshFolder, type OpenedServices, readyDraft, until } from './workshop-fixture.ts';

const view = (
  { call }: Pick<OpenedServices, 'call'>,
  { ticketId }: RemoteWorld,
): Promise<ChannelOutput<'remoteSession'>> => call('remoteSession', { ticketId });
const evidenceParts = {
  scanWorker: resolve(import.meta.dirname, '../../electron/evidence/scan.worker.ts'),
  sampleResources: resolve(import.meta.dirname, '../../resources/samples'),
  clipboardPng: async () => null,
  guesses: { guessed: async () => [], installed: async () => [] },
};
/** Longest a volume of a busy machine may take to be flushed, in milliseconds. */
const diskLimitMs = 120_000;
const declared = { what: 'Disco C intero', where: 'disco esterno', on: '2026-11-23', by: 'Mario Rossi' };

async function waitFor(
  world: RemoteWorld,
  ready: (seen: ChannelOutput<'remoteSession'>) => boolean,
  limitMs = 10_000,
): Promise<ChannelOutput<'remoteSession'>> {
  const end = Date.now() + limitMs;
  for (let last = await view(world, world); ; last = await view(world, world)) {
    if (ready(last)) return last;
    if (Date.now() > end) throw new Error(JSON.stringify(last));
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
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
  await world.call('giveConsent', {
    name: 'Mario Rossi',
    allowed: true,
    backupIsMine: true,
    textSha256: consent.sha256,
  });
}

/** The kinds of files where every receipt is kept; one that is still being written beside its place is none yet. */
function receiptFiles({ dataFolder }: { readonly dataFolder: string }): readonly string[] {
  const folder = join(dataFolder, 'receipts');
  return existsSync(folder)
    ? readdirSync(folder)
        .flatMap((name) => /\.(pdf|json)$/u.exec(name)?.[1] ?? [])
        .sort()
    : [];
}

/** The signed receipt as it lies among the program's data; written a moment after its row. */
async function receiptOf({ dataFolder }: { readonly dataFolder: string }): Promise<unknown> {
  const folder = join(dataFolder, 'receipts');
  const name = await until(
    () => existsSync(folder) && readdirSync(folder).find((file) => file.endsWith('.json')),
  );
  return sessionReceiptSchema.parse(
    JSON.parse(signedRecordSchema.parse(JSON.parse(readFileSync(join(folder, name), 'utf8'))).record),
  );
}

describe('a remote session', () => {
  test('R-REMOTE-1 to R-REMOTE-8: session is prepared, allowed, started, handed over, seen, ended and proved', async () => {
    const world = await remoteWorld();
    expect((await view(world, world)).gates.ticket).toBe('no-operator');
    await prepared(world);
    expect(await view(world, world)).toMatchObject({
      operator: operatorName,
      gates: { ticket: null, backup: null, programs: null, teamviewer: null, consent: 'no-consent' },
      keyError: null,
      practice: true,
    });
    await expect(world.call('launchTeamViewer', {})).rejects.toMatchObject({
      error: { code: 'remote.gateShut', params: { gate: 'consent' } },
    });
    await consented(world);
    expect(await world.call('launchTeamViewer', {})).toEqual({ launched: true });
    expect(world.live).toEqual([true]);
    await expect(world.call('handOverCodes', { id: '12', password: 'x' })).rejects.toMatchObject({
      error: { code: 'remote.codesInvalid' },
    });
    const { practiceCodes } = await view(world, world);
    const codes = practiceCodes ?? { id: '', password: '' };
    expect(
      await world.call('handOverCodes', {
        id: codes.id.replace(/(\d{3})(?=\d)/gu, '$1 '),
        password: codes.password,
      }),
    ).toEqual({
      how: 'sent',
    });
    expect(world.cleared).toEqual([codes]);
    expect(await (await fetch(world.portal.operatorUrl)).text()).toContain(codes.password);
    await world.operator('connect');
    await waitFor(world, ({ session }) => 'seen' in session && session.seen === 'active');
    expect(await world.call('liveSession', {})).toMatchObject({
      operator: operatorName,
      seen: 'active',
      ending: false,
    });
    await world.operator('end-session');
    await waitFor(world, ({ session }) => 'seen' in session && session.seen === 'left');
    await world.call('endSession', {});
    const over = await waitFor(world, ({ receipt }) => receipt !== null);
    expect(over.session).toMatchObject({ phase: 'ended', proof: 'proved', by: 'person' });
    expect(await until(() => world.live.length === 2 && world.live)).toEqual([true, false]);
    // THREAT-10: nothing of the codes is anywhere on the disk, the practice portal's included.
    expect(filesWith(world.dataFolder, [codes.id, codes.password])).toEqual([]);
    expect(await until(() => receiptFiles(world).length === 2 && receiptFiles(world))).toEqual([
      'json',
      'pdf',
    ]);
    expect(await world.call('verifyAudit', {})).toMatchObject({ ok: true, records: 2 });
    await world.call('attachReceipt', { receiptId: over.receipt?.id ?? '' });
    expect((await world.call('ticket', { id: world.ticketId })).reply).toMatchObject({
      evidence: [{ name: expect.stringContaining('.pdf') }],
      text: expect.stringContaining(operatorName),
    });
    expect(world.faults).toEqual([]);
  });

  test('R-REMOTE-1: gate and other screens say the same of the hours: always there in practice, and shut in a closure', async () => {
    const world = await remoteWorld();
    await prepared(world);
    expect(await world.call('portalStatus', {})).toMatchObject({
      realm: 'practice',
      state: 'staffed',
      until: null,
      why: { kind: 'always' },
    });
    expect((await view(world, world)).gates.ticket).toBeNull();
    const at = (offsetMs: number): string => new Date(Date.now() + offsetMs).toISOString();
    await world.call('addNotice', {
      kind: 'closure',
      title: 'Chiuso',
      startsAt: at(-60_000),
      endsAt: at(3_600_000),
    });
    expect(await world.call('portalStatus', {})).toMatchObject({
      state: 'read-only',
      why: { kind: 'closure' },
    });
    expect((await view(world, world)).gates.ticket).toBe('unstaffed');
    await expect(
      world.call('giveConsent', {
        name: 'Mario Rossi',
        allowed: true,
        backupIsMine: true,
        textSha256: (await view(world, world)).consent.sha256,
      }),
    ).rejects.toMatchObject({ error: { code: 'remote.gateShut' } });
  });

  test('R-REMOTE-2: looks at the file the person pointed at and no other, until the preparation is left', async () => {
    const looked: (string | null)[] = [];
    const paths = ['D:\\Download\\TeamViewerQS.exe', null];
    const watched = (tool: RemoteTool): RemoteTool => ({
      ...tool,
      check: (required, chosen) => {
        looked.push(chosen);
        return tool.check(required, chosen);
      },
    });
    const world = await remoteWorld({}, (usual) => ({
      ...usual,
      practiceTool: watched(usual.practiceTool),
      chooseProgram: async () => paths.shift() ?? null,
    }));
    await prepared(world);
    await world.call('chooseTeamViewer', {});
    await world.call('checkTeamViewer', {});
    await world.call('chooseTeamViewer', {});
    await world.call('leaveSession', {});
    await world.call('prepareSession', { ticketId: world.ticketId });
    await world.call('checkTeamViewer', {});
    expect(looked).toEqual([null, 'D:\\Download\\TeamViewerQS.exe', 'D:\\Download\\TeamViewerQS.exe', null]);
    expect(filesWith(world.dataFolder, ['TeamViewerQS.exe'])).toEqual([]);
  });

  test.each([
    [
      'a program that was opened after they were seen to',
      [
        { id: '7', name: 'firefox', belongs: false },
        { id: '8', name: 'OUTLOOK', belongs: false },
      ],
    ],
    ['a system that says nothing any more', null],
  ])('R-REMOTE-4: the programs are looked at again right before the start, which meets %s and starts nothing', async (_what, later) => {
    let open: readonly OpenProgram[] | null = [{ id: '7', name: 'firefox', belongs: false }];
    const world = await remoteWorld({}, (usual) => ({
      ...usual,
      programs: { ...usual.programs, list: async () => open },
    }));
    await prepared(world);
    await consented(world);
    open = later;
    await expect(world.call('launchTeamViewer', {})).rejects.toMatchObject({
      error: { code: 'remote.gateShut', params: { gate: 'programs' } },
    });
    expect(await world.call('liveSession', {})).toBeNull();
  });

  test('R-REMOTE-4: where the system never says what is open, the word of the person for this preparation is taken', async () => {
    const world = await remoteWorld({}, (usual) => ({
      ...usual,
      programs: { ...usual.programs, list: async () => null },
    }));
    await prepared(world);
    await consented(world);
    await world.call('launchTeamViewer', {});
    await waitFor(world, ({ session }) => session.phase === 'live');
  });

  test('R-REMOTE-3: comes to nothing when it is refused, and stays on record', async () => {
    const world = await remoteWorld();
    await prepared(world);
    await world.call('refuseConsent', {});
    expect(await world.call('liveSession', {})).toBeNull();
    await expect(world.call('launchTeamViewer', {})).rejects.toMatchObject({
      error: { code: 'remote.noSession' },
    });
    expect((await world.call('auditPage', { kind: 'sessions', offset: 0 })).entries[0]?.action).toBe(
      'session-refused',
    );
    expect(await view(world, world)).toMatchObject({
      sessionId: null,
      gates: { backup: null, consent: 'no-consent' },
    });
  });

  test('R-REMOTE-1: a preparation is left when another ticket is prepared, and a session under way is not', async () => {
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
    await expect(world.call('prepareSession', { ticketId: draft.id })).rejects.toMatchObject({
      error: { code: 'remote.otherSession' },
    });
  });

  /** A world with everything agreed to, whose list of installed programs does not answer before it is let go. */
  const slowToLaunch = async (): Promise<{
    readonly world: RemoteWorld;
    readonly letGo: () => void;
    readonly asked: () => boolean;
  }> => {
    const held: { letGo: () => void; asked: boolean } = { letGo: () => undefined, asked: false };
    const world = await remoteWorld({}, (usual) => ({
      ...usual,
      installedPrograms: () =>
        new Promise((done) => {
          held.asked = true;
          held.letGo = () => done([]);
        }),
    }));
    await prepared(world);
    await consented(world);
    return { world, letGo: () => held.letGo(), asked: () => held.asked };
  };
  const sessionActions = async (world: RemoteWorld): Promise<readonly string[]> =>
    (await world.call('auditPage', { kind: 'sessions', offset: 0 })).entries.map(({ action }) => action);

  test.each([
    ['leaveSession', 'remote.noSession', 'session-left', 'preparing'],
    ['refuseConsent', 'remote.noSession', 'session-refused', 'preparing'],
    ['withdrawBackup', 'remote.gateShut', 'session-consented', 'preparing'],
  ] as const)('R-REMOTE-3: nothing is started when %s comes while the start is being made ready', async (taken, code, last, phase) => {
    const { world, letGo, asked } = await slowToLaunch();
    const launching = world.call('launchTeamViewer', {});
    const refused = expect(launching).rejects.toMatchObject({ error: { code } });
    await until(asked);
    await world.call(taken, {});
    letGo();
    await refused;
    expect(world.live).toEqual([]);
    const actions = await sessionActions(world);
    expect(actions[0]).toBe(last);
    expect(actions).not.toContain('session-launched');
    expect((await view(world, world)).session.phase).toBe(phase);
  });

  test('R-REMOTE-1: nothing is started when the staffed hours end while the start is being made ready', async () => {
    const { world, letGo, asked } = await slowToLaunch();
    const launching = world.call('launchTeamViewer', {});
    const refused = expect(launching).rejects.toMatchObject({
      error: { code: 'remote.gateShut', params: { gate: 'ticket' } },
    });
    await until(asked);
    const at = (offsetMs: number): string => new Date(Date.now() + offsetMs).toISOString();
    await world.call('addNotice', {
      kind: 'closure',
      title: 'Chiuso',
      startsAt: at(-60_000),
      endsAt: at(3_600_000),
    });
    letGo();
    await refused;
    expect(world.live).toEqual([]);
    expect(await sessionActions(world)).not.toContain('session-launched');
  });

  test('THREAT-9: a start that is asked for twice is one start, one line in the audit and one time', async () => {
    const world = await remoteWorld();
    await prepared(world);
    await consented(world);
    const answers = await Promise.allSettled([
      world.call('launchTeamViewer', {}),
      world.call('launchTeamViewer', {}),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const { launchedAt } = world.services.context.remote.newest(1)[0]?.facts ?? {};
    await expect(world.call('launchTeamViewer', {})).rejects.toMatchObject({
      error: { code: 'remote.alreadyStarted' },
    });
    expect(world.services.context.remote.newest(1)[0]?.facts.launchedAt).toBe(launchedAt);
    expect((await sessionActions(world)).filter((action) => action === 'session-launched')).toHaveLength(1);
    expect(world.live).toEqual([true]);
  });

  test.each([
    ['E_OTHER', 'remote.notStarted'],
    ['ENOSPC', 'store.diskFull'],
  ])('R-REMOTE-6: a start that fails with %s is told and leaves no session that nobody could end', async (fault, code) => {
    let isBroken = true;
    const world = await remoteWorld({}, (usual) => ({
      ...usual,
      practiceTool: {
        ...usual.practiceTool,
        launch: async (program) => {
          if (isBroken) throw Object.assign(new Error('the copy could not be put down'), { code: fault });
          return usual.practiceTool.launch(program);
        },
      },
    }));
    await prepared(world);
    await consented(world);
    await expect(world.call('launchTeamViewer', {})).rejects.toMatchObject({ error: { code } });
    expect(world.live).toEqual([]);
    expect((await sessionActions(world))[0]).toBe('session-not-started');
    // Another ticket is free to have its session, and a start of the program makes no receipt of one that never was.
    const draft = await readyDraft(world, 'Un altro problema');
    expect((await world.call('prepareSession', { ticketId: draft.id })).sessionId).not.toBeNull();
    isBroken = false;
    await world.call('prepareSession', { ticketId: world.ticketId });
    await world.call('lookAtPrograms', {});
    await world.call('keepProgram', { id: '7', kept: true });
    await world.call('confirmPrograms', {});
    await world.call('checkTeamViewer', {});
    await consented(world);
    expect(await world.call('launchTeamViewer', {})).toEqual({ launched: true });
    expect(world.services.context.remote.records()).toHaveLength(2);
  });

  test('R-REMOTE-6: is ended by the person and proved by the signals', async () => {
    const world = await remoteWorld();
    await prepared(world);
    await consented(world);
    await world.call('launchTeamViewer', {});
    await world.operator('connect');
    await waitFor(world, ({ session }) => 'seen' in session && session.seen === 'active');
    await world.call('endSession', {});
    const over = await waitFor(world, ({ receipt }) => receipt !== null);
    expect(over.session).toMatchObject({ phase: 'ended', proof: 'proved', by: 'person', lastStep: 'closed' });
    expect(await receiptOf(world)).toMatchObject({ endedBy: 'person', proof: 'proved', lastStep: 'closed' });
  });

  test('R-REMOTE-6: goes on being watched while the other side is out and TeamViewer is open, and ends with TeamViewer itself', async () => {
    const world = await remoteWorld();
    await prepared(world);
    await consented(world);
    await world.call('launchTeamViewer', {});
    const seen = (word: string): Promise<unknown> =>
      waitFor(world, ({ session }) => 'seen' in session && session.seen === word);
    const told = async (): Promise<void> => {
      const { practiceCodes } = await view(world, world);
      await world.call('handOverCodes', practiceCodes ?? { id: '', password: '' });
    };
    await told();
    await world.operator('connect');
    await seen('active');
    await world.operator('end-session');
    await seen('left');
    expect(world.live).toEqual([true]);
    expect(await world.call('liveSession', {})).toMatchObject({ seen: 'left', ending: false });
    expect(await view(world, world)).toMatchObject({
      session: { phase: 'live', codes: 'none' },
      receipt: null,
    });
    await told();
    // The files tell whole seconds, and two programs write them: two connections within one moment could not be told apart.
    await new Promise((resolve) => setTimeout(resolve, 3_100));
    await world.operator('connect');
    await seen('active');
    await world.operator('end-session');
    await seen('left');
    // Closed by its own window, as by its button: nobody pressed ours.
    const { tool } = world;
    await tool.close();
    const over = await waitFor(world, ({ receipt }) => receipt !== null);
    expect(over.session).toMatchObject({ phase: 'ended', proof: 'proved', by: 'elsewhere', lastStep: null });
    expect(await until(() => world.live.length === 2 && world.live)).toEqual([true, false]);
  });

  test('R-REMOTE-7: receipt that cannot be made is told with its reason, and is made at the next start', async () => {
    let isBroken = false;
    const world = await remoteWorld({}, (usual) => ({
      ...usual,
      installedPrograms: async () => {
        if (isBroken) throw new Error('the list of programs does not answer');
        return [];
      },
    }));
    await prepared(world);
    await consented(world);
    await world.call('launchTeamViewer', {});
    await world.operator('connect');
    await waitFor(world, ({ session }) => 'seen' in session && session.seen === 'active');
    isBroken = true;
    await world.call('endSession', {});
    const over = await waitFor(world, ({ receiptProblem }) => receiptProblem !== null);
    expect(over).toMatchObject({
      session: { phase: 'ended' },
      receipt: null,
      receiptProblem: { code: 'E_UNEXPECTED', reference: expect.stringMatching(/^fault \d+$/u) },
    });
    isBroken = false;
    const second = await world.restart();
    await until(() => second.services.context.remote.newest(1)[0]?.facts.receiptId);
    expect(await view(second, world)).toMatchObject({ receiptProblem: null, receipt: { stayed: [] } });
  });

  /** A world whose session is over, with what may be broken meanwhile. */
  const over = async (broken: { list: boolean; print: boolean }): Promise<RemoteWorld> => {
    const world = await remoteWorld({}, (usual) => ({
      ...usual,
      installedPrograms: async () => {
        if (broken.list) throw new Error('the list of programs does not answer');
        return [];
      },
      printPdf: async (html) => {
        if (broken.print) throw new Error('nothing can be printed');
        return usual.printPdf(html);
      },
    }));
    await prepared(world);
    await consented(world);
    await world.call('launchTeamViewer', {});
    return world;
  };
  const endBySaying = async (world: RemoteWorld): Promise<void> => {
    await world.call('endSession', {});
    // The stand-in may be gone before the word is said: either way it is over.
    await world.call('sayEnded', {}).catch(() => undefined);
    await waitFor(world, ({ session }) => session.phase === 'ended');
  };

  test('R-REMOTE-7: a receipt that failed is made when it is tried again, and also after another session was begun', async () => {
    const broken = { list: false, print: false };
    const world = await over(broken);
    broken.list = true;
    await endBySaying(world);
    await waitFor(world, ({ receiptProblem }) => receiptProblem !== null);
    await world.call('retryReceipts', {});
    expect((await view(world, world)).receiptProblem).not.toBeNull();
    // Something else is prepared: the last session is another one, and one is open.
    const draft = await readyDraft(world, 'Un altro problema');
    await world.call('prepareSession', { ticketId: draft.id });
    broken.list = false;
    const second = await world.restart();
    await until(() => second.services.context.remote.ofTicket(world.ticketId)[0]?.facts.receiptId);
    expect(await until(() => receiptFiles(world).length === 2 && receiptFiles(world))).toEqual([
      'json',
      'pdf',
    ]);
    expect((await view(second, world)).receiptProblem).toBeNull();
  });

  test('R-REMOTE-7: files of a receipt that could not be written are told, and written when it is tried again', async () => {
    const broken = { list: false, print: true };
    const world = await over(broken);
    await endBySaying(world);
    const told = await waitFor(world, ({ receiptProblem }) => receiptProblem !== null);
    expect(told.receipt).not.toBeNull();
    expect(receiptFiles(world)).toEqual([]);
    broken.print = false;
    await world.call('retryReceipts', {});
    expect(receiptFiles(world)).toEqual(['json', 'pdf']);
    expect(await view(world, world)).toMatchObject({
      receipt: { id: told.receipt?.id },
      receiptProblem: null,
    });
    expect(world.services.context.remote.records()).toHaveLength(2);
  });

  test('K3: files that a crash kept from being written are written at the next start', async () => {
    const world = await over({ list: false, print: false });
    await endBySaying(world);
    await until(() => receiptFiles(world).length === 2);
    for (const name of readdirSync(join(world.dataFolder, 'receipts')))
      rmSync(join(world.dataFolder, 'receipts', name));
    await world.restart();
    expect(await until(() => receiptFiles(world).length === 2 && receiptFiles(world))).toEqual([
      'json',
      'pdf',
    ]);
  });

  test('R-REMOTE-7: a receipt tells programs that could not be read from none that are new', async () => {
    const lists: (readonly string[] | null)[] = [['K-Suite'], ['K-Suite', 'TeamViewer'], null, ['K-Suite']];
    const world = await remoteWorld({}, (usual) => ({
      ...usual,
      installedPrograms: async () => lists.shift() ?? null,
    }));
    await prepared(world);
    await consented(world);
    await world.call('launchTeamViewer', {});
    await endBySaying(world);
    const first = await waitFor(world, ({ receipt }) => receipt !== null);
    expect(first.receipt).toMatchObject({ stayed: ['TeamViewer'], programsUnread: false });
    await world.call('prepareSession', { ticketId: world.ticketId });
    await world.call('lookAtPrograms', {});
    await world.call('keepProgram', { id: '7', kept: true });
    await world.call('confirmPrograms', {});
    await world.call('checkTeamViewer', {});
    await consented(world);
    await world.call('launchTeamViewer', {});
    await endBySaying(world);
    const second = await waitFor(
      world,
      ({ receipt }) => receipt !== null && receipt.id !== first.receipt?.id,
    );
    expect(second.receipt).toMatchObject({ stayed: [], programsUnread: true });
  });

  test('K3: a start after a crash watches what may be running, and asks for consent anew where nothing was started', async () => {
    const world = await remoteWorld();
    await prepared(world);
    await consented(world);
    const second = await world.restart();
    expect(await view(second, world)).toMatchObject({
      session: { phase: 'preparing' },
      gates: {
        backup: null,
        consent: 'no-consent',
        teamviewer: 'tool-unchecked',
        programs: 'programs-unchecked',
      },
    });
  });

  test("K3: a session that was under way is cannot-tell after a crash, and ends by the person's word with a receipt", async () => {
    const world = await remoteWorld();
    await prepared(world);
    await consented(world);
    await world.call('launchTeamViewer', {});
    const second = await world.restart();
    expect(await until(() => world.live.at(-1))).toBe(true);
    expect(await view(second, world)).toMatchObject({ session: { phase: 'live' } });
    await second.call('endSession', {});
    await second.call('sayEnded', {});
    await expect.poll(async () => (await view(second, world)).receipt, { timeout: 60_000 }).not.toBeNull();
    expect((await view(second, world)).session).toMatchObject({ phase: 'ended', proof: 'said' });
    // The program of the first start is not ours to close any more: asking was all that was done.
    expect(await receiptOf(world)).toMatchObject({ proof: 'said', lastStep: 'asked' });
  });

  test(
    'R-BACKUP-1: a backup made here opens the gate with its receipt, and an exported audit proves it all',
    async () => {
      const [source, destination, receiptFolder, exported] = [
        freshFolder(),
        freshFolder(),
        freshFolder(),
        freshFolder(),
      ];
      plant(source, { 'K-TAG/read.ori': Buffer.alloc(2_000_000, 3), 'K-TAG/job.log': 'ERR back checksum' });
      const folders = [source, destination, receiptFolder, exported];
      const own = await remoteWorld({
        evidence: {
          ...evidenceParts,
          dialogs: { chooseFiles: async () => [], chooseFolder: async () => folders.shift() ?? null },
        },
      });
      await own.call('prepareSession', { ticketId: own.ticketId });
      await own.call('addBackupFolder', {});
      await own.call('chooseBackupDestination', {});
      await own.call('estimateBackup', {});
      for (const folder of (await view(own, own)).backup.folders)
        if (folder.origin !== 'added') await own.call('chooseBackupFolder', { id: folder.id, chosen: false });
      await own.call('estimateBackup', {});
      expect((await view(own, own)).backup).toMatchObject({
        sameDrive: true,
        state: { phase: 'estimated', files: 2 },
      });
      await own.call('runBackup', { act: 'start' });
      // A backup flushes the whole volume, with all that other programs have still to write there: that is the disk's time, not ours.
      const made = await waitFor(own, ({ backup }) => backup.state.phase === 'proved', diskLimitMs);
      expect(made).toMatchObject({
        gates: { backup: null },
        proof: {
          kind: 'made',
          files: 2,
          readBackFiles: 2,
          differentFiles: 0,
          sampleRestored: 2,
          skipped: [],
        },
      });
      expect(existsSync(join(destination, 'Officina Support backup', 'receipt.json'))).toBe(true);
      const saved = made.proof?.id ?? '';
      expect(await own.call('saveBackupReceipt', { proofId: saved })).toEqual({ folder: receiptFolder });
      const [json, pdf] = readdirSync(receiptFolder).sort();
      expect([json, pdf]).toEqual([
        expect.stringMatching(/^backup-.*\.json$/u),
        expect.stringMatching(/^backup-.*\.pdf$/u),
      ]);
      const signed = signedRecordSchema.parse(
        JSON.parse(readFileSync(join(receiptFolder, json ?? ''), 'utf8')),
      );
      expect(isSigned(signed.record, signed.signature, signed.publicKey)).toBe(true);
      expect(JSON.parse(signed.record)).toEqual(made.proof);
      await own.call('attachBackupReceipt', { ticketId: own.ticketId, proofId: saved });
      expect((await own.call('ticket', { id: own.ticketId })).reply).toMatchObject({
        evidence: [{ name: expect.stringMatching(/^backup-.*\.pdf$/u) }],
        text: expect.stringContaining('backup'),
      });
      const other = await readyDraft(own, 'Un altro problema');
      await expect(
        own.call('attachBackupReceipt', { ticketId: other.id, proofId: saved }),
      ).rejects.toMatchObject({
        error: { code: 'notFound' },
      });
      // The consent of the session holds the hash of exactly this text.
      await own.operator('assign');
      await own.operator('ask-for-session');
      await own.sync();
      await waitFor(own, ({ gates }) => gates.ticket === null);
      await consented(own);
      const consent = sessionConsentSchema.parse(
        JSON.parse(own.services.context.remote.records()[0]?.record ?? ''),
      );
      expect(consent.backupSha256).toBe(sha256(signed.record));
      await own.call('exportAudit', {});
      const [file] = readdirSync(exported);
      expect(verifyChain(readFileSync(join(exported, file ?? ''), 'utf8'), null)).toMatchObject({ ok: true });
    },
    diskLimitMs + 30_000,
  );
});
