import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { createConfig, lintFromString } from '@redocly/openapi-core';
import fastify from 'fastify';
import { parse } from 'yaml';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { addApiRoutes } from '../../electron/portal/practice/api-routes.ts';
import { exactlyOnce } from '../../electron/portal/practice/exactly-once.ts';
import { openPracticeDatabase } from '../../electron/portal/practice/practice-database.ts';
import { practiceDesk } from '../../electron/portal/practice/practice-desk.ts';
import { practiceSessions } from '../../electron/portal/practice/practice-sessions.ts';
import { pretendOperator } from '../../electron/portal/practice/pretend-operator.ts';
import { addUploadRoutes } from '../../electron/portal/practice/upload-routes.ts';
import {
  attachmentReceiptSchema,
  changesSchema,
  closeReceiptSchema,
  messageReceiptSchema,
  messageRequestSchema,
  noticesSchema,
  packsSchema,
  privateMessageRequestSchema,
  problemSchema,
  productsSchema,
  requirementsSchema,
  sessionRequestSchema,
  sessionSchema,
  termsSchema,
  ticketReceiptSchema,
  ticketRequestSchema,
  toolsSchema,
  uploadMetadataSchema,
  wireMessageSchema,
  wireTicketSchema,
} from '../../shared/portal/wire.ts';
import { temporaryFolder } from '../portal/portal-fixtures.ts';

const file = resolve(import.meta.dirname, '../../shared/portal/openapi.yaml');
const source = readFileSync(file, 'utf8');
const methods = ['get', 'post', 'put', 'patch', 'delete', 'head'] as const;
const recordSchema = z.record(z.string(), z.unknown());
const documentSchema = z.object({
  paths: z.record(z.string(), recordSchema),
  components: z.object({
    schemas: z.record(z.string(), z.looseObject({ examples: z.array(z.unknown()).min(1) })),
    responses: z.record(
      z.string(),
      z.object({
        content: z.record(
          z.string(),
          z.object({ examples: z.record(z.string(), z.object({ value: z.unknown() })) }),
        ),
      }),
    ),
  }),
});
const document = documentSchema.parse(parse(source));

/** Every wire schema under the name it has in the document. */
const wire: Readonly<Record<string, z.ZodType>> = {
  SessionRequest: sessionRequestSchema,
  Session: sessionSchema,
  TicketRequest: ticketRequestSchema,
  TicketReceipt: ticketReceiptSchema,
  MessageRequest: messageRequestSchema,
  MessageReceipt: messageReceiptSchema,
  PrivateMessageRequest: privateMessageRequestSchema,
  CloseReceipt: closeReceiptSchema,
  UploadMetadata: uploadMetadataSchema,
  AttachmentReceipt: attachmentReceiptSchema,
  Ticket: wireTicketSchema,
  Message: wireMessageSchema,
  Changes: changesSchema,
  Notices: noticesSchema,
  Terms: termsSchema,
  Requirements: requirementsSchema,
  Packs: packsSchema,
  Products: productsSchema,
  Tools: toolsSchema,
  Problem: problemSchema,
};

/** What a schema demands, without words, references and the bounds every JSON integer has. */
function demands(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(demands);
  const record = recordSchema.safeParse(value);
  if (typeof value !== 'object' || value === null || !record.success) return value;
  const { $ref } = record.data;
  if (typeof $ref === 'string') return demands(document.components.schemas[$ref.split('/').at(-1) ?? '']);
  return Object.fromEntries(
    Object.entries(record.data)
      .filter(
        ([key, inner]) =>
          !['$schema', 'examples'].includes(key) &&
          !(key === 'description' && typeof inner === 'string') &&
          !(key === 'pattern' && 'format' in record.data) &&
          Math.abs(Number(inner)) !== Number.MAX_SAFE_INTEGER,
      )
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [
        key,
        key === 'required' && Array.isArray(inner) ? [...inner].sort() : demands(inner),
      ]),
  );
}

test('contract document has no lint finding when checked as OpenAPI 3.1', async () => {
  const config = await createConfig({ extends: ['recommended'], rules: { 'no-server-example.com': 'off' } });
  const problems = await lintFromString({ source, absoluteRef: file, config });
  expect(
    problems.map((problem) => `${problem.ruleId} ${problem.location[0]?.pointer}: ${problem.message}`),
  ).toEqual([]);
});

test('contract document and wire schemas name the same things when compared', () => {
  expect(Object.keys(document.components.schemas).sort()).toEqual(Object.keys(wire).sort());
});

test.each(
  Object.entries(wire),
)('contract document demands of %s what the wire schema demands when compared', (name, schema) => {
  expect(demands(document.components.schemas[name])).toEqual(
    demands(z.toJSONSchema(schema, { io: 'input' })),
  );
});

test.each(Object.entries(wire))('wire schema takes the example of %s when it is parsed', (name, schema) => {
  const examples = document.components.schemas[name]?.examples ?? [];
  expect(examples.length).toBeGreaterThan(0);
  for (const example of examples) expect(schema.parse(example)).toEqual(example);
});

test('wire schema takes every example of a refusal when it is parsed', () => {
  const examples = Object.values(document.components.responses).flatMap(({ content }) =>
    Object.values(content).flatMap((media) => Object.values(media.examples)),
  );
  expect(examples.length).toBeGreaterThanOrEqual(12);
  for (const { value } of examples) expect(problemSchema.parse(value)).toEqual(value);
});

test('contract document and practice portal have the same routes when compared', async () => {
  const folder = temporaryFolder();
  const db = openPracticeDatabase(folder);
  const desk = practiceDesk(db, () => new Date(0).toISOString());
  const remote = practiceSessions(folder);
  const app = fastify({ exposeHeadRoutes: false });
  const served: string[] = [];
  app.addHook('onRoute', ({ method, url }) => {
    for (const name of [method].flat()) served.push(`${name} ${url.replace(/:(\w+)/gu, '{$1}')}`);
  });
  addApiRoutes(app, {
    desk,
    operator: pretendOperator(db, desk, remote, null, () => 0),
    remote,
    once: exactlyOnce(db, 0),
    sessions: new Map(),
    token: 'x'.repeat(16),
    nowMs: () => 0,
  });
  addUploadRoutes(app, desk, folder);
  await app.ready();
  await app.close();
  db.close();
  const written = Object.entries(document.paths).flatMap(([path, item]) =>
    methods.filter((method) => method in item).map((method) => `${method.toUpperCase()} ${path}`),
  );
  expect(served.sort()).toEqual(written.sort());
});
