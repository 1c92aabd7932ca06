// Uploads one file as the app would and is killed by the test that started it. The address to go on at is kept in a file.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { contractPortal } from '../../electron/portal/contract/contract-portal.ts';

const orderSchema = z.object({
  url: z.string(),
  token: z.string(),
  number: z.string(),
  clientReference: z.string(),
  name: z.string(),
  sizeBytes: z.number(),
  sha256: z.string(),
  file: z.string(),
  chunkBytes: z.number(),
  resumeFile: z.string(),
});
const order = orderSchema.parse(JSON.parse(process.argv[2] ?? ''));
const portal = contractPortal({
  address: order.url,
  credentials: async () => ({ user: 'practice', password: order.token }),
  limits: { chunkBytes: order.chunkBytes },
});
process.stdout.write('started\n');
const outcome = await portal.uploadAttachment({
  number: order.number,
  clientReference: order.clientReference,
  messageReference: null,
  name: order.name,
  sizeBytes: order.sizeBytes,
  sha256: order.sha256,
  file: order.file,
  resumeUrl: existsSync(order.resumeFile) ? readFileSync(order.resumeFile, 'utf8') : null,
  onResumeUrl: (url) => writeFileSync(order.resumeFile, url),
  onProgress: (sentBytes) => process.stdout.write(`sent ${sentBytes}\n`),
  signal: new AbortController().signal,
});
process.stdout.write(`${JSON.stringify(outcome)}\n`);
