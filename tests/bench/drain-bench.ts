import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, rmSync } from 'node:fs';
import { Agent } from 'node:http';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import axios from 'axios';
import { apiBase, sessionSchema } from '../../shared/portal/wire.ts';
import { openTestWorkshop, readyDraft, type OpenedServices } from '../integration/workshop-fixture.ts';
import { benchFolder, type Figure, median, seconds } from './measuring.ts';

const rounds = 3;
const tickets = 1_000;
/** As a workshop on a real portal: one look at the start and none while the queue drains. */
const timing = { gapMs: 60_000, syncMs: 600_000 };

type Server = { readonly url: string; readonly token: string; readonly stop: () => Promise<void> };

/** The practice portal as people start it, a process of its own; the pretend operator stays silent. */
async function startServer(data: string): Promise<Server> {
  const child: ChildProcess = spawn(
    process.execPath,
    [join(import.meta.dirname, '../../electron/portal/practice/main.ts'), '--data', data, '--delay', 'off'],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  if (child.stdout === null) throw new Error('the portal has no output');
  let url = '';
  let token = '';
  for await (const text of createInterface({ input: child.stdout })) {
    url = /^Practice portal\s+(\S+)/u.exec(text)?.[1] ?? url;
    token = /^Password\s+(\S+)/u.exec(text)?.[1] ?? token;
    if (text.startsWith('Stop')) break;
  }
  return {
    url,
    token,
    stop: async () => {
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
    },
  };
}

/** Sends that many complete drafts while no portal is there: all of them wait in the outbox. */
async function queueAll(dataFolder: string): Promise<void> {
  const opened = await openTestWorkshop(dataFolder);
  for (let index = 0; index < tickets; index += 1) {
    const { id, revision } = await readyDraft(
      opened,
      `Non trovo il driver numero ${index} quando apro la banca dati`,
    );
    await opened.call('sendDraft', { id, revision });
  }
  await opened.services.stop();
}

type Waiting = { readonly body: string; readonly key: string };

/** The very bodies and keys that the outbox will send. */
function waitingBodies({ services }: OpenedServices): Waiting[] {
  const { context } = services;
  return context.outbox.open().map((item) => {
    const ticket = context.tickets.find(item.ticketId);
    if (ticket === null) throw new Error('a queued item without a ticket');
    const { language, subject, body } = ticket.text;
    return {
      key: item.idempotencyKey,
      body: JSON.stringify({
        clientReference: ticket.id,
        language,
        subject,
        body,
        ...context.tickets.productAndSerial(ticket.id),
        terms: { version: ticket.terms?.version ?? '', sha256: ticket.terms?.sha256 ?? '' },
      }),
    };
  });
}

/** One after another over one kept connection, each waited for: what the outbox must do too, and nothing else. */
async function bareLoop(server: Server, waiting: readonly Waiting[]): Promise<number> {
  const client = axios.create({
    baseURL: server.url,
    httpAgent: new Agent({ keepAlive: true, maxSockets: 1 }),
  });
  const session = sessionSchema.parse(
    (await client.post(`${apiBase}/session`, { user: 'practice', password: server.token })).data,
  );
  return seconds(async () => {
    for (const { body, key } of waiting)
      await client.post(`${apiBase}/tickets`, body, {
        headers: {
          'Content-Type': 'application/json',
          'Idempotency-Key': key,
          Authorization: `Bearer ${session.token}`,
        },
      });
  });
}

async function drain(server: Server, dataFolder: string): Promise<number> {
  let numbered = 0;
  let finished: () => void = () => undefined;
  const all = new Promise<void>((done) => {
    finished = done;
  });
  const { services, faults } = await openTestWorkshop(dataFolder, {
    timing,
    startPractice: async () => ({ url: server.url, token: server.token, stop: async () => undefined }),
    onNumbered: () => {
      numbered += 1;
      if (numbered === tickets) finished();
    },
  });
  const took = await seconds(async () => {
    await services.start();
    await all;
  });
  await services.stop();
  if (faults.length > 0) throw faults[0];
  return took;
}

export async function benchDrain(): Promise<Figure> {
  const folder = benchFolder();
  const queued = join(folder, 'queued');
  try {
    await queueAll(queued);
    const reading = await openTestWorkshop(queued);
    const waiting = waitingBodies(reading);
    await reading.services.stop();
    const ours: number[] = [];
    const baseline: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const first = await startServer(join(folder, `portal-bare-${round}`));
      baseline.push(await bareLoop(first, waiting));
      await first.stop();
      const copy = join(folder, `queue-${round}`);
      cpSync(queued, copy, { recursive: true });
      const second = await startServer(join(folder, `portal-ours-${round}`));
      ours.push(await drain(second, copy));
      await second.stop();
    }
    return {
      name: `${tickets} queued tickets drained`,
      ours: median(ours),
      baseline: median(baseline),
      baselineName: 'a bare axios loop',
      unit: 's',
      goalRatio: 1.3,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
