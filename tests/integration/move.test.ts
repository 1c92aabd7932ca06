import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { AppOutside } from '../../electron/app/app-outside.ts';
import { keychainKey } from '../../electron/remote/proof/signing-key.ts';
import type { Keychain } from '../../electron/secrets/keychain.ts';
import { openStore } from '../../electron/store/open-store.ts';
import { bytesOf, packed, type Part } from '../../electron/move/packed-parts.ts';
import { sealed } from '../../electron/move/sealed-file.ts';
import { AppFault } from '../../shared/domain/app-error.ts';
import type { TicketId } from '../../shared/domain/ids.ts';
import { passphraseFault } from '../../shared/rules/passphrase.ts';
import { noFault } from '../portal/fault.ts';
import { type FaultyPortal, startFaultyPortal } from '../portal/faulty-portal.ts';
import { temporaryFolder } from '../portal/portal-fixtures.ts';
import {
  freshFolder,
  noEvidence,
  type OpenedServices,
  openTestWorkshop,
  readyDraft,
  until,
} from './workshop-fixture.ts';

const passphrase = 'quattro parole molto lunghe';
const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop();
});

function keptKeychain(): Keychain & { readonly kept: Map<string, string> } {
  const kept = new Map<string, string>();
  return {
    kept,
    read: async (account) => {
      const secret = kept.get(account);
      return secret === undefined ? { kind: 'absent' } : { kind: 'present', secret };
    },
    save: async (account, secret) => void kept.set(account, secret),
    remove: async (account) => kept.delete(account),
  };
}

type Pc = OpenedServices & {
  readonly keychain: ReturnType<typeof keptKeychain>;
  readonly target: string;
  readonly restarts: () => number;
};

/** A PC of its own: its folder, its keychain, and the folder and file its dialogs answer with. */
async function pc(
  place: string = freshFolder(),
  {
    keychain = keptKeychain(),
    target = freshFolder(),
    file = (): string => '',
    ...outside
  }: Partial<AppOutside> & {
    readonly keychain?: ReturnType<typeof keptKeychain>;
    readonly target?: string;
    readonly file?: () => string;
  } = {},
): Promise<Pc> {
  let restarts = 0;
  const opened = await openTestWorkshop(place, {
    keychain,
    evidence: {
      ...noEvidence,
      dialogs: { chooseFiles: async () => [file()], chooseFolder: async () => target },
    },
    onRestart: () => {
      restarts += 1;
    },
    ...outside,
  });
  stops.push(() => opened.services.stop());
  return { ...opened, keychain, target, restarts: () => restarts };
}

const fileIn = (folder: string): string => {
  const [name] = readdirSync(folder);
  return join(folder, name ?? '');
};

/** A draft with one frozen file, official terms, and a key that has signed. */
async function filled(one: Pc): Promise<{ readonly id: TicketId }> {
  const place = freshFolder();
  writeFileSync(join(place, 'ktag.log'), `ERR back checksum ${'x'.repeat(200_000)}`);
  const { frozen } = await one.services.handlers.freezeDroppedFiles({ paths: [join(place, 'ktag.log')] });
  const ids = frozen.map(({ id }) => id);
  const draft = await readyDraft(one, 'La lettura si ferma al 38 %', ids);
  await keychainKey(one.keychain);
  return draft;
}

const everything = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true })
    .map(String)
    .filter((name) => !/^officina\.db-|^window|^moving/u.test(name))
    .toSorted();

/** Brings the file to a PC and starts it again there. */
async function brought(two: Pc): Promise<Pc> {
  await two.call('chooseMoveFile', {});
  await two.call('readMove', { passphrase });
  await two.call('takeMove', {});
  expect(two.restarts()).toBe(1);
  await two.services.stop();
  return pc(two.dataFolder, { keychain: two.keychain });
}

