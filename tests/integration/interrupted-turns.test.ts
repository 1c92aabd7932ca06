import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { keepUnheardFaults } from '../../electron/platform/unheard-faults.ts';
import type { OutboxItem } from '../../shared/domain/outbox-item.ts';
import { apiBase } from '../../shared/portal/wire.ts';
import { noFault } from '../portal/fault.ts';
import { type FaultyPortal, startFaultyPortal } from '../portal/faulty-portal.ts';
import { freshFolder, type OpenedServices, openTestWorkshop, readyDraft, until } from './workshop-fixture.ts';

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

const kinds = ['unhandledRejection', 'uncaughtException'] as const;
/** What reached the process, in the order of its references. */
let unheard: unknown[] = [];
beforeEach(() => {
  unheard = [];
  // Those of the test runner would take the fault for one of the test's own.
  for (const kind of kinds) {
    const others = process.listeners(kind as 'uncaughtException');
    process.removeAllListeners(kind);
    stops.push(() => {
      process.removeAllListeners(kind);
      for (const other of others) process.on(kind as 'uncaughtException', other);
    });
  }
  keepUnheardFaults(process, (fault) => `unheard ${unheard.push(fault)}`);
});

const fault = new RangeError('of a library');
const faults: Readonly<Record<string, () => void>> = {
  'a promise nobody holds': () => void Promise.reject(fault),
  'a timer': () =>
    void setTimeout(() => {
      throw fault;
    }, 1),
  'a callback of a later turn': () =>
    void setImmediate(() =>
      process.nextTick(() => {
        throw fault;
      }),
    ),
};

type Stand = {
  readonly server: FaultyPortal;
  readonly opened: OpenedServices;
  readonly onPublish: (work: () => void) => void;
};

async function stand(): Promise<Stand> {
  const folder = freshFolder();
  const server = await startFaultyPortal({
    dataFolder: join(folder, 'portal'),
    journalFile: join(folder, 'journal.jsonl'),
  });
  stops.push(() => server.stop());
  let told: () => void = () => undefined;
  const opened = await openTestWorkshop(freshFolder(), {
    startPractice: async () => ({ url: server.url, token: server.token, stop: async () => undefined }),
    timing: { gapMs: 30, syncMs: 3_600_000 },
    random: () => 0.01,
    publish: () => told(),
  });
  stops.push(() => opened.services.stop());
  return {
    server,
    opened,
    onPublish: (work) => {
      told = work;
    },
  };
}

/** One request with one file, in the queue. */
async function queued({ call, services }: OpenedServices): Promise<string> {
  const path = join(freshFolder(), 'ktag.log');
  writeFileSync(path, '18:01:44 ERR back checksum\n');
  const file = (await services.handlers.freezeDroppedFiles({ paths: [path] }))?.frozen[0];
  if (file === undefined) throw new Error('not frozen');
  const draft = await readyDraft({ call, services } as OpenedServices, 'Non si apre', [file.id]);
  await call('sendDraft', draft);
  return draft.id;
}

const itemOf = ({ services }: OpenedServices, kind: OutboxItem['work']['kind']): OutboxItem | undefined =>
  services.context.outbox.open().find((item) => item.work.kind === kind);

/** What the queue kept of the fault, on the item it met. */
const interrupted = (opened: OpenedServices, kind: OutboxItem['work']['kind']): Promise<OutboxItem> =>
  until(() => {
    const item = itemOf(opened, kind);
    return item?.lastError?.code === 'outbox.interrupted' ? item : null;
  });

test.each(
  Object.keys(faults),
)('K3: a fault of the upload library out of %s ends its turn at once and stands on the file, which arrives once', async (from) => {
  const { server, opened, onPublish } = await stand();
  let silent = true;
  // Every byte arrives and the answer never comes: without an end of its own the turn would take all its time.
  server.setFault(({ method, path }) =>
    silent && method === 'PATCH' && path.startsWith(`${apiBase}/uploads`)
      ? { kind: 'silence', commits: true }
      : noFault,
  );
  await queued(opened);
  onPublish(() => {
    const item = itemOf(opened, 'upload-attachment');
    if (item === undefined || opened.services.sender.progressOf(item.id) === null || !silent) return;
    // What is told of a file's progress is told from within a callback of the library.
    silent = false;
    faults[from]?.();
  });
  await opened.services.start();
  const item = await interrupted(opened, 'upload-attachment');
  expect(item).toMatchObject({ state: 'queued', lastError: { reference: 'unheard 1' } });
  expect(unheard).toEqual([fault]);
  await until(() => itemOf(opened, 'upload-attachment') === undefined);
  expect(server.journal().filter(({ kind }) => kind === 'attachment')).toHaveLength(1);
  expect(opened.faults).toEqual([]);
});

test('K3: a fault of unknown origin while a request is on its way leaves it in doubt: looked up, it is there once', async () => {
  const { server, opened } = await stand();
  let silent = true;
  server.setFault(({ method, path }) => {
    if (!silent || method !== 'POST' || path !== `${apiBase}/tickets`) return noFault;
    silent = false;
    // From the portal's own side of this process: nothing tells whose fault it was.
    void Promise.reject(fault);
    return { kind: 'silence', commits: true };
  });
  const id = await queued(opened);
  await opened.services.start();
  expect(await interrupted(opened, 'create-ticket')).toMatchObject({
    state: 'unknown',
    lastError: { reference: 'unheard 1' },
  });
  await until(() => (opened.services.context.tickets.find(id as never)?.number ?? null) !== null);
  expect(server.journal().filter(({ kind }) => kind === 'ticket')).toHaveLength(1);
  expect(unheard).toEqual([fault]);
});
