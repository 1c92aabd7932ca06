import { randomUUID } from 'node:crypto';
import { apiBase } from '../../shared/portal/wire.ts';
import { type Fault, type FaultyRequest, jsonAnswer, pageAnswer, problemAnswer } from '../portal/fault.ts';
import type { Forwarded } from '../portal/forward.ts';
import { newsOddities } from './news-oddities.ts';
import { always, bent, bentBody, type Draw, type Oddity, pick, type Scene, withHeader } from './oddity.ts';

type Fits = Oddity['fits'];

const any: Fits = () => true;
const is =
  (method: string, path: string): Fits =>
  (request) =>
    request.method === method && request.path.startsWith(apiBase + path);
const announcing = is('POST', '/uploads');
const asking = is('HEAD', '/uploads/');
const sending: Fits = (request) => is('PATCH', '/uploads/')(request) && request.bytes > 0;
const creating: Fits = ({ method, path }) => method === 'POST' && path === `${apiBase}/tickets`;
const writing: Fits = ({ method, path }) => method === 'POST' && path.endsWith('/messages');
const lookingUp = is('GET', '/references/');
const ofTickets = is('GET', '/references/tickets/');
const ofMessages = is('GET', '/references/messages/');
const ofFiles = is('GET', '/references/attachments/');

/** Pieces larger than this are too large for the gateway, in bytes. */
const gatewayBytes = 100_000;
/** More than an answer may have, in bytes. */
const tooManyBytes = 5_200_000;

const bare = (status: number, headers: Record<string, string>): Fault => ({
  kind: 'answer',
  commits: true,
  answer: { status, headers: { 'tus-resumable': '1.0.0', ...headers }, body: '' },
});
const busy = (draw: Draw, retryAfter: string): Fault =>
  problemAnswer(pick([423, 429, 503], draw), 'fault', { 'retry-after': retryAfter });
const foreignNumber = ({ known, draw }: Scene, own: unknown): string | null => {
  const others = known().filter(({ number }) => number !== own);
  return others.length === 0 ? null : pick(others, draw).number;
};

const dates = [
  'Tue Nov 24 18:00:00 2026',
  'Thu, 01 Jan 1970 00:00:00 GMT',
  'Fri, 31 Dec 2099 23:59:59 GMT',
  '2026',
  'yesterday',
  '',
];

/** What a network does that sends again by itself. */
export const carriedOutTwice: Oddity = always(
  'carried out twice',
  (request) => request.method !== 'PATCH',
  () => ({ kind: 'duplicate' }),
);

const anywhere: readonly Oddity[] = [
  always('reset after it was done', any, () => ({ kind: 'reset', commits: true })),
  always('reset before it was done', any, () => ({ kind: 'reset', commits: false })),
  always('silence after it was done', any, () => ({ kind: 'silence', commits: true })),
  always('silence before it was done', any, () => ({ kind: 'silence', commits: false })),
  always('one byte at a time', any, () => ({ kind: 'drip', commits: true, everyMs: 50 })),
  always('half an answer', any, () => ({ kind: 'half-answer' })),
  carriedOutTwice,
  always('page of a network, 200', any, () => pageAnswer(200, true)),
  always('page of a proxy, 502', any, () => pageAnswer(502)),
  always('500 after it was done', any, () => problemAnswer(500, 'fault', {}, true)),
  always('500 before it was done', any, () => problemAnswer(500, 'fault')),
  always('Retry-After 0', any, (draw) => busy(draw, '0')),
  always('Retry-After gone by', any, (draw) => busy(draw, 'Tue, 01 Jan 2019 00:00:00 GMT')),
  always('Retry-After huge', any, (draw) =>
    busy(draw, pick(['86400', '99999999999999999999', 'Fri, 31 Dec 2099 23:59:59 GMT'], draw)),
  ),
  always('401', any, () => problemAnswer(401, 'unauthorized')),
  always('JSON of another shape', any, () => jsonAnswer('{"__proto__":{}}', true)),
  bent('wrong Date', any, (answer, { draw }) => withHeader(answer, 'date', pick(dates, draw))),
  bent('over 5 MB, 200', is('GET', '/'), (answer) =>
    answer.status === 200
      ? { ...answer, body: Buffer.concat([answer.body, Buffer.alloc(tooManyBytes, ' ')]) }
      : null,
  ),
];

const location = (name: string, places: readonly string[]): Oddity =>
  always(`Location ${name}`, announcing, (draw) => bare(201, { location: pick(places, draw) }));

const keptStatuses = [400, 403, 404, 409, 410, 412, 423, 460] as const;