test('workshop goes to another PC whole, with requests, files and the key of its receipts, and without its passwords', async () => {
  const one = await pc();
  const { id } = await filled(one);
  await one.call('choosePortal', { kind: 'contract', url: 'http://127.0.0.1:9' });
  await one.call('saveCredentials', { password: 'not to be taken along' });
  const saved = await one.call('saveMove', { passphrase, holdsQueue: false });
  expect(saved).toMatchObject({ files: 1, missing: [], hasKey: true, held: 0, folder: one.target });
  expect(readdirSync(one.target)).toEqual([saved?.name]);
  expect(existsSync(join(one.dataFolder, 'moving'))).toBe(false);

  const two = await pc(freshFolder(), { file: () => fileIn(one.target) });
  expect(await two.call('chooseMoveFile', {})).toMatchObject({ name: saved?.name });
  expect(await two.call('readMove', { passphrase })).toMatchObject({
    company: 'Rossi',
    requests: 1,
    waiting: 0,
    files: 1,
    lacking: 0,
    requestsHere: 0,
  });
  const there = await brought(two);
  expect(there.services.store.health).toMatchObject({ kind: 'restored', cause: 'moved', missingEntries: 0 });
  const view = await there.call('draft', { id });
  expect(view.draft.content.fields.problem?.text).toBe('La lettura si ferma al 38 %');
  const [evidenceId] = view.draft.content.evidenceIds;
  expect(evidenceId).toBeDefined();
  const file = await there.services.evidence.files.verified(evidenceId as never);
  expect(readFileSync(file.path, 'utf8')).toContain('ERR back checksum');
  const key = async (shop: Pc): Promise<unknown> =>
    keychainKey(shop.keychain, shop.services.context.remote.signingAccount());
  expect(JSON.stringify(await key(there))).toBe(JSON.stringify(await key(one)));
  expect([...there.keychain.kept.values()]).toEqual([one.keychain.kept.get('installation signing key')]);
  expect((await there.call('verifyAudit', {})).ok).toBe(true);
  // The next start is an ordinary one, and what lay there only for the moving is gone.
  await there.services.stop();
  const next = await pc(there.dataFolder);
  expect(next.services.store.health.kind).toBe('healthy');
  expect(readdirSync(join(next.dataFolder, 'evidence/incoming'))).toEqual([]);
  expect(existsSync(join(next.dataFolder, 'restore-next.txt'))).toBe(false);
});

test('store that stood on the new PC is set aside and its key stays when another workshop is brought', async () => {
  const one = await pc();
  await filled(one);
  await one.call('saveMove', { passphrase, holdsQueue: false });
  const two = await pc(freshFolder(), { file: () => fileIn(one.target) });
  await filled(two);
  await readyDraft(two, 'Una richiesta di questo PC');
  const own = two.keychain.kept.get('installation signing key');
  await two.call('chooseMoveFile', {});
  expect(await two.call('readMove', { passphrase })).toMatchObject({ requests: 1, requestsHere: 2 });
  const there = await brought(two);
  const { rows } = await there.call('requests', { filter: 'all', text: '', offset: 0 });
  expect(rows.map(({ title }) => title)).toEqual(['La lettura si ferma al 38 %']);
  expect(there.keychain.kept.get('installation signing key')).toBe(own);
  const [aside] = readdirSync(join(there.dataFolder, 'quarantine'));
  const old = openStore(join(there.dataFolder, 'quarantine', aside ?? '', 'officina.db'));
  expect(old.prepare('select count(*) from tickets').pluck().get()).toBe(2);
  old.close();
});

