import { randomBytes, randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import catalogue from '../../../resources/products.json' with { type: 'json' };
import { productName } from '../../../shared/domain/product-name.ts';
import {
  changesPageSize,
  messageReceiptSchema,
  messageRequestSchema,
  privateMessageRequestSchema,
  referenceSchema,
  sessionRequestSchema,
  ticketRequestSchema,
  type WireChanges,
} from '../../../shared/portal/wire.ts';
import type { exactlyOnce } from './exactly-once.ts';
import type { PracticeDesk } from './practice-desk.ts';
import script from './practice-script.json' with { type: 'json' };
import type { PracticeSessions } from './practice-sessions.ts';
import type { PretendOperator } from './pretend-operator.ts';
import { Problem } from './problem.ts';
import { sameSecret, type Sessions, sessionLifeMs } from './sessions.ts';
import { practiceLimits } from './upload-routes.ts';

export type ApiParts = {
  readonly desk: PracticeDesk;
  readonly operator: PretendOperator;
  readonly remote: PracticeSessions;
  readonly once: ReturnType<typeof exactlyOnce>;
  readonly sessions: Sessions;
  readonly token: string;
  readonly nowMs: () => number;
};

const numberParams = z.object({ number: z.string().max(40) });
const referenceParams = z.object({ reference: referenceSchema });
/** Made-up numbers, so that an old version can be seen and tried. */
const latest: Readonly<Record<string, string>> = script.latestVersions;
const cursorQuery = z.object({
  cursor: z
    .string()
    .regex(/^c\d{1,15}$/u)
    .optional(),
  limit: z.coerce.number().int().min(1).max(changesPageSize).default(changesPageSize),
});

function parsed<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new Problem(400, 'invalid', result.error.issues[0]?.path.join('.') ?? null);
}

function found<T>(value: T | null): T {
  if (value === null) throw new Problem(404, 'not-found');
  return value;
}

/** The JSON half of the contract; who may call and in which mode is decided before these run. */
export function addApiRoutes(app: FastifyInstance, parts: ApiParts): void {
  const { desk, operator, once, remote, sessions } = parts;

  app.post('/session', (request) => {
    const { password } = parsed(sessionRequestSchema, request.body);
    if (!sameSecret(password, parts.token)) throw new Problem(401, 'unauthorized');
    const token = randomBytes(32).toString('base64url');
    const expiresAtMs = parts.nowMs() + sessionLifeMs;
    sessions.set(token, expiresAtMs);
    return { token, expiresAt: new Date(expiresAtMs).toISOString() };
  });

  app.post('/tickets', async (request, reply) => {
    const payload = parsed(ticketRequestSchema, request.body);
    const answer = await once(request.headers['idempotency-key'], 'tickets', payload, () => {
      const receipt = desk.receive(payload);
      operator.ticketReceived(receipt.number);
      return receipt;
    });
    return reply.code(201).send(answer);
  });
  app.get('/references/tickets/:reference', (request) =>
    found(desk.findTicket(parsed(referenceParams, request.params).reference)),
  );

  app.post('/tickets/:number/messages', async (request, reply) => {
    const { number } = parsed(numberParams, request.params);
    const payload = parsed(messageRequestSchema, request.body);
    const answer = await once(request.headers['idempotency-key'], `messages ${number}`, payload, () => {
      const receipt = desk.reply(number, payload);
      operator.replyReceived(number);
      return receipt;
    });
    return reply.code(201).send(answer);
  });
  app.post('/tickets/:number/private-messages', async (request, reply) => {
    const { number } = parsed(numberParams, request.params);
    const { text, ...named } = parsed(privateMessageRequestSchema, request.body);
    // The words are left out of what is kept for the key: not even a hash of them goes to the disk.
    const answer = await once(request.headers['idempotency-key'], `private ${number}`, named, () => {
      desk.admitPrivate(number, named.operator);
      remote.tell(number, text);
      operator.codesReceived(number);
      return messageReceiptSchema.parse({
        id: randomUUID(),
        number,
        clientReference: named.clientReference,
        receivedAt: new Date(parts.nowMs()).toISOString(),
      });
    });
    return reply.code(201).send(answer);
  });
  app.get('/references/messages/:reference', (request) =>
    found(desk.findMessage(parsed(referenceParams, request.params).reference)),
  );
  app.post('/tickets/:number/close', (request) =>
    desk.close(parsed(numberParams, request.params).number, 'customer'),
  );
  app.get('/references/attachments/:reference', (request) =>
    found(desk.findAttachment(parsed(referenceParams, request.params).reference)),
  );

  app.get('/changes', (request): WireChanges => {
    const { cursor, limit } = parsed(cursorQuery, request.query);
    const page = desk.changes(cursor === undefined ? 0 : Number(cursor.slice(1)), limit);
    return { tickets: page.tickets, messages: page.messages, cursor: `c${page.upTo}`, hasMore: page.hasMore };
  });
  app.get('/notices', () => ({ notices: desk.notices() }));
  app.get('/terms', () => script.terms);
  app.get('/requirements', () => ({
    ...practiceLimits,
    languages: ['it', 'en'],
    teamViewerVersion: script.teamViewerVersion,
  }));
  app.get('/products', () => ({
    products: catalogue.products.map((product) => ({
      id: product.id,
      name: productName(product, 'it'),
      latestVersion: latest[product.id] ?? null,
    })),
  }));
  app.get('/packs', () => ({ packs: desk.packs() }));
  app.get('/tools', () => ({ tools: desk.tools() }));
}
