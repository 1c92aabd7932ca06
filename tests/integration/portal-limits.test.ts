import { expect, test } from 'vitest';
import type { Evidence } from '../../shared/domain/evidence.ts';
import type { TicketId } from '../../shared/domain/ids.ts';
import { noFault, pageAnswer, problemAnswer } from '../portal/fault.ts';
import type { FaultyPortal } from '../portal/faulty-portal.ts';
import { portal, shop } from './restored-stand.ts';
import {
  freshFolder,
  frozenFile,
  type OpenedServices,
  readyDraft,
  sentWith,
  until,
} from './workshop-fixture.ts';

async function started(server: FaultyPortal, place = freshFolder()): Promise<OpenedServices> {
  const opened = await shop(server, place);
  await opened.services.start();
  return opened;
}

const frozen = (one: OpenedServices, name: string, sizeBytes: number): Promise<Evidence> =>
  frozenFile(one, name, `${name} `.repeat(sizeBytes).slice(0, sizeBytes));

const refused = async (one: OpenedServices, id: TicketId) =>
  until(() => one.services.context.outbox.ofTicket(id).find(({ state }) => state === 'rejected'));
const limits = async (one: OpenedServices) => (await one.call('portalStatus', {})).limits;

test.each([
  ['in its own words', () => problemAnswer(413, 'too-large')],
  ['bare', () => pageAnswer(413)],
])('413 to the announcement of a file, %s, teaches the limit of a file, kept over a restart and forgotten when asked', async (_how, answer) => {
  const server = await portal();
  const place = freshFolder();
  const one = await started(server, place);
  server.setFault(({ method, path }) =>
    method === 'POST' && path.endsWith('/uploads') ? answer() : noFault,
  );
  const file = await frozen(one, 'ktag.log', 5_000);
  const id = await sentWith(one, [file]);
  expect((await refused(one, id)).lastError).toMatchObject({
    code: 'portal.tooLarge',
    params: { refusedBytes: 5_000 },
  });
  expect(await limits(one)).toMatchObject({
    fileBytes: 4_999,
    fileFrom: 'learnt',
    learnt: [{ kind: 'file', bytes: 4_999 }],
  });
  // The same file is stopped before it is sent a second time; a smaller one is not.
  const again = await readyDraft(one, 'Ancora', [file.id]);
  expect((await one.call('review', { id: again.id })).fileProblem).toMatchObject({
    code: 'evidence.tooLarge',
    params: { limitBytes: 4_999 },
  });
  await expect(one.call('sendDraft', again)).rejects.toThrow('evidence.tooLarge');
  await one.services.stop();
  const next = await started(server, place);
  expect(await limits(next)).toMatchObject({ fileBytes: 4_999, fileFrom: 'learnt' });
  expect((await next.call('forgetLimits', {})).limits).toMatchObject({ learnt: [] });
  expect((await next.call('review', { id: again.id })).fileProblem).toBeNull();
});

test('413 to a file beside others that are there teaches what goes together, and not the limit of a file', async () => {
  const server = await portal();
  const one = await started(server);
  let announced = 0;
  server.setFault(({ method, path }) => {
    if (method !== 'POST' || !path.endsWith('/uploads')) return noFault;
    announced += 1;
    return announced > 1 ? problemAnswer(413, 'too-large') : noFault;
  });
  const id = await sentWith(one, [await frozen(one, 'a.log', 3_000), await frozen(one, 'b.log', 2_000)]);
  await refused(one, id);
  expect(await limits(one)).toMatchObject({
    fileFrom: expect.not.stringMatching('learnt'),
    ticketBytes: 4_999,
    ticketFrom: 'learnt',
  });
});

test('413 of something on the way to each piece of a file teaches no limit', async () => {
  const server = await portal();
  const one = await started(server);
  server.setFault(({ method }) => (method === 'PATCH' ? pageAnswer(413) : noFault));
  const id = await sentWith(one, [await frozen(one, 'ktag.log', 5_000)]);
  expect((await refused(one, id)).lastError?.code).toBe('portal.tooLarge');
  expect((await limits(one)).learnt).toEqual([]);
});

test('bare 413 to a request is final, says that its text is too long, and stops the same text before it is sent again', async () => {
  const server = await portal();
  const one = await started(server);
  server.setFault(({ method, path }) =>
    method === 'POST' && path.endsWith('/tickets') ? pageAnswer(413) : noFault,
  );
  const id = await sentWith(one, []);
  expect((await refused(one, id)).lastError?.code).toBe('portal.textTooLarge');
  const { textBytes } = await limits(one);
  expect(textBytes).toBeGreaterThan(20);
  const longer = await readyDraft(
    one,
    'La lettura si ferma, e anche questo è il testo di una richiesta più lunga',
  );
  expect((await one.call('review', { id: longer.id })).textProblem).toMatchObject({
    code: 'portal.textTooLarge',
  });
  await expect(one.call('sendDraft', longer)).rejects.toThrow('portal.textTooLarge');
  server.setFault(() => noFault);
  await one.call('forgetLimits', {});
  await one.call('sendDraft', longer);
  await until(() => one.services.context.tickets.find(longer.id)?.number);
});

test('learnt limit of one portal says nothing of another', async () => {
  const one = await started(await portal());
  const { limits: kept } = one.services.context;
  const at = '2026-11-24T18:00:00.000Z';
  kept.learn('contract https://a.example', { kind: 'file', bytes: 7, at });
  kept.learn('contract https://a.example', { kind: 'file', bytes: 9, at });
  expect(kept.of('contract https://a.example')).toEqual([{ kind: 'file', bytes: 7, at }]);
  expect((await limits(one)).learnt).toEqual([]);
  kept.forget('practice');
  expect(kept.of('contract https://a.example')).toHaveLength(1);
});

test.each([
  ['less than nothing', 'update learnt_limits set bytes = -5'],
  ['at a time that is none', "update learnt_limits set bytes = 1, at = 'ieri'"],
])('limit that a hand made %s is none, and the next refusal teaches it anew', async (_how, sql) => {
  const server = await portal();
  const one = await started(server);
  const { limits: kept } = one.services.context;
  const key = one.services.link.key();
  const at = '2026-11-24T18:00:00.000Z';
  kept.learn(key, { kind: 'file', bytes: 5_000, at });
  one.services.store.db.exec(sql);
  expect((await limits(one)).learnt).toEqual([]);
  kept.learn(key, { kind: 'file', bytes: 4_000, at });
  kept.learn(key, { kind: 'file', bytes: 6_000, at });
  expect((await limits(one)).learnt).toMatchObject([{ kind: 'file', bytes: 4_000 }]);
});