test('file is refused whole and nothing changes when it is cut, spoiled, of another program, or the passphrase is another', async () => {
  const one = await pc();
  await filled(one);
  await one.call('saveMove', { passphrase, holdsQueue: false });
  const good = readFileSync(fileIn(one.target));
  const place = freshFolder();
  const file = join(place, 'brought.officina');
  const two = await pc(freshFolder(), { file: () => file });
  await filled(two);
  const before = everything(two.dataFolder);
  const head = two.services.context.audit.head();
  const flipped = (at: number): Buffer => {
    const bytes = Buffer.from(good);
    bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
    return bytes;
  };
  const other: Part[] = [{ name: 'about', sizeBytes: 2, bytes: bytesOf('{}') }];
  const strange = async (): Promise<Buffer> => {
    const pieces: Buffer[] = [];
    const parts = async function* (): AsyncGenerator<Part> {
      yield* other;
    };
    for await (const piece of sealed(packed(parts()), passphrase)) pieces.push(piece);
    return Buffer.concat(pieces);
  };
  const tries: (readonly [Buffer, string, string])[] = [
    [good, 'un altra frase segreta', 'move.passphrase'],
    [flipped(good.length - 1), passphrase, 'move.damaged'],
    [flipped(Math.floor(good.length / 2)), passphrase, 'move.damaged'],
    [good.subarray(0, good.length - 1), passphrase, 'move.damaged'],
    [good.subarray(0, 100_000), passphrase, 'move.damaged'],
    [Buffer.concat([good, good]), passphrase, 'move.damaged'],
    [await strange(), passphrase, 'move.damaged'],
  ];
  for (const [bytes, word, code] of tries) {
    writeFileSync(file, bytes);
    await two.call('chooseMoveFile', {});
    await expect(two.call('readMove', { passphrase: word })).rejects.toMatchObject({ error: { code } });
    await expect(two.call('takeMove', {})).rejects.toMatchObject({ error: { code: 'notFound' } });
  }
  for (const [bytes, code] of [
    [readFileSync(join(one.dataFolder, 'officina.db')), 'move.notOurs'],
    [Buffer.alloc(0), 'move.notOurs'],
    [Buffer.concat([good.subarray(0, 8), Buffer.from([0, 9]), good.subarray(10)]), 'move.newer'],
  ] as const) {
    writeFileSync(file, bytes);
    await expect(two.call('chooseMoveFile', {})).rejects.toMatchObject({ error: { code } });
  }
  await two.call('dropMove', {});
  expect(tries).toHaveLength(7);
  expect(everything(two.dataFolder)).toEqual(before);
  expect([two.services.context.audit.head(), two.restarts(), two.keychain.kept.size]).toEqual([head, 0, 1]);
  expect(existsSync(join(two.dataFolder, 'moving'))).toBe(false);
});

test('store of a newer program, or of none of ours, is refused when its file was sealed in order', async () => {
  const codes: string[] = [];
  for (const spoil of ['pragma user_version = 99', 'pragma application_id = 7', 'drop table messages']) {
    const one = await pc();
    await filled(one);
    // Past the program's own start, as nobody but a hand or another version does it.
    one.services.store.db.pragma('foreign_keys = OFF');
    one.services.store.db.exec(spoil);
    await one.call('saveMove', { passphrase, holdsQueue: false });
    const two = await pc(freshFolder(), { file: () => fileIn(one.target) });
    await two.call('chooseMoveFile', {});
    await two.call('readMove', { passphrase }).catch((error: AppFault) => codes.push(error.error.code));
    expect(existsSync(join(two.dataFolder, 'backups'))).toBe(false);
  }
  expect(codes).toEqual(['move.newer', 'move.notOurs', 'move.notOurs']);
});

test('file of a request that is lost is named when the workshop is saved, and keeps nothing else from going', async () => {
  const one = await pc();
  await filled(one);
  const [row] = one.services.context.evidenceRows.newest(1);
  rmSync(one.services.evidence.frozen.fileOf(row?.sha256 as never));
  expect(await one.call('saveMove', { passphrase, holdsQueue: false })).toMatchObject({
    files: 0,
    missing: ['ktag.log'],
  });
  const two = await pc(freshFolder(), { file: () => fileIn(one.target) });
  await two.call('chooseMoveFile', {});
  expect(await two.call('readMove', { passphrase })).toMatchObject({ files: 0, lacking: 1 });
});

test('next start goes on with what stood there when the power fails before the mark, and nothing of it stays', async () => {
  const one = await pc();
  await filled(one);
  await one.call('saveMove', { passphrase, holdsQueue: false });
  const two = await pc(freshFolder(), { file: () => fileIn(one.target) });
  await readyDraft(two, 'Una richiesta di questo PC');
  await two.call('chooseMoveFile', {});
  await two.call('readMove', { passphrase });
  await two.call('takeMove', {});
  // As it is when the power fails just before: the files lie there, and the mark does not.
  rmSync(join(two.dataFolder, 'restore-next.txt'));
  await two.services.stop();
  const next = await pc(two.dataFolder);
  expect(next.services.store.health.kind).toBe('healthy');
  const { rows } = await next.call('requests', { filter: 'all', text: '', offset: 0 });
  expect(rows.map(({ title }) => title)).toEqual(['Una richiesta di questo PC']);
  const files = readdirSync(join(next.dataFolder, 'evidence'), { recursive: true }).filter((name) =>
    /[0-9a-f]{64}/u.test(String(name)),
  );
  expect(files).toEqual([]);
});

