import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { missingEntries } from '../../electron/store/audit-repository.ts';
import { startFaultyPortal } from '../portal/faulty-portal.ts';
import { freshFolder, openTestWorkshop, readyDraft, until } from './workshop-fixture.ts';

const sequenceIn = (file: string): number => Number(Reflect.get(JSON.parse(readFileSync(file, 'utf8')) as object, 'sequence'));

test('audit mark never leads the store and reaches its head at the end when many steps come in a row (F3)', async () => {
  const { workshop } = await openTestWorkshop(freshFolder());
  const { rooms, store } = workshop;
  const note = (): void => rooms.audit.append(rooms.clock.instant(), 'ticket-queued', 'x');
  rooms.transact(note);
  for (let step = 0; step < 50; step += 1) {
    rooms.transactInRow(note);
    expect(sequenceIn(store.folders.head)).toBeLessThanOrEqual(rooms.audit.head().sequence);
    expect(missingEntries(store.folders.head, rooms.audit.head())).toBe(0);
  }
  rooms.publishMark();
  expect(sequenceIn(store.folders.head)).toBe(rooms.audit.head().sequence);
  expect(rooms.audit.head().sequence).toBe(51);
});

test('audit mark stands at the head of the store when a queue has drained', async () => {
  const folder = freshFolder();
  const server = await startFaultyPortal({ dataFolder: join(folder, 'portal'), journalFile: join(folder, 'journal.jsonl') });
  const opened = await openTestWorkshop(freshFolder(), {
    startPractice: async () => ({ url: server.url, token: server.token, stop: async () => undefined }),
    timing: { gapMs: 30, syncMs: 60_000 },
  });
  for (let count = 0; count < 8; count += 1) await opened.call('sendDraft', await readyDraft(opened));
  await opened.workshop.start();
  await until(() => opened.told.numbered.length === 8);
  const head = opened.workshop.rooms.audit.head().sequence;
  await opened.workshop.stop();
  await server.stop();
  expect(sequenceIn(opened.workshop.store.folders.head)).toBe(head);
});
