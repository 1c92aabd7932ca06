import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { startPracticePortal } from '../../electron/portal/practice/start-practice-portal.ts';
import { apiBase } from '../../shared/portal/wire.ts';
import { type Fault, type FaultPlan, noFault } from './fault.ts';
import { type Forwarded, journalling, upstream } from './forward.ts';
import { type JournalEntry, openJournal, readJournal } from './journal.ts';

export type FaultyPortalOptions = {
  readonly dataFolder: string;
  readonly journalFile: string;
  /** Milliseconds a creation takes before it is committed; 0 when left out. */
  readonly processingMs?: number;
  /** Milliseconds between two steps of the pretend operator; left out: nobody answers. */
  readonly operatorDelayMs?: number;
  /** A portal that looks at neither key nor reference of a new ticket or message: whoever sends twice has two. */
  readonly ignoresKeys?: boolean;
  readonly port?: number;
  /** Password to sign in with; left out, a new one is made. */
  readonly token?: string;
  /** What a path was before the liar changed what leads to it; left out, every path is true. */
  readonly truePath?: (path: string) => string;
  /** What the portal takes for now, in epoch milliseconds; left out, the truth. */
  readonly nowMs?: () => number;
};

export type FaultyPortal = {
  readonly url: string;
  /** Password to sign in with; any user will do. */
  readonly token: string;
  readonly operatorUrl: string;
  readonly setFault: (next: Fault | FaultPlan) => void;
  readonly journal: () => JournalEntry[];
  /** Exchanges that are neither answered nor broken off. */
  readonly underWay: () => number;
  readonly stop: () => Promise<void>;
};

async function readAll(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(Buffer.from(part));
  return Buffer.concat(parts);
}

function send(response: ServerResponse, { status, headers, body }: Forwarded, sentBytes = body.length): void {
  response.writeHead(status, { ...headers, 'content-length': String(body.length) });
  if (sentBytes === body.length) response.end(body);
  else response.write(body.subarray(0, sentBytes), () => response.socket?.resetAndDestroy());
}

function drip(response: ServerResponse, everyMs: number): void {
  response.writeHead(201, { 'content-type': 'application/json' });
  const timer = setInterval(() => response.write(' '), everyMs);
  response.once('close', () => clearInterval(timer));
}

async function flood(response: ServerResponse, bytes: number, gzip: boolean): Promise<void> {
  const block = Buffer.alloc(1024 * 1024, ' ');
  response.writeHead(201, {
    'content-type': 'application/json',
    ...(gzip ? { 'content-encoding': 'gzip' } : {}),
  });
  if (gzip) {
    response.end(gzipSync(Buffer.alloc(bytes, ' ')));
    return;
  }
  for (let sent = 0; sent < bytes && !response.destroyed; sent += block.length) {
    if (!response.write(block))
      await Promise.race([
        new Promise((resolve) => response.once('drain', resolve)),
        new Promise((resolve) => response.once('close', resolve)),
      ]);
  }
  response.end();
}

/** True for what makes a ticket or a message. */
function isMaking(path: string): boolean {
  return (
    path === `${apiBase}/tickets` || (path.startsWith(`${apiBase}/tickets/`) && path.endsWith('/messages'))
  );
}

/** The practice portal with a liar in front of it. What really happened stands in the journal. */
export async function startFaultyPortal(options: FaultyPortalOptions): Promise<FaultyPortal> {
  const practice = await startPracticePortal({
    dataFolder: options.dataFolder,
    port: 0,
    operatorDelayMs: options.operatorDelayMs ?? null,
    processingMs: options.processingMs ?? 0,
    ...(options.nowMs === undefined ? {} : { nowMs: options.nowMs }),
    ...(options.token === undefined ? {} : { token: options.token }),
  });
  const record = openJournal(options.journalFile);
  const before = readJournal(options.journalFile);
  // What it opened in an earlier life is a repeat as well.
  const portal = upstream(
    Number(new URL(practice.url).port),
    before.flatMap((entry) =>
      entry.kind === 'ticket' || entry.kind === 'message' ? [entry.clientReference] : [],
    ),
  );
  const journalled = journalling(record, before);
  let plan: FaultPlan = () => noFault;
  let count = 0;
  let underWay = 0;

  /** Lets the portal carry the request out; with `ignoresKeys` a repeat is made to look new. */
  const carryOut = async (request: IncomingMessage, body: Buffer): Promise<Forwarded> => {
    if (request.method === 'PATCH') journalled.chunk(request, body.length);
    if (options.ignoresKeys !== true || request.method !== 'POST' || !isMaking(request.url ?? ''))
      return journalled(request, body, await portal.forward(request, body));
    return journalled(request, body, await portal.forwardAsNew(request, body, randomUUID()));
  };
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = '', url = '' } = request;
    count += 1;
    const planned = plan({
      method,
      path: url,
      count,
      headers: request.headers,
      bytes: Number(request.headers['content-length'] ?? 0),
    });
    request.url = options.truePath?.(url) ?? url;
    if (planned.kind === 'delay') await wait(planned.ms);
    const fault: Exclude<Fault, { readonly kind: 'delay' }> =
      planned.kind === 'delay' ? { kind: 'none' } : planned;
    if (
      method === 'PATCH' &&
      (fault.kind === 'none' || fault.kind === 'cut-upload' || fault.kind === 'rewrite')
    ) {
      const answer = await portal.forwardStream(
        request,
        fault.kind === 'cut-upload' ? fault.afterBytes : null,
        journalled.chunk,
      );
      if (answer === null) return void request.socket.resetAndDestroy();
      const noted = journalled(request, Buffer.alloc(0), answer);
      send(response, fault.kind === 'rewrite' ? fault.rewrite(noted) : noted);
      return;
    }
    const body = await readAll(request);
    if (fault.kind === 'none' || fault.kind === 'cut-upload')
      return send(response, await carryOut(request, body));
    if (fault.kind === 'rewrite') return send(response, fault.rewrite(await carryOut(request, body)));
    if (fault.kind === 'duplicate') {
      await carryOut(request, body);
      return send(response, await carryOut(request, body));
    }
    if (fault.kind === 'half-answer') {
      const answer = await carryOut(request, body);
      return send(response, answer, Math.floor(answer.body.length / 2));
    }
    if (fault.commits) await carryOut(request, body);
    if (fault.kind === 'reset') request.socket.resetAndDestroy();
    else if (fault.kind === 'answer')
      send(response, {
        status: fault.answer.status,
        headers: fault.answer.headers,
        body: Buffer.from(fault.answer.body),
      });
    else if (fault.kind === 'drip') drip(response, fault.everyMs);
    else if (fault.kind === 'huge') await flood(response, fault.bytes, fault.gzip);
  };

  const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    underWay += 1;
    response.once('close', () => {
      underWay -= 1;
    });
    request.on('error', () => undefined);
    response.on('error', () => undefined);
    handle(request, response).catch(() => request.socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    token: practice.token,
    operatorUrl: practice.operatorUrl,
    setFault: (next) => {
      plan = typeof next === 'function' ? next : () => next;
    },
    journal: () => readJournal(options.journalFile),
    underWay: () => underWay,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      portal.stop();
      await practice.stop();
    },
  };
}
