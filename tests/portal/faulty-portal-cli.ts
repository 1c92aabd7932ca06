// The portal with faults as a process of its own, so that it lives on while the app is killed. Prints one JSON line when it is
// ready; every line it reads is a fault as JSON, {"meets":"POST /api/v1/tickets","fault":{}} for one that meets some requests only, or
// {"seed":1,"share":0.3} for a seeded schedule, in force for what comes next. It says {"inForce":true} once it is: a request sent after
// that meets it for certain.
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { faultSchema, noFault, seededFaults } from './fault.ts';
import { startFaultyPortal } from './faulty-portal.ts';

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    journal: { type: 'string' },
    processing: { type: 'string', default: '0' },
    delay: { type: 'string' },
    port: { type: 'string', default: '0' },
    token: { type: 'string' },
    'ignores-keys': { type: 'boolean', default: false },
  },
});
const given = z
  .object({
    data: z.string(),
    journal: z.string(),
    processing: z.coerce.number(),
    delay: z.coerce.number().optional(),
    port: z.coerce.number(),
    token: z.string().optional(),
  })
  .parse(values);
const portal = await startFaultyPortal({
  dataFolder: given.data,
  journalFile: given.journal,
  processingMs: given.processing,
  port: given.port,
  ignoresKeys: values['ignores-keys'],
  ...(given.delay === undefined ? {} : { operatorDelayMs: given.delay }),
  ...(given.token === undefined ? {} : { token: given.token }),
});
const orderSchema = z.union([
  faultSchema,
  z.object({ seed: z.number().int(), share: z.number().min(0).max(1) }),
  z.object({ meets: z.string(), fault: faultSchema }),
]);
const lines = createInterface({ input: process.stdin });
lines.on('line', (line) => {
  const order = orderSchema.parse(JSON.parse(line));
  if ('seed' in order) portal.setFault(seededFaults(order.seed, order.share));
  else if ('meets' in order)
    portal.setFault(({ method, path }) =>
      `${method} ${path}`.startsWith(order.meets) ? order.fault : noFault,
    );
  else portal.setFault(order);
  process.stdout.write(`${JSON.stringify({ inForce: true })}\n`);
});
lines.once('close', () => {
  void portal.stop().then(() => process.exit(0));
});
process.stdout.write(
  `${JSON.stringify({ url: portal.url, token: portal.token, operatorUrl: portal.operatorUrl })}\n`,
);
