import { mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { type AppEvent, channels } from '../../shared/ipc/contract.ts';
import { freshFolder } from '../fixtures/fresh-folder.ts';
import { openTestWorkshop } from './workshop-fixture.ts';

const resources = resolve(import.meta.dirname, '../../resources');
const png = Uint8Array.from([
  0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0, 5, 0x56, 0, 0, 3,
  0,
]);

async function desk(dialogs: { files?: readonly string[]; folder?: string } = {}) {
  const dataFolder = freshFolder();
  const { services, events } = await openTestWorkshop(dataFolder, {
    evidence: {
      scanWorker: new URL('../../electron/evidence/scan.worker.ts', import.meta.url),
      sampleResources: join(resources, 'samples'),
      guesses: { guessed: async () => [join(dataFolder, 'Alientech')], installed: async () => [] },
      clipboardPng: async () => png,
      dialogs: {
        chooseFiles: async () => dialogs.files ?? [],
        chooseFolder: async () => dialogs.folder ?? null,
      },
    },
  });
  const {
    handlers,
    evidence,
    store: { db },
  } = services;
  const scan = async () => {
    const started = await handlers.startScan({});
    await expect
      .poll(() => events.some((event) => event.kind === 'scanFinished' && event.scanId === started?.scanId))
      .toBe(true);
    return events
      .filter((event) => event.kind === 'candidatesFound' && event.scanId === started?.scanId)
      .at(-1) as Extract<AppEvent, { kind: 'candidatesFound' }>;
  };
  return { dataFolder, handlers, scan, evidence, db };
}

test('evidence walks from samples to a draft filled from the LOG when everything goes well', async () => {
  const { handlers, scan } = await desk();
  expect((await handlers.appInfo({}))?.hasSamples).toBe(false);
  await handlers.loadSamples({});
  await handlers.loadSamples({});
  expect((await handlers.appInfo({}))?.hasSamples).toBe(true);
  expect((await handlers.tools({}))?.map((tool) => tool.productId).toSorted()).toEqual([
    'kessv2-master',
    'ktag-master',
  ]);
  const { candidates } = await scan();
  const kinds = Object.fromEntries(
    candidates.map((candidate) => [
      candidate.name,
      [candidate.kind, candidate.productGuess, candidate.suggestion?.reason ?? null],
    ]),
  );
  expect(kinds).toEqual({
    'ktag_read_sample.log': ['log', 'ktag-master', 'failure'],
    ktag_support_sample: ['protected-package', 'ktag-master', 'near-failure'],
    'kess_recognition_sample.log': ['log', 'kessv2-master', null],
    'kess_scrittura_esempio_log.txt': ['log', 'kessv2-master', null],
    golf6_sample: ['ecu-read', null, null],
    'golf6_sample.EPR': ['ecu-read', null, null],
    'golf6_sample.MPC': ['ecu-read', null, null],
  });
  const report = await handlers.freezeCandidates({
    candidateIds: candidates.map((candidate) => candidate.id),
    tailOfLarge: false,
  });
  expect(report?.refused).toEqual([]);
  expect(report?.frozen.every((row) => row.origin === 'sample')).toBe(true);
  const idOf = (name: string) => report?.frozen.find((row) => row.name === name)?.id;
  const previews = await Promise.all(
    (report?.frozen ?? []).map(
      async (row) => [row.name, await handlers.evidencePreview({ evidenceId: row.id })] as const,
    ),
  );
  const shown = Object.fromEntries(
    previews.map(([name, preview]) => [name, preview?.kind === 'text' ? preview.encoding : preview?.kind]),
  );
  expect(shown).toEqual({
    'ktag_read_sample.log': 'utf-8',
    'kess_recognition_sample.log': 'utf-16le',
    'kess_scrittura_esempio_log.txt': 'windows-1252',
    ktag_support_sample: 'protected',
    golf6_sample: 'protected',
    'golf6_sample.EPR': 'protected',
    'golf6_sample.MPC': 'protected',
  });
  for (const [, preview] of previews)
    expect(channels.evidencePreview.output.safeParse(preview).success).toBe(true);
  const log = idOf('ktag_read_sample.log');
  const draft = await handlers.startDraft({ toolId: null, evidenceIds: log === undefined ? [] : [log] });
  expect(draft?.content).toMatchObject({
    requestType: 'read-failure',
    evidenceIds: [log],
    fields: {
      errorText: { text: 'Checksum error at 38 %', source: { kind: 'file', name: 'ktag_read_sample.log' } },
      ecuFamily: { text: 'EDC17CP48' },
      driverNumber: { text: '681' },
      voltage: { text: '13.4 V' },
    },
  });
  expect(draft === undefined ? null : await handlers.draft({ id: draft.id })).toMatchObject({
    draft: { revision: 1 },
    evidence: [{ id: log, name: 'ktag_read_sample.log' }],
  });
  expect(await handlers.evidenceList({})).toHaveLength(7);
});

test('watched folders show guesses as guesses, keep a removed one away, and take a chosen one', async () => {
  const folder = freshFolder();
  const { handlers, dataFolder } = await desk({ folder });
  const [guess] = (await handlers.watchedFolders({})) ?? [];
  expect(guess).toMatchObject({ origin: 'guess', enabled: true, exists: false });
  mkdirSync(join(dataFolder, 'Alientech'));
  expect((await handlers.watchedFolders({}))?.[0]).toMatchObject({ id: guess?.id, exists: true });
  if (guess !== undefined) await handlers.removeWatchedFolder({ id: guess.id });
  expect(await handlers.watchedFolders({})).toEqual([]);
  const added = await handlers.addWatchedFolder({});
  expect(added).toMatchObject({ origin: 'added', enabled: true, exists: true });
  if (added !== undefined && added !== null)
    await handlers.enableWatchedFolder({ id: added.id, enabled: false });
  expect((await handlers.watchedFolders({}))?.map((row) => row.enabled)).toEqual([false]);
});

test('chosen, dropped and pasted files are taken with their origin, and refusals are named', async () => {
  const place = freshFolder();
  writeFileSync(join(place, 'a.log'), 'Timeout');
  const { handlers } = await desk({ files: [join(place, 'a.log'), join(place, 'gone.log')] });
  const chosen = await handlers.chooseFiles({});
  expect([chosen?.frozen[0]?.origin, chosen?.refused]).toEqual([
    'chosen',
    [{ name: 'gone.log', error: { code: 'evidence.vanished', params: {} } }],
  ]);
  expect((await handlers.freezeDroppedFiles({ paths: [join(place, 'a.log')] }))?.frozen[0]?.origin).toBe(
    'dropped',
  );
  const pasted = await handlers.freezeClipboardImage({});
  expect(pasted?.name).toMatch(/^schermata-\d{4}-\d\d-\d\d-\d{6}\.png$/u);
  expect(pasted).toMatchObject({ kind: 'image', origin: 'clipboard' });
  expect(
    pasted === undefined ? null : await handlers.evidencePreview({ evidenceId: pasted.id }),
  ).toMatchObject({
    kind: 'image',
    widthPx: 1_366,
    heightPx: 768,
  });
  const ids = await handlers.evidenceList({});
  expect(ids?.map((row) => row.origin)).toEqual(['clipboard', 'dropped', 'chosen']);
  await handlers.saveSettings({ language: 'en' });
  expect((await handlers.freezeClipboardImage({}))?.name).toMatch(/^screenshot-\d{4}-\d\d-\d\d-\d{6}\.png$/u);
});

test('a dropped file over the limit comes back with an id under which its end can be taken', async () => {
  const place = freshFolder();
  const path = join(place, 'big.log');
  writeFileSync(path, '');
  truncateSync(path, 101 * 1024 * 1024);
  const { handlers } = await desk({ files: [path] });
  const [refused] = (await handlers.freezeDroppedFiles({ paths: [path] }))?.refused ?? [];
  expect(refused?.error.code).toBe('evidence.tooLarge');
  const again = await handlers.freezeCandidates({
    candidateIds: refused?.candidateId === undefined ? [] : [refused.candidateId],
    tailOfLarge: true,
  });
  expect(again?.frozen[0]).toMatchObject({ tailOnly: true, name: 'big.log', origin: 'dropped' });
  // The same file, named another way: each take is recorded as what the person did.
  const [chosen] = (await handlers.chooseFiles({}))?.refused ?? [];
  expect(
    (
      await handlers.freezeCandidates({
        candidateIds: chosen?.candidateId === undefined ? [] : [chosen.candidateId],
        tailOfLarge: true,
      })
    )?.frozen[0]?.origin,
  ).toBe('chosen');
  expect(
    (
      await handlers.freezeCandidates({
        candidateIds: refused?.candidateId === undefined ? [] : [refused.candidateId],
        tailOfLarge: true,
      })
    )?.frozen[0]?.origin,
  ).toBe('dropped');
});
