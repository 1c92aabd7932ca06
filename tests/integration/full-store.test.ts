import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { freezingDesk } from '../fixtures/freezing.ts';
import { freshFolder, noEvidence, openTestWorkshop, readyDraft } from './workshop-fixture.ts';
import type { Db } from '../../electron/store/open-store.ts';

/** Lets the store grow no more: from here on real SQLite says that it is full, once what room it keeps within itself is used up. */
function stopGrowing(db: Db): { readonly free: () => void } {
  db.pragma(`max_page_count = ${Number(db.pragma('page_count', { simple: true }))}`);
  return { free: () => db.pragma('max_page_count = 1073741823') };
}

test('D1: request is carried away whole, with what was typed last, when its own disk takes not even the line that says so', async () => {
  const elsewhere = freshFolder();
  const opened = await openTestWorkshop(freshFolder(), {
    evidence: {
      ...noEvidence,
      dialogs: { chooseFiles: async () => [], chooseFolder: async () => elsewhere },
    },
  });
  const { id } = await readyDraft(opened, 'Prima riga');
  const { draft } = await opened.call('draft', { id });
  const { context, store } = opened.services;
  stopGrowing(store.db);
  const fill = (): void => {
    for (;;)
      context.transact(() => context.audit.append(context.clock.instant(), 'exported', id, { files: 0 }));
  };
  expect(fill).toThrow(/full/u);
  const before = context.audit.head().sequence;
  const unstored = {
    ...draft.content,
    fields: {
      ...draft.content.fields,
      problem: { text: 'Scritto a disco pieno', source: { kind: 'typed' as const } },
    },
  };
  const written = await opened.call('exportRequest', { id, unstored });
  expect(readFileSync(join(written?.folder ?? '', 'richiesta.txt'), 'utf8')).toContain(
    'Scritto a disco pieno',
  );
  expect(context.audit.head().sequence).toBe(before);
  await opened.services.stop();
});

test('D1: freeze leaves no bytes that nobody can find again when the store cannot take their row, and works when it can', async () => {
  const place = freshFolder();
  const { db, folder, codeOf, evidence } = await freezingDesk(place);
  const file = (index: number): string => {
    writeFileSync(join(place, `${index}.log`), `${index}`.repeat(5_000));
    return join(place, `${index}.log`);
  };
  const { free } = stopGrowing(db);
  let taken = 0;
  while (taken < 1_000 && (await codeOf(file(taken))) === 'none') taken += 1;
  expect(await codeOf(file(taken))).toBe('store.diskFull');
  const kept = (): readonly string[] =>
    readdirSync(folder.root, { recursive: true, withFileTypes: true }).flatMap((entry) =>
      entry.isFile() ? [entry.name] : [],
    );
  expect(kept().toSorted()).toEqual(
    evidence
      .newest(1_000)
      .map((row) => row.sha256)
      .toSorted(),
  );
  free();
  expect(await codeOf(file(taken))).toBe('none');
  expect(kept()).toHaveLength(taken + 1);
});

test('D1, FINDING-3: work on the disk counts as done when only the mark outside the store fails, and the mark follows', async () => {
  const opened = await openTestWorkshop(freshFolder());
  const { context, store } = opened.services;
  context.transact(() => context.audit.append(context.clock.instant(), 'ticket-queued', 'x'));
  // A folder in the place of the mark's own file stands for a disk that takes no more files.
  rmSync(store.folders.head);
  mkdirSync(join(store.folders.head, 'in the way'), { recursive: true });
  const draft = await opened.call('startDraft', { toolId: null, evidenceIds: [] });
  expect((await opened.call('draft', { id: draft.id })).draft.revision).toBe(0);
  expect(opened.faults).not.toEqual([]);
  rmSync(store.folders.head, { recursive: true });
  context.publishMark();
  expect(JSON.parse(readFileSync(store.folders.head, 'utf8'))).toMatchObject({
    sequence: context.audit.head().sequence,
  });
  await opened.services.stop();
});
