import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { FileStore } from '@tus/file-store';
import { Server } from '@tus/server';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { apiBase, uploadMetadataSchema, type WireUploadMetadata } from '../../../shared/portal/wire.ts';
import { sha256OfFile } from '../../platform/sha256-of-file.ts';
import { uploadsFolder } from './practice-database.ts';
import type { PracticeDesk } from './practice-desk.ts';
import { Problem } from './problem.ts';

/** Limits of the practice portal, in bytes; those of BOUND-SIZE. */
export const practiceLimits = {
  attachmentBytes: 100 * 1024 * 1024,
  ticketBytes: 250 * 1024 * 1024,
  attachmentsPerTicket: 20,
  chunkBytes: 4 * 1024 * 1024,
} as const;

/** What tus sends back for a refusal: its own shape around our problem details. */
function refusal(error: unknown): { readonly status_code: number; readonly body: string } {
  const problem = error instanceof Problem ? error : new Problem(500, 'fault');
  return { status_code: problem.status, body: JSON.stringify(problem.body()) };
}

/** The upload library's own words as problem details; ours pass as they are. */
function asRefusal(status: number, body: string): { readonly status_code: number; readonly body: string } {
  if (body.startsWith('{')) return { status_code: status, body };
  const code =
    status === 404 || status === 410
      ? 'not-found'
      : status === 413
        ? 'too-large'
        : status >= 500
          ? 'fault'
          : 'invalid';
  return refusal(new Problem(status, code));
}

function metadataOf(metadata: Readonly<Record<string, string | null>> | undefined): WireUploadMetadata {
  const result = uploadMetadataSchema.safeParse({
    ...metadata,
    messageReference: metadata?.['messageReference'] ?? null,
  });
  if (!result.success) throw new Problem(422, 'invalid', result.error.issues[0]?.path.join('.') ?? null);
  return result.data;
}

/** tus 1.0: a file counts only when every byte is here and its SHA-256 is the announced one. */
export function addUploadRoutes(app: FastifyInstance, desk: PracticeDesk, dataFolder: string): void {
  const directory = join(dataFolder, uploadsFolder);
  mkdirSync(directory, { recursive: true });
  const store = new FileStore({ directory });
  const server = new Server({
    path: `${apiBase}/uploads`,
    datastore: store,
    relativeLocation: true,
    maxSize: practiceLimits.attachmentBytes,
    allowedOrigins: () => false,
    onIncomingRequest: async (request) => {
      if (Number(request.headers.get('content-length') ?? 0) > practiceLimits.chunkBytes)
        throw refusal(new Problem(413, 'too-large'));
    },
    onResponseError: async (_request, error) =>
      'status_code' in error ? asRefusal(error.status_code, error.body) : refusal(error),
    onUploadCreate: async (_request, upload) => {
      try {
        desk.admitUpload(metadataOf(upload.metadata), upload.size ?? 0, practiceLimits);
        return {};
      } catch (error) {
        throw refusal(error);
      }
    },
    onUploadFinish: async (_request, upload) => {
      try {
        const metadata = metadataOf(upload.metadata);
        if ((await sha256OfFile(join(directory, upload.id))) !== metadata.sha256) {
          await store.remove(upload.id);
          throw new Problem(422, 'invalid', 'sha256');
        }
        desk.attach(metadata, upload.size ?? 0, upload.id);
        return {};
      } catch (error) {
        throw refusal(error);
      }
    },
  });
  app.addContentTypeParser('application/offset+octet-stream', (_request, _payload, done) => done(null));
  const handle = {
    handler: async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
      reply.hijack();
      // Successes of tus have no body, so the only bodies are refusals.
      if (request.raw.method !== 'HEAD') reply.raw.setHeader('Content-Type', 'application/problem+json');
      await server.handle(request.raw, reply.raw);
    },
  };
  app.route({ ...handle, method: 'POST', url: '/uploads' });
  app.route({ ...handle, method: ['HEAD', 'PATCH'], url: '/uploads/:id' });
}
