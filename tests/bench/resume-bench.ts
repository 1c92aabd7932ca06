import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openTestWorkshop, readyDraft } from '../integration/workshop-fixture.ts';
import { type Fault, noFault } from '../portal/fault.ts';
import { startFaultyPortal } from '../portal/faulty-portal.ts';
import { benchFolder, type Figure, median, seconds } from './measuring.ts';

const rounds = 7;

/** Seconds from the start of the program until the request behind the bad item has its number. */
async function untilNextNumber(folder: string, upload: Fault): Promise<number> {
  const server = await startFaultyPortal({ dataFolder: join(folder, 'portal'), journalFile: join(folder, 'journal.jsonl') });
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
  server.setFault(({ path: asked, method }) => (asked.includes('/uploads') && method !== 'GET' ? upload : noFault));
  let finished: () => void = () => undefined;
  const numbered = new Promise<void>((done) => {
    finished = done;
  });
  const { services } = await openTestWorkshop(dataFolder, {
    timing: { gapMs: 60_000, syncMs: 600_000 },
    startPractice: async () => ({ url: server.url, token: server.token, stop: async () => undefined }),
    onNumbered: (ticket) => (ticket.id === second.id ? finished() : undefined),
  });
  const took = await seconds(async () => {
    await services.start();
    await numbered;
  });
  await services.stop();
  await server.stop();
  return took;
}

/** The first good request behind an upload that the portal never answers, against the same with a portal that answers. */
export async function benchResume(): Promise<Figure> {
  const folder = benchFolder();
  const [ours, baseline]: [number[], number[]] = [[], []];
  try {
    for (let round = 0; round < rounds; round += 1) {
      baseline.push(await untilNextNumber(join(folder, `well-${round}`), noFault));
      ours.push(await untilNextNumber(join(folder, `hanging-${round}`), { kind: 'silence', commits: false }));
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return {
    name: 'queue resumes after the bad item',
    ours: median(ours),
    baseline: median(baseline),
    baselineName: 'the same queue without it',
    unit: 's',
    goalRatio: 1.5,
  };
}