test.each([
  ['keychain.denied', 0],
  ['keychain.absent', 1],
] as const)('new PC takes over or says why not when its keychain answers %s', async (code, restarts) => {
  const one = await pc();
  await filled(one);
  await one.call('saveMove', { passphrase, holdsQueue: false });
  const keychain = { ...keptKeychain(), save: () => Promise.reject(new AppFault(code)) };
  const two = await pc(freshFolder(), { file: () => fileIn(one.target), keychain });
  await two.call('chooseMoveFile', {});
  await two.call('readMove', { passphrase });
  const taken = two.call('takeMove', {});
  if (restarts === 0) await expect(taken).rejects.toMatchObject({ error: { code } });
  else await taken;
  expect([two.restarts(), existsSync(join(two.dataFolder, 'restore-next.txt'))]).toEqual([
    restarts,
    restarts === 1,
  ]);
});

test('nothing is left when the place that is written to refuses, and what stood there stays', async () => {
  const one = await pc(freshFolder(), { target: join(freshFolder(), 'gone') });
  await filled(one);
  await expect(one.call('saveMove', { passphrase, holdsQueue: false })).rejects.toMatchObject({
    error: { code: 'export.failed' },
  });
  expect(existsSync(join(one.dataFolder, 'moving'))).toBe(false);
  const two = await pc();
  await filled(two);
  await two.call('saveMove', { passphrase, holdsQueue: false });
  const first = readFileSync(fileIn(two.target));
  await two.call('saveMove', { passphrase, holdsQueue: false });
  expect(readdirSync(two.target)).toHaveLength(2);
  expect(readdirSync(two.target).some((name) => readFileSync(join(two.target, name)).equals(first))).toBe(
    true,
  );
});

test('passphrase is taken when it is long enough and typed twice alike', () => {
  expect(passphraseFault('elevenchars', 'elevenchars')).toBe('short');
  expect(passphraseFault('twelve chars', 'twelve char')).toBe('different');
  expect(passphraseFault('twelve chars', 'twelve chars')).toBe(null);
});

async function portal(): Promise<FaultyPortal> {
  const folder = temporaryFolder();
  const server = await startFaultyPortal({
    dataFolder: join(folder, 'portal'),
    journalFile: join(folder, 'journal.jsonl'),
    ignoresKeys: true,
  });
  stops.push(() => server.stop());
  return server;
}
const sending = (server: FaultyPortal): Pick<AppOutside, 'startPractice' | 'timing' | 'random'> => ({
  startPractice: async () => ({ url: server.url, token: server.token, stop: async () => undefined }),
  timing: { gapMs: 30, syncMs: 50 },
  random: () => 0.01,
});
const tickets = (server: FaultyPortal): number =>
  server.journal().filter((entry) => entry.kind === 'ticket').length;

test.each([
  'sent by the old PC all the same',
  'held on the old PC',
])('ONCE-1: what was queued is one request on the portal when it was %s', async (how) => {
  const server = await portal();
  const holdsQueue = how.startsWith('held');
  server.setFault({ kind: 'reset', commits: false });
  const one = await pc(freshFolder(), sending(server));
  await one.services.start();
  const draft = await readyDraft(one, 'La lettura non parte e si ferma');
  await one.call('sendDraft', draft);
  const saved = await one.call('saveMove', { passphrase, holdsQueue });
  expect(saved?.held).toBe(holdsQueue ? 1 : 0);
  server.setFault(noFault);
  // Whatever stood before this one in the queue has had its turn once it has a number.
  const after = await readyDraft(one, 'La scrittura non parte e si ferma');
  await one.call('sendDraft', after);
  await one.call('syncNow', {});
  await until(() => one.services.context.tickets.find(after.id)?.number);
  expect(tickets(server)).toBe(holdsQueue ? 1 : 2);
  expect(one.services.context.outbox.ofTicket(draft.id).map(({ state }) => state)).toEqual([
    holdsQueue ? 'set-aside' : 'accepted',
  ]);
  const two = await pc(freshFolder(), { file: () => fileIn(one.target) });
  await two.call('chooseMoveFile', {});
  expect(await two.call('readMove', { passphrase })).toMatchObject({ waiting: 1 });
  await two.call('takeMove', {});
  await two.services.stop();
  const there = await pc(two.dataFolder, sending(server));
  expect(there.services.context.outbox.open().map(({ state }) => state)).toEqual(['unknown']);
  await there.services.start();
  await until(() => there.services.context.tickets.find(draft.id)?.number);
  expect(tickets(server)).toBe(2);
});
