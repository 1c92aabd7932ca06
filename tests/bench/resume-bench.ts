import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { apiBase } from '../../shared/portal/wire.ts';
import { openTestWorkshop, readyDraft } from '../integration/workshop-fixture.ts';
import { type Fault, type FaultPlan, noFault } from '../portal/fault.ts';
import { startFaultyPortal } from '../portal/faulty-portal.ts';
import { benchFolder, type Figure, median, seconds } from './measuring.ts';

const rounds = 3;
/** Deadlines in milliseconds, the same for a portal that is well: what hangs before the good request costs one of them and no more. */
const limits = { connectMs: 1_000, idleMs: 1_000, totalMs: 1_000, chunkTotalMs: 2_000 } as const;
/** Between two look-ups that found nothing, in milliseconds. */
const gapMs = 1_000;
const silence: Fault = { kind: 'silence', commits: false };
const creation = `${apiBase}/tickets`;

/**
 * What is bad before the good request. `owedMs`: how long the one behind it has to wait by the order of requests (R-TICKET-2), which a
 * fault that may be the portal's does not break at once.
 */
type BadItem = {
  readonly name: string;
  readonly owedMs: number;
  readonly owed: string;
  readonly plan: () => FaultPlan;
};
const nothing = { owedMs: 0, owed: '' } as const;

/** True for the first request that is made, however often it comes, by its key. */
function isFirstMade(): (request: Parameters<FaultPlan>[0]) => boolean {
  let first: unknown;
  return ({ method, path, headers }) => {
    if (method !== 'POST' || path !== creation) return false;
    first ??= headers['idempotency-key'];
    return headers['idempotency-key'] === first;
  };
}

const isPiece = ({ method }: Parameters<FaultPlan>[0]): boolean => method === 'PATCH';
/** One page after the other, each with a place to go on from that nobody knew before. */
const endless: Fault = {
  kind: 'rewrite',
  rewrite: (told) => ({
    ...told,
    body: Buffer.from(
      JSON.stringify({ tickets: [], messages: [], cursor: `c${performance.now()}`, hasMore: true }),
    ),
  }),
};
/** Says each time that nothing of the piece has come. */
const noProgress: Fault = {
  kind: 'answer',
  commits: false,
  answer: { status: 204, headers: { 'tus-resumable': '1.0.0', 'upload-offset': '0' }, body: '' },
};

const badItems: readonly BadItem[] = [
  {
    name: 'an upload that falls silent',
    ...nothing,
    plan:
      () =>
      ({ path, method }) =>
        path.includes('/uploads') && method !== 'GET' ? silence : noFault,
  },
  {
    name: 'an upload whose offset never grows',
    ...nothing,
    plan: () => (request) => (isPiece(request) ? noProgress : noFault),
  },
  {
    name: 'a creation that hangs',
    owedMs: 2 * limits.totalMs + gapMs,
    owed: ', two deadlines and the gap of its look-ups',
    plan: () => {
      const isBad = isFirstMade();
      return (request) => (isBad(request) ? silence : noFault);
    },
  },
  {
    name: 'a look-up that hangs',
    owedMs: limits.totalMs,
    owed: ' and one deadline',
    plan: () => {
      const isBad = isFirstMade();
      return (request) => {
        if (isBad(request)) return { kind: 'reset', commits: true };
        return request.path.includes('/references/') ? silence : noFault;
      };
    },
  },
  {
    name: 'news without end',
    ...nothing,
    plan:
      () =>
      ({ path }) =>
        path.includes('/changes') ? endless : noFault,
  },
];

/** Seconds from the start of the program until the request behind the bad item has its number. */
async function untilNextNumber(folder: string, plan: FaultPlan): Promise<number> {
  const server = await startFaultyPortal({
    dataFolder: join(folder, 'portal'),
    journalFile: join(folder, 'journal.jsonl'),
  });
  const dataFolder = join(folder, 'workshop');
  const queued = await openTestWorkshop(dataFolder);
  const path = join(folder, 'ktag.log');
  writeFileSync(path, '18:01:44 ERR back checksum\n'.repeat(4_000));
  const report = await queued.services.handlers.freezeDroppedFiles({ paths: [path] });
  const first = await readyDraft(queued, 'La lettura si ferma', report?.frozen.map(({ id }) => id) ?? []);
  await queued.call('sendDraft', first);
  const second = await readyDraft(queued, 'La scrittura si ferma');
  await queued.call('sendDraft', second);
  await queued.services.stop();
  let met = 0;
  server.setFault((request) => {
    const fault = plan(request);
    if (fault !== noFault) met += 1;
    return fault;
  });
  let finished: () => void = () => undefined;
  const numbered = new Promise<void>((done) => {
    finished = done;
  });
  const { services } = await openTestWorkshop(dataFolder, {
    timing: { gapMs, syncMs: 600_000, limits },
    startPractice: async () => ({ url: server.url, token: server.token, stop: async () => undefined }),
    onNumbered: (ticket) => (ticket.id === second.id ? finished() : undefined),
  });
  const took = await seconds(async () => {
    await services.start();
    await numbered;
  });
  // A bad item that nobody met by then would measure nothing: it is met while the program goes on, or the bench breaks.
  for (const endMs = Date.now() + 5_000; plan !== well && met === 0; ) {
    if (Date.now() > endMs) throw new Error('the bad item was never met');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  await services.stop();
  await server.stop();
  return took;
}

const well: FaultPlan = () => noFault;

/** The first good request behind each kind of bad item, against the same with a portal that answers, in turns in the same run. */
export async function benchResume(): Promise<readonly Figure[]> {
  const folder = benchFolder();
  const baseline: number[] = [];
  const ours = new Map(badItems.map(({ name }) => [name, [] as number[]]));
  try {
    for (let round = 0; round < rounds; round += 1) {
      baseline.push(await untilNextNumber(join(folder, `well-${round}`), well));
      for (const [nth, { name, plan }] of badItems.entries())
        ours.get(name)?.push(await untilNextNumber(join(folder, `bad-${nth}-${round}`), plan()));
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return badItems.map(({ name, owedMs, owed }) => ({
    name: `queue resumes after the bad item, ${name}`,
    ours: median(ours.get(name) ?? []),
    baseline: median(baseline) + owedMs / 1_000,
    baselineName: `the same queue without it${owed}`,
    unit: 's',
    goalRatio: 1.5,
  }));
}
