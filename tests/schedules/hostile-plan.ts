import { randomUUID } from 'node:crypto';
import { apiBase } from '../../shared/portal/wire.ts';
import { jsonOf } from '../../shared/domain/json-of.ts';
import { type Fault, type FaultPlan, type FaultyRequest, jsonAnswer, noFault, pageAnswer, problemAnswer } from '../portal/fault.ts';
import type { Forwarded } from '../portal/forward.ts';

type Draw = () => number;

function pick<T>(from: readonly T[], draw: Draw): T {
  const found = from[Math.floor(draw() * from.length)];
  if (found === undefined) throw new Error('nothing to choose from');
  return found;
}

const bare = (status: number, headers: Record<string, string>, commits = true): Fault => ({
  kind: 'answer',
  commits,
  answer: { status, headers: { 'tus-resumable': '1.0.0', ...headers }, body: '' },
});

/** The true answer with one header more, less or other. */
function withHeader(name: string, value: string | null): Fault {
  return {
    kind: 'rewrite',
    rewrite: (answer) => {
      const headers = { ...answer.headers };
      delete headers[name];
      return { ...answer, headers: value === null ? headers : { ...headers, [name]: value } };
    },
  };
}

/** The true answer with its JSON changed; one that is no JSON stays. */
function withBody(change: (body: Record<string, unknown>) => unknown): Fault {
  return {
    kind: 'rewrite',
    rewrite: (answer: Forwarded) => {
      const body = jsonOf(answer.body.toString('utf8'));
      if (answer.status !== 200 || typeof body !== 'object' || body === null) return answer;
      return { ...answer, body: Buffer.from(JSON.stringify(change({ ...body }))) };
    },
  };
}

const dates = ['Tue Nov 24 18:00:00 2026', 'Thu, 01 Jan 1970 00:00:00 GMT', 'Fri, 31 Dec 2099 23:59:59 GMT', '2026', 'yesterday', ''];

/** What any request may meet. */
const anywhere: readonly ((draw: Draw) => Fault)[] = [
  () => ({ kind: 'reset', commits: true }),
  () => ({ kind: 'reset', commits: false }),
  () => ({ kind: 'half-answer' }),
  () => ({ kind: 'duplicate' }),
  () => pageAnswer(200, true),
  () => pageAnswer(502),
  () => problemAnswer(500, 'fault', {}, true),
  () => problemAnswer(503, 'fault', { 'retry-after': '0' }),
  () => problemAnswer(429, 'rate-limited', { 'retry-after': 'Tue, 01 Jan 2019 00:00:00 GMT' }),
  () => problemAnswer(423, 'key-in-progress', { 'retry-after': '0' }),
  () => problemAnswer(401, 'unauthorized'),
  () => jsonAnswer('{"__proto__":{}}', true),
  (draw) => withHeader('date', pick(dates, draw)),
];

const locations = [
  'http://internal:1080/api/v1/uploads/1',
  'http://[',
  'javascript:x',
  '',
  `${apiBase}/tickets`,
  'https://127.0.0.1/api/v1/uploads/1',
];

const announcing: readonly ((draw: Draw) => Fault)[] = [
  (draw) => bare(201, { location: pick(locations, draw) }),
  () => bare(201, {}),
  () => problemAnswer(500, 'fault'),
];
const asking: readonly ((draw: Draw) => Fault)[] = [
  (draw) => withHeader('upload-offset', pick(['-1', '1e9', '0x40', '99999999999999', 'x'], draw)),
  () => withHeader('upload-offset', null),
  (draw) => problemAnswer(pick([400, 403, 404, 409, 410, 412, 423, 460], draw), 'invalid'),
];
const sending: readonly ((draw: Draw) => Fault)[] = [
  (draw) => withHeader('upload-offset', pick(['0', '1', '-5', '1e9', '0x40'], draw)),
  (draw) => ({ kind: 'cut-upload', afterBytes: Math.floor(draw() * 2_000) }),
  () => pageAnswer(413),
  () => problemAnswer(409, 'invalid'),
];

/** One entry of a page that is not to the letter, beside those that are. */
const oddEntries: readonly Record<string, unknown>[] = [
  {
    id: randomUUID(),
    number: 'P-000001',
    clientReference: null,
    author: { kind: 'system', event: 'teleported', detail: '' },
    text: '',
    attachments: [],
    at: '2026-11-24T18:00:00Z',
  },
  { id: '', number: 12, author: null },
  {
    id: randomUUID(),
    number: 'P-000001',
    clientReference: null,
    author: { kind: 'operator', name: 'Anna' },
    text: 'x'.repeat(60_001),
    attachments: [],
    at: '2026-11-24T18:00:00+01:00',
  },
];
const reading: readonly ((draw: Draw) => Fault)[] = [
  (draw) =>
    withBody((body) => ({ ...body, messages: [...(Array.isArray(body['messages']) ? body['messages'] : []), pick(oddEntries, draw)] })),
  (draw) =>
    withBody((body) => ({
      ...body,
      tickets: [...(Array.isArray(body['tickets']) ? body['tickets'] : []), { number: pick(['P-000001', '', 7], draw), state: 'melted' }],
    })),
  () => withBody((body) => ({ ...body, hasMore: true })),
  () => problemAnswer(500, 'fault'),
  () => jsonAnswer('[]'),
];
const lookingUp: readonly ((draw: Draw) => Fault)[] = [
  () => pageAnswer(404),
  () => pageAnswer(200),
  () => problemAnswer(500, 'fault'),
  () => withBody((body) => ({ ...body, clientReference: randomUUID() })),
];

function kindsFor({ method, path }: FaultyRequest): readonly ((draw: Draw) => Fault)[] {
  if (path.startsWith(`${apiBase}/uploads`)) {
    if (method === 'POST') return [...announcing, ...anywhere];
    return method === 'HEAD' ? asking : sending;
  }
  if (path.startsWith(`${apiBase}/changes`)) return [...reading, ...anywhere];
  if (path.startsWith(`${apiBase}/references/`)) return [...lookingUp, ...anywhere];
  return anywhere;
}

/**
 * A portal from the list of what portals really did, drawn by a seed: `share` (0 to 1) of all requests meets something. Signing in is
 * left alone, for a refused password rests a quarter of an hour by design. `met` counts what was met, by the first part of the path.
 */
export function hostilePlan(draw: Draw, share: () => number, met: Map<string, number>): FaultPlan {
  return (request) => {
    if (request.path.endsWith('/session') || draw() >= share()) return noFault;
    const fault = pick(kindsFor(request), draw)(draw);
    const place = `${request.method} ${request.path.split('/')[3]?.split('?')[0] ?? ''}`;
    met.set(place, (met.get(place) ?? 0) + 1);
    return fault;
  };
}
