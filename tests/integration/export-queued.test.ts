import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { type Fault, noFault, problemAnswer } from '../portal/fault.ts';
import { startFaultyPortal } from '../portal/faulty-portal.ts';
import { temporaryFolder } from '../portal/portal-fixtures.ts';
import { freshFolder, noEvidence, openTestWorkshop, readyDraft, until } from './workshop-fixture.ts';

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop();
});

test.each<[string, Fault]>([
  ['sending', { kind: 'silence', commits: true }],
  ['unknown', { kind: 'reset', commits: true }],
  ['queued', problemAnswer(503, 'maintenance', { 'retry-after': '3600' })],
  ['rejected', problemAnswer(422, 'invalid')],
])('COMPLAINT-2: a request is saved to a folder whole, words and files, while it is %s', async (state, fault) => {
  const folder = temporaryFolder();
  const server = await startFaultyPortal({
    dataFolder: join(folder, 'portal'),
    journalFile: join(folder, 'journal.jsonl'),
  });
  stops.push(() => server.stop());
  const target = freshFolder();
  const opened = await openTestWorkshop(freshFolder(), {
    startPractice: async () => ({ url: server.url, token: server.token, stop: async () => undefined }),
    evidence: { ...noEvidence, dialogs: { chooseFiles: async () => [], chooseFolder: async () => target } },
    timing: { gapMs: 60_000, syncMs: 600_000 },
    random: () => 0.01,
  });
  stops.push(() => opened.services.stop());
  await opened.services.start();
  await until(() => opened.services.link.reach().reach === 'reached');
  server.setFault(({ method, path }) => {
    if (path.includes('/references/')) return problemAnswer(503, 'fault');
    return method === 'POST' && path.endsWith('/tickets') ? fault : noFault;
  });
  const log = join(freshFolder(), 'ktag.log');
  writeFileSync(log, 'ERR back checksum');
  const frozen = (await opened.services.handlers.freezeDroppedFiles({ paths: [log] }))?.frozen ?? [];
  const draft = await readyDraft(
    opened,
    'La lettura si ferma',
    frozen.map(({ id }) => id),
  );
  await opened.call('sendDraft', draft);
  const creation = () =>
    opened.services.context.outbox.ofTicket(draft.id).find(({ work }) => work.kind === 'create-ticket');
  await until(() => creation()?.state === state && (state !== 'queued' || creation()?.lastError));
  const written = await opened.call('exportRequest', { id: draft.id, unstored: null });
  expect(written?.files).toBe(1);
  expect(readFileSync(join(written?.folder ?? '', 'richiesta.txt'), 'utf8')).toContain('La lettura si ferma');
  expect(readFileSync(join(written?.folder ?? '', 'ktag.log'), 'utf8')).toBe('ERR back checksum');
  // It stays where it was: saving settles nothing.
  expect(creation()?.state).toBe(state);
});

/** A request with two frozen files that may leave, and the id of the one that is to be spoiled. */
async function withTwoFiles() {
  const target = freshFolder();
  const opened = await openTestWorkshop(freshFolder(), {
    evidence: { ...noEvidence, dialogs: { chooseFiles: async () => [], chooseFolder: async () => target } },
  });
  stops.push(() => opened.services.stop());
  const place = freshFolder();
  const paths = ['bad.log', 'good.log'].map((name) => join(place, name));
  for (const path of paths) writeFileSync(path, `ERR back checksum ${path}`);
  const frozen = (await opened.services.handlers.freezeDroppedFiles({ paths }))?.frozen ?? [];
  expect(frozen).toHaveLength(2);
  const bad = frozen.find(({ name }) => name === 'bad.log')?.id;
  if (bad === undefined) throw new Error('bad.log is not frozen');
  const draft = await readyDraft(
    opened,
    'La lettura si ferma',
    frozen.map(({ id }) => id),
  );
  return { opened, draft, bad };
}

const spoiledCopies: readonly (readonly [string, (path: string) => void])[] = [
  ['gone', rmSync],
  [
    'changed',
    (path) => {
      chmodSync(path, 0o600);
      writeFileSync(path, 'other bytes');
    },
  ],
  [
    'a folder now',
    (path) => {
      rmSync(path);
      mkdirSync(path);
    },
  ],
];
test.each(
  spoiledCopies,
)('COMPLAINT-2: a file whose copy is %s is named in the folder and in the answer, and all the rest is saved', async (_what, spoil) => {
  const { opened, draft, bad } = await withTwoFiles();
  spoil(opened.services.evidence.files.frozenFile(bad).path);
  const exports: (() => Promise<{
    readonly folder: string;
    readonly files: number;
    readonly missing: readonly string[];
  } | null>)[] = [
    () => opened.call('exportRequest', { id: draft.id, unstored: null }),
    async () => {
      await opened.call('sendDraft', draft);
      return opened.call('exportRequest', { id: draft.id, unstored: null });
    },
  ];
  for (const write of exports) {
    const written = await write();
    expect(written).toMatchObject({ files: 1, missing: ['bad.log'] });
    const folder = written?.folder ?? '';
    const text = readFileSync(join(folder, 'richiesta.txt'), 'utf8');
    expect(text).toContain('La lettura si ferma');
    expect(text).toContain('Non è qui un file che appartiene alla richiesta');
    expect(text.trimEnd().endsWith('- bad.log')).toBe(true);
    expect(readFileSync(join(folder, 'good.log'), 'utf8')).toContain('ERR back checksum');
    expect(existsSync(join(folder, 'bad.log'))).toBe(false);
    const manifest: unknown = JSON.parse(readFileSync(join(folder, 'elenco.json'), 'utf8'));
    expect(manifest).toMatchObject({
      files: [
        { original: 'bad.log', kept: false },
        { original: 'good.log', kept: true },
      ],
    });
  }
  expect(await opened.call('exportEverything', {})).toMatchObject({ files: 1, missing: ['bad.log'] });
});

test.each([
  'draft',
  'sent',
] as const)('DAMAGE-3: request one of whose files has a spoiled row is saved while it is %s, and the lost file is named', async (stage) => {
  const { opened, draft, bad } = await withTwoFiles();
  if (stage === 'sent') await opened.call('sendDraft', draft);
  const { db } = opened.services.store;
  expect(db.prepare("update evidence set sha256 = 'none' where id = ?").run(bad).changes).toBe(1);
  db.prepare("update outbox set last_error = 'x' where ticket_id = ? and kind = 'create-ticket'").run(
    draft.id,
  );
  const written = await opened.call('exportRequest', { id: draft.id, unstored: null });
  expect(written).toMatchObject({ files: 1, missing: [bad] });
  const folder = written?.folder ?? '';
  expect(readFileSync(join(folder, 'richiesta.txt'), 'utf8')).toContain('La lettura si ferma');
  expect(existsSync(join(folder, 'good.log'))).toBe(true);
  expect(readFileSync(join(folder, 'elenco.json'), 'utf8')).toContain(`"${bad}"`);
  // What is sent is held to more: nothing may be missing from it unseen.
  if (stage === 'draft')
    await expect(opened.call('sendDraft', draft)).rejects.toMatchObject({
      error: { code: 'store.unreadable' },
    });
});