const uploads: readonly Oddity[] = [
  location('of another host', [
    'http://internal:1080/api/v1/uploads/1',
    'http://192.0.2.1/api/v1/uploads/1',
    '//internal/api/v1/uploads/1',
  ]),
  location('of another scheme', ['javascript:x', 'https://127.0.0.1/api/v1/uploads/1', 'file:///etc/passwd']),
  location('of another shape', ['http://[', `${apiBase}/tickets`, `${apiBase}/uploads/`, '..']),
  location('empty', ['', ' ']),
  always('no Location', announcing, () => bare(201, {})),
  bent('offset beyond the file', asking, (answer, { draw }) =>
    withHeader(answer, 'upload-offset', pick(['99999999999999', '1048577'], draw)),
  ),
  bent('offset negative', asking, (answer) => withHeader(answer, 'upload-offset', '-1')),
  bent('offset no number', asking, (answer, { draw }) =>
    withHeader(answer, 'upload-offset', pick(['1e9', '0x40', 'x', ''], draw)),
  ),
  bent('no offset', asking, (answer) => withHeader(answer, 'upload-offset', null)),
  ...keptStatuses.map((status) =>
    always(`kept address answered ${status}`, asking, () => problemAnswer(status, 'invalid')),
  ),
  bent('offset that does not grow', sending, (answer, _scene, { headers }) =>
    withHeader(answer, 'upload-offset', String(headers['upload-offset'] ?? '0')),
  ),
  bent('offset one byte on', sending, (answer, _scene, { headers }) =>
    withHeader(answer, 'upload-offset', String(Number(headers['upload-offset'] ?? '0') + 1)),
  ),
  bent('offset further than sent', sending, (answer, { draw }) =>
    withHeader(answer, 'upload-offset', pick(['1e9', '0x40', '-5', '99999999'], draw)),
  ),
  always('cut in a piece', sending, (draw, { bytes }) => ({
    kind: 'cut-upload',
    afterBytes: Math.floor(draw() * bytes),
  })),
  always(
    '413 on a piece',
    (request) => sending(request) && request.bytes > gatewayBytes,
    () => pageAnswer(413),
  ),
  always('409 on a piece', sending, () => problemAnswer(409, 'invalid')),
];

/** For how long a file is hidden that is booked late, in milliseconds. */
export const lateMs = 1_500;

/** What a portal says of a file that it has not booked yet. */
export const notBookedYet: Forwarded = {
  status: 404,
  headers: { 'content-type': 'application/problem+json' },
  body: Buffer.from(
    JSON.stringify({ type: 'about:blank', title: 'not-found', status: 404, code: 'not-found' }),
  ),
};

const answers: readonly Oddity[] = [
  bentBody('receipt with the number of another ticket', creating, (fields, scene) => {
    const number = foreignNumber(scene, fields['number']);
    return number === null ? null : { number };
  }),
  bentBody('receipt with a message id used before', writing, ({ id }, scene) => {
    const before = scene.usedMessageId(typeof id === 'string' ? id : null);
    return before === null ? null : { id: before };
  }),
  always('look-up answered by a page, 404', lookingUp, () => pageAnswer(404)),
  bentBody('look-up names another reference', lookingUp, () => ({ clientReference: randomUUID() })),
  bentBody('number changes between look-ups', ofTickets, (fields, scene) => {
    const number = foreignNumber(scene, fields['number']);
    return number === null ? null : { number };
  }),
  bentBody(
    'look-up names another ticket',
    (request) => ofMessages(request) || ofFiles(request),
    (fields, scene) => {
      const number = foreignNumber(scene, fields['number']);
      return number === null ? null : { number };
    },
  ),
  bentBody('look-up names another size', ofFiles, ({ sizeBytes }) => ({ sizeBytes: Number(sizeBytes) + 1 })),
  bentBody('look-up names another hash', ofFiles, () => ({ sha256: '0'.repeat(64) })),
  bent('file booked late', ofFiles, (answer, { bookLate }, { path }) =>
    answer.status === 200 && bookLate(path.split('/').at(-1) ?? '', lateMs) ? notBookedYet : null,
  ),
];

/** Everything a hostile portal of the schedules does, each by its name. */
export const oddities: readonly Oddity[] = [...anywhere, ...uploads, ...answers, ...newsOddities];

/** True for what any request can meet. */
export function isGeneral(oddity: Oddity): boolean {
  return anywhere.includes(oddity);
}

/** Those that can happen to one request. */
export function odditiesFor(request: FaultyRequest): readonly Oddity[] {
  return oddities.filter(({ fits }) => fits(request));
}
