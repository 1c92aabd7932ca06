import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import { writeBackup } from '../../electron/store/backup.ts';
import { type FaultyPortal, startFaultyPortal } from '../portal/faulty-portal.ts';
import { temporaryFolder } from '../portal/portal-fixtures.ts';
import { type OpenedServices, openTestWorkshop } from './workshop-fixture.ts';

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop();
});

/** What is done after a test, the last that was begun first. */
export function atTheEnd(stop: () => Promise<void>): void {
  stops.push(stop);
}

/** A portal over real HTTP; `ignoresKeys`: it forgets under which key it took something. */
export async function portal(ignoresKeys = false): Promise<FaultyPortal> {
  const folder = temporaryFolder();
  const server = await startFaultyPortal({
    dataFolder: join(folder, 'portal'),
    journalFile: join(folder, 'journal.jsonl'),
    ignoresKeys,
  });
  atTheEnd(() => server.stop());
  return server;
}

/** The program over a store, with the portal beside it; not started. */
export async function shop(server: FaultyPortal, place: string): Promise<OpenedServices> {
  const opened = await openTestWorkshop(place, {
    startPractice: async () => ({ url: server.url, token: server.token, stop: async () => undefined }),
    timing: { gapMs: 30, syncMs: 50 },
    random: () => 0.01,
  });
  atTheEnd(() => opened.services.stop());
  return opened;
}

export const backUp = ({ services }: OpenedServices): Promise<unknown> =>
  writeBackup(services.store.db, services.store.folders.backups, 'daily', '2026-11-24T17:00:00.000Z');

/** The program ends, and its store is spoiled: the next start goes back to the backup. */
export async function damaged({ services }: OpenedServices): Promise<void> {
  const { database } = services.store.folders;
  await services.stop();
  writeFileSync(database, Buffer.alloc(5_000, 1));
}
