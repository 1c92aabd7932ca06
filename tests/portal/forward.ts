import { Agent, type IncomingHttpHeaders, type IncomingMessage, request as httpRequest } from 'node:http';
import { z } from 'zod';
import {
  apiBase,
  attachmentReceiptSchema,
  closeReceiptSchema,
  messageReceiptSchema,
  ticketReceiptSchema,
} from '../../shared/portal/wire.ts';
import type { JournalEntry } from './journal.ts';

export type Forwarded = {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
};

const referenceBody = z.looseObject({ clientReference: z.string() });
const messageBody = z.looseObject({ text: z.string() });
const hopByHop = new Set(['connection', 'keep-alive', 'transfer-encoding']);

function passedOn(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !hopByHop.has(name)));
}

async function collect(answer: IncomingMessage): Promise<Forwarded> {
  const parts: Buffer[] = [];
  for await (const part of answer) parts.push(Buffer.from(part));
  return { status: answer.statusCode ?? 0, headers: passedOn(answer.headers), body: Buffer.concat(parts) };
}

/** The true portal behind the liar. @param made references it has taken already, before it was started again */
export function upstream(port: number, made: readonly string[] = []) {
  const agent = new Agent({ keepAlive: true });
  const created = new Set(made);
  const forward = (
    request: IncomingMessage,
    body: Buffer,
    changes: Record<string, string> = {},
  ): Promise<Forwarded> =>
    new Promise((resolve, reject) => {
      const headers = {
        ...passedOn(request.headers),
        ...(request.headers['content-length'] === undefined && body.length === 0
          ? {}
          : { 'content-length': String(body.length) }),
        ...changes,
      };
      httpRequest(
        { host: '127.0.0.1', port, method: request.method, path: request.url, headers, agent },
        (answer) => collect(answer).then(resolve, reject),
      )
        .on('error', reject)
        .end(body);
    });
  return {
    forward,
    /** A reference that came before is sent under another one, and answered under its own. */
    async forwardAsNew(request: IncomingMessage, body: Buffer, otherReference: string): Promise<Forwarded> {
      const asked = referenceBody.parse(JSON.parse(body.toString('utf8')));
      const isRepeat = created.has(asked.clientReference);
      created.add(asked.clientReference);
      if (!isRepeat) return forward(request, body);
      const answer = await forward(
        request,
        Buffer.from(JSON.stringify({ ...asked, clientReference: otherReference })),
        {
          'idempotency-key': otherReference,
        },
      );
      return {
        ...answer,
        body: Buffer.from(answer.body.toString('utf8').replace(otherReference, asked.clientReference)),
      };
    },
    /** Bytes as they come. Null: the client's connection is to be reset, because it broke or `cutAfterBytes` had passed. */
    forwardStream(
      request: IncomingMessage,
      cutAfterBytes: number | null,
      chunk: (request: IncomingMessage, bytes: number) => void,
    ): Promise<Forwarded | null> {
      return new Promise((resolve) => {
        let passedBytes = 0;
        let ended = false;
        let answered = false;
        const end = (answer: Forwarded | null): void => {
          if (ended) return;
          ended = true;
          chunk(request, passedBytes);
          resolve(answer);
        };
        const up = httpRequest(
          {
            host: '127.0.0.1',
            port,
            method: request.method,
            path: request.url,
            headers: passedOn(request.headers),
            agent,
          },
          (answer) => {
            answered = true;
            // A refusal may come before all bytes were read: what is left goes nowhere, so that the client can read the refusal.
            request.removeAllListeners('data').resume();
            collect(answer).then(end, () => end(null));
          },
        );
        up.on('error', () => {
          if (!answered) end(null);
        });
        request.on('data', (part: Buffer) => {
          const room =
            cutAfterBytes === null ? part.length : Math.min(part.length, cutAfterBytes - passedBytes);
          passedBytes += room;
          if (room < part.length) {
            request.pause();
            up.write(part.subarray(0, room), () => {
              up.destroy();
              end(null);
            });
          } else if (!up.write(part)) {
            request.pause();
            up.once('drain', () => request.resume());
          }
        });
        request.once('end', () => up.end());
        request.once('close', () => {
          if (!request.complete) up.destroy();
        });
      });
    },
    stop: () => agent.destroy(),
  };
}

type Announced = {
  readonly clientReference: string;
  readonly number: string;
  readonly sha256: string;
  readonly sizeBytes: number;
};

function announced(request: IncomingMessage): Announced {
  const pairs = new Map(
    String(request.headers['upload-metadata'] ?? '')
      .split(',')
      .map((pair) => {
        const [key = '', value = ''] = pair.trim().split(' ');
        return [key, Buffer.from(value, 'base64').toString('utf8')] as const;
      }),
  );
  return {
    clientReference: pairs.get('reference') ?? '',
    number: pairs.get('ticket') ?? '',
    sha256: pairs.get('sha256') ?? '',
    sizeBytes: Number(request.headers['upload-length']),
  };
}

/** Writes down what an answer of the true portal proves. Uploads announced to an earlier process are known by their chunks only. */
export function journalling(record: (entry: JournalEntry) => void, earlier: readonly JournalEntry[]) {
  const uploads = new Map<string, Announced>();
  const booked = new Set(
    earlier.flatMap((entry) => (entry.kind === 'attachment' ? [entry.clientReference] : [])),
  );
  const note = (request: IncomingMessage, body: Buffer, answer: Forwarded): Forwarded => {
    const { method, url = '' } = request;
    const key = String(request.headers['idempotency-key'] ?? '');
    const json = (): unknown => JSON.parse(answer.body.toString('utf8'));
    if (method === 'POST' && url === `${apiBase}/tickets` && answer.status === 201) {
      const { number } = ticketReceiptSchema.parse(json());
      record({
        kind: 'ticket',
        clientReference: referenceBody.parse(JSON.parse(body.toString('utf8'))).clientReference,
        number,
        key,
      });
    } else if (method === 'POST' && url.endsWith('/messages') && answer.status === 201) {
      const { number, clientReference, id } = messageReceiptSchema.parse(json());
      const { text } = messageBody.parse(JSON.parse(body.toString('utf8')));
      record({ kind: 'message', clientReference, number, id, key, text });
    } else if (method === 'POST' && url.endsWith('/close') && answer.status === 200) {
      record({ kind: 'closing', number: closeReceiptSchema.parse(json()).number });
    } else if (method === 'POST' && url === `${apiBase}/uploads` && answer.status === 201) {
      uploads.set(String(answer.headers.location ?? ''), announced(request));
    } else if (method === 'PATCH' && answer.status === 204) {
      const upload = uploads.get(url);
      if (upload !== undefined && Number(answer.headers['upload-offset']) === upload.sizeBytes) {
        record({ kind: 'attachment', ...upload });
        record({ kind: 'transfer', clientReference: upload.clientReference, address: url });
      }
    } else if (
      method === 'GET' &&
      url.startsWith(`${apiBase}/references/attachments/`) &&
      answer.status === 200
    ) {
      const { clientReference, number, sha256, sizeBytes } = attachmentReceiptSchema.parse(json());
      if (!booked.has(clientReference))
        record({ kind: 'attachment', clientReference, number, sha256, sizeBytes });
      booked.add(clientReference);
    }
    return answer;
  };
  const chunk = (request: IncomingMessage, bytes: number): void => {
    record({
      kind: 'chunk',
      clientReference: uploads.get(request.url ?? '')?.clientReference ?? '',
      offset: Number(request.headers['upload-offset']),
      bytes,
    });
  };
  return Object.assign(note, { chunk });
}
