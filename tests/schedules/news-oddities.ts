import { randomUUID } from 'node:crypto';
import { apiBase } from '../../shared/portal/wire.ts';
import { always, bentBody, type Fields, listOf, type Oddity, pick, type Scene } from './oddity.ts';
import { jsonAnswer } from '../portal/fault.ts';

const reading: Oddity['fits'] = ({ method, path }) =>
  method === 'GET' && path.startsWith(`${apiBase}/changes`);

const at = '2026-11-24T18:00:00Z';

const message = (fields: Fields): Fields => ({
  id: randomUUID(),
  number: 'P-000001',
  clientReference: null,
  author: { kind: 'operator', name: 'Anna' },
  text: 'x',
  attachments: [],
  at,
  ...fields,
});
const ticket = (fields: Fields): Fields => ({
  number: 'W-000001',
  clientReference: null,
  state: 'open',
  language: 'it',
  subject: 'x',
  body: 'x',
  productId: '',
  serial: '',
  operator: null,
  receivedAt: at,
  updatedAt: at,
  ...fields,
});

/** One entry more on a page, beside those that are good; null where there is none to be made. */
function oneMore(
  list: 'tickets' | 'messages',
  name: string,
  entry: (page: Fields, scene: Scene) => Fields | null,
): Oddity {
  return bentBody(name, reading, (page, scene) => {
    const more = entry(page, scene);
    return more === null ? null : { [list]: [...listOf(page, list), more] };
  });
}

/** Two tickets whose numbers are known to the workshop, or null. */
function two({
  known,
  draw,
}: Scene): readonly [{ reference: string; number: string }, { reference: string; number: string }] | null {
  const all = known();
  if (all.length < 2) return null;
  const first = pick(all, draw);
  return [
    first,
    pick(
      all.filter((other) => other !== first),
      draw,
    ),
  ];
}

function forEver(name: string, cursors: 'same' | 'circle' | 'new', pages: number): Oddity {
  return bentBody(name, reading, (_page, { tellForEver }) => (tellForEver(cursors, pages) ? {} : null));
}

/** What was wrong with lists of news: one entry, or the page that holds them. */
export const newsOddities: readonly Oddity[] = [
  oneMore('messages', 'entry with an event nobody knows', () =>
    message({ author: { kind: 'system', event: 'teleported', detail: '' } }),
  ),
  oneMore('messages', 'entry that cannot be read', () => ({ id: '', number: 12, author: null })),
  oneMore('messages', 'entry of 60 001 characters', () => message({ text: 'x'.repeat(60_001) })),
  oneMore('messages', 'entry with a time of another zone', () =>
    message({ at: '2026-11-24T18:00:00+01:00' }),
  ),
  oneMore('messages', 'entry with a file of the web form', () =>
    message({ attachments: [{ number: 'P-000001', name: 'a.log', sizeBytes: 1, receivedAt: at }] }),
  ),
  oneMore('messages', 'message id used twice', (page, { draw }) => {
    const all = listOf(page, 'messages');
    return all.length === 0
      ? null
      : { ...pick(all, draw), clientReference: null, text: 'Other words under the same id' };
  }),
  oneMore('messages', 'message with the reference of another ticket', (page, scene) => {
    const ours = listOf(page, 'messages').filter(
      ({ clientReference }) => typeof clientReference === 'string',
    );
    const [first] = two(scene) ?? [];
    const own = ours.find(({ number }) => number !== first?.number);
    return first === undefined || own === undefined
      ? null
      : { ...own, id: randomUUID(), number: first.number };
  }),
  oneMore('tickets', 'entry with a state nobody knows', (_page, { known, draw }) => {
    const all = known();
    return all.length === 0 ? null : ticket({ number: pick(all, draw).number, state: 'melted' });
  }),
  oneMore('tickets', 'entry with a subject of 161', () => ticket({ subject: 'x'.repeat(161) })),
  oneMore('tickets', 'entry in another language', () => ticket({ number: 'W-000002', language: 'de' })),
  oneMore('tickets', 'entry without a number', (_page, { draw }) =>
    ticket({ number: pick(['', 7, null], draw) }),
  ),
  oneMore('tickets', 'entry with the reference of somebody else', (_page, scene) => {
    const [first] = two(scene) ?? [];
    return first === undefined ? null : ticket({ number: first.number, clientReference: randomUUID() });
  }),
  oneMore('tickets', 'entry with the number of somebody else', (_page, scene) => {
    const [first, second] = two(scene) ?? [];
    return first === undefined || second === undefined
      ? null
      : ticket({ number: second.number, clientReference: first.reference });
  }),
  oneMore('tickets', 'entry with another number than before', (_page, scene) => {
    const [first] = two(scene) ?? [];
    return first === undefined ? null : ticket({ number: 'P-900001', clientReference: first.reference });
  }),
  bentBody('news over 5 MB', reading, (page) => ({
    messages: [
      ...listOf(page, 'messages'),
      ...Array.from({ length: 100 }, () => message({ text: 'x'.repeat(55_000) })),
    ],
  })),
  forEver('more for ever, the same cursor', 'same', 12),
  forEver('more for ever, cursors in a circle', 'circle', 12),
  // More than a look asks for at most.
  forEver('more for ever, ever new', 'new', 110),
  always('list in place of a page', reading, () => jsonAnswer('[]')),
];
