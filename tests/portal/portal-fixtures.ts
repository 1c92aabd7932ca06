import { createHash, randomUUID } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { contractPortal } from '../../electron/portal/contract/contract-portal.ts';
import type { HttpLimits } from '../../electron/portal/contract/http-client.ts';
import type { NewMessage, NewTicket, NewUpload, Portal, PortalOutcome } from '../../electron/portal/port.ts';
import { sha256Schema } from '../../shared/domain/ids.ts';
import { type FaultyPortal, type FaultyPortalOptions, startFaultyPortal } from './faulty-portal.ts';

export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'officina-portal-'));
}

export function newTicket(changes: Partial<NewTicket> = {}): NewTicket {
  return {
    clientReference: randomUUID(),
    idempotencyKey: randomUUID(),
    language: 'it',
    subject: 'K-TAG Master - errore in lettura',
    body: 'La lettura si ferma al 43 %.',
    productId: 'ktag-master',
    serial: 'KT123456',
    termsVersion: 'it-1',
    termsSha256: 'a'.repeat(64),
    ...changes,
  };
}

export function newMessage(number: string, changes: Partial<NewMessage> = {}): NewMessage {
  return { number, clientReference: randomUUID(), idempotencyKey: randomUUID(), text: '13,2 V', ...changes };
}

/** A file of so many bytes with an upload that brings it to the ticket. */
export function newUpload(
  folder: string,
  number: string,
  sizeBytes: number,
  changes: Partial<NewUpload> = {},
): NewUpload {
  const bytes = Buffer.alloc(sizeBytes);
  for (let at = 0; at < sizeBytes; at += 1) bytes[at] = (at * 31 + (at >> 8)) % 251;
  const file = join(folder, randomUUID());
  writeFileSync(file, bytes);
  return {
    number,
    clientReference: randomUUID(),
    messageReference: null,
    name: 'lettura n° 1.log',
    sizeBytes,
    sha256: sha256Schema.parse(createHash('sha256').update(bytes).digest('hex')),
    file,
    resumeUrl: null,
    onResumeUrl: () => undefined,
    onProgress: () => undefined,
    signal: new AbortController().signal,
    ...changes,
  };
}

/** The value of a success; anything else ends the test with the outcome in words. */
export function done<T>(outcome: PortalOutcome<T>): T {
  if (outcome.kind !== 'done') throw new Error(JSON.stringify(outcome));
  return outcome.value;
}

export type PortalPair = { readonly server: FaultyPortal; readonly portal: Portal; readonly folder: string };

/** A faulty portal in a new folder with a client signed in to it; `stopAll` ends every one that was started. */
export async function portalPair(
  options: Partial<FaultyPortalOptions> = {},
  limits: Partial<HttpLimits> = {},
  gapMs?: number,
): Promise<PortalPair> {
  const folder = temporaryFolder();
  const server = await startFaultyPortal({
    dataFolder: join(folder, 'portal'),
    journalFile: join(folder, 'journal.jsonl'),
    ...options,
  });
  running.push(server);
  const portal = contractPortal({
    address: server.url,
    credentials: async () => ({ user: 'practice', password: server.token }),
    limits,
    ...(gapMs === undefined ? {} : { gapMs }),
  });
  return { server, portal, folder };
}

const running: FaultyPortal[] = [];
export async function stopAll(): Promise<void> {
  for (const server of running.splice(0)) await server.stop();
}
