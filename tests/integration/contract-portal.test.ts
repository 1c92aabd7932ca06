import { randomUUID } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import { contractPortal } from '../../electron/portal/contract/contract-portal.ts';
import type { Portal } from '../../electron/portal/port.ts';
import {
  type RunningPracticePortal,
  startPracticePortal,
} from '../../electron/portal/practice/start-practice-portal.ts';
import { AppFault } from '../../shared/domain/app-error.ts';
import { noFault } from '../portal/fault.ts';
import {
  done,
  newMessage,
  newTicket,
  newUpload,
  portalPair,
  stopAll,
  temporaryFolder,
} from '../portal/portal-fixtures.ts';

const running: RunningPracticePortal[] = [];
afterEach(async () => {
  for (const portal of running.splice(0)) await portal.stop();
  await stopAll();
});

async function started(
  options: { readonly operatorDelayMs?: number; readonly processingMs?: number } = {},
): Promise<{ readonly server: RunningPracticePortal; readonly portal: Portal }> {
  const server = await startPracticePortal({
    dataFolder: temporaryFolder(),
    port: 0,
    operatorDelayMs: options.operatorDelayMs ?? null,
    processingMs: options.processingMs ?? 0,
  });
  running.push(server);
  return {
    server,
    portal: contractPortal({
      address: server.url,
      credentials: async () => ({ user: 'practice', password: server.token }),
    }),
  };
}

test('contract portal gives one number when the same ticket is sent three times', async () => {
  const { portal } = await started();
  const ticket = newTicket();
  const first = await portal.createTicket(ticket);
  expect(first).toMatchObject({ kind: 'done', value: { number: 'P-000001' } });
  expect(first.kind === 'done' && first.serverDate).toMatch(/^\d{4}-/u);
  expect(done(await portal.createTicket(ticket))).toEqual(done(first));
  expect(done(await portal.findTicketByReference(ticket.clientReference))).toEqual({
    number: 'P-000001',
    clientReference: ticket.clientReference,
    receivedAt: done(first).receivedAt,
  });
  expect(done(await portal.changesSince(null)).tickets).toHaveLength(1);
});

test('contract portal says that nothing is there when the portal itself does not know the reference', async () => {
  const { portal } = await started();
  const number = done(await portal.createTicket(newTicket())).number;
  expect(done(await portal.findTicketByReference(randomUUID()))).toBeNull();
  expect(done(await portal.findMessageByReference(number, randomUUID()))).toBeNull();
  expect(done(await portal.findAttachmentByReference(randomUUID()))).toBeNull();
});

test('contract portal is refused or sent to a look-up when a key comes back with other words (IETF draft)', async () => {
  const { portal } = await started();
  const ticket = newTicket();
  done(await portal.createTicket(ticket));
  expect(await portal.createTicket({ ...ticket, subject: 'another' })).toMatchObject({
    kind: 'refused',
    retry: 'never',
    error: { code: 'portal.conflict', params: { status: 422, reason: 'key-reused' } },
  });
  expect(await portal.createTicket({ ...ticket, idempotencyKey: randomUUID() })).toMatchObject({
    kind: 'unknown',
    error: { code: 'portal.conflict' },
  });
  expect(await portal.createTicket({ ...newTicket(), idempotencyKey: 'no-key' })).toMatchObject({
    kind: 'refused',
    retry: 'never',
    error: { code: 'portal.rejected', params: { status: 400, reason: 'key-missing' } },
  });
});

test('contract portal is in doubt when the first request with the key is still running', async () => {
  const { portal } = await started({ processingMs: 400 });
  const ticket = newTicket();
  done(await portal.notices());
  const [first, second] = await Promise.all([portal.createTicket(ticket), portal.createTicket(ticket)]);
  expect([first.kind, second.kind].sort()).toEqual(['done', 'unknown']);
  expect([first, second].find((outcome) => outcome.kind === 'unknown')).toMatchObject({
    error: { code: 'portal.conflict', params: { status: 409, reason: 'key-in-progress' } },
  });
  expect(done(await portal.findTicketByReference(ticket.clientReference))?.number).toBe('P-000001');
});

test('contract portal waits for the answer when it takes longer than an idle connection is kept', async () => {
  const { portal } = await started({ processingMs: 2_600 });
  expect((await portal.createTicket(newTicket())).kind).toBe('done');
});

test('contract portal names the field and never its content when the portal finds it invalid', async () => {
  const { portal } = await started();
  const outcome = await portal.createTicket(newTicket({ subject: 'x'.repeat(161) }));
  expect(outcome).toMatchObject({
    kind: 'refused',
    retry: 'never',
    error: { code: 'portal.rejected', params: { status: 400, field: 'subject' } },
  });
});

test('contract portal carries a conversation to its end when an operator answers', async () => {
  const { portal } = await started({ operatorDelayMs: 5 });
  const number = done(await portal.createTicket(newTicket())).number;
  const first = newMessage(number);
  const receipt = done(await portal.sendMessage(first));
  expect(done(await portal.findMessageByReference(number, first.clientReference))).toMatchObject(receipt);
  done(await portal.sendMessage(newMessage(number)));
  await expect
    .poll(async () => done(await portal.changesSince(null)).tickets[0]?.state, { timeout: 10_000 })
    .toBe('closed');
  const changes = done(await portal.changesSince(null));
  expect(
    changes.messages.filter((message) => message.author.kind === 'operator').length,
  ).toBeGreaterThanOrEqual(3);
  expect(done(await portal.changesSince(changes.cursor))).toMatchObject({
    tickets: [],
    messages: [],
    hasMore: false,
  });
  expect(await portal.sendMessage(newMessage(number))).toMatchObject({
    kind: 'refused',
    retry: 'never',
    error: { params: { reason: 'ticket-closed' } },
  });
});

test('contract portal closes once when it is asked twice', async () => {
  const { portal } = await started();
  const number = done(await portal.createTicket(newTicket())).number;
  const closed = done(await portal.closeTicket(number));
  expect(done(await portal.closeTicket(number))).toEqual(closed);
  expect(await portal.closeTicket('P-999999')).toMatchObject({
    kind: 'refused',
    retry: 'never',
    error: { code: 'portal.notFound' },
  });
});

test('contract portal tells terms, limits, products and the required TeamViewer version when asked', async () => {
  const { portal } = await started();
  expect(done(await portal.terms()).version).toBe('it-1');
  expect(done(await portal.products())).toEqual(
    expect.arrayContaining([
      { id: 'ktag-master', name: 'K-TAG Master', latestVersion: '2.25' },
      { id: 'other', name: 'Altro', latestVersion: null },
    ]),
  );
  expect(done(await portal.requirements())).toMatchObject({
    chunkBytes: 4 * 1024 * 1024,
    languages: ['it', 'en'],
    teamViewerVersion: '15.51.5',
  });
});

test('contract portal brings a file in chunks and finds it again when it is asked for', async () => {
  const { portal } = await started();
  const folder = temporaryFolder();
  const number = done(await portal.createTicket(newTicket())).number;
  const upload = newUpload(folder, number, 9 * 1024 * 1024);
  const receipt = done(await portal.uploadAttachment(upload));
  expect(receipt).toMatchObject({
    clientReference: upload.clientReference,
    sizeBytes: upload.sizeBytes,
    sha256: upload.sha256,
    name: 'lettura n° 1.log',
  });
  expect(done(await portal.uploadAttachment(upload))).toEqual(receipt);
  expect(done(await portal.changesSince(null)).messages[0]?.attachments).toHaveLength(1);
});

test('contract portal signs in once more when the portal was started anew', async () => {
  const folder = temporaryFolder();
  const first = await startPracticePortal({
    dataFolder: folder,
    port: 0,
    operatorDelayMs: null,
    token: 'practice-token-for-two-lives',
  });
  const port = Number(new URL(first.url).port);
  const portal = contractPortal({
    address: first.url,
    credentials: async () => ({ user: 'practice', password: first.token }),
  });
  done(await portal.createTicket(newTicket()));
  await first.stop();
  expect(await portal.createTicket(newTicket())).toMatchObject({ error: { code: 'portal.unreachable' } });
  running.push(
    await startPracticePortal({
      dataFolder: folder,
      port,
      operatorDelayMs: null,
      token: 'practice-token-for-two-lives',
    }),
  );
  expect(done(await portal.createTicket(newTicket())).number).toBe('P-000002');
});

test('contract portal offers a refused password once in a quarter of an hour, and at once when it changes', async () => {
  const { server } = await portalPair();
  let offered = 0;
  server.setFault(({ path }) => {
    if (path.endsWith('/session')) offered += 1;
    return noFault;
  });
  let password = 'wrong';
  let nowMs = Date.parse('2026-11-24T08:00:00.000Z');
  const portal = contractPortal({
    address: server.url,
    credentials: async () => ({ user: 'practice', password }),
    nowMs: () => nowMs,
  });
  for (let turn = 0; turn < 3; turn += 1)
    expect(await portal.createTicket(newTicket())).toMatchObject({
      kind: 'refused',
      retry: 'later',
      error: { code: 'portal.unauthorized' },
    });
  expect(offered).toBe(1);
  nowMs += 16 * 60_000;
  await portal.notices();
  expect(offered).toBe(2);
  password = server.token;
  expect((await portal.createTicket(newTicket())).kind).toBe('done');
  expect(offered).toBe(3);
});

test('R-HOURS-2: contract portal keeps whole announcements, packs and products when another is not as the contract says', async () => {
  const { server, portal } = await portalPair();
  const says = (path: string, body: unknown): void =>
    server.setFault((request) =>
      request.path.endsWith(path)
        ? {
            kind: 'answer',
            commits: false,
            answer: {
              status: 200,
              headers: { 'content-type': 'application/json' },
              body: JSON.stringify(body),
            },
          }
        : noFault,
    );
  const closure = {
    id: 'c1',
    kind: 'closure',
    title: { it: 'Chiusura', en: 'Closure' },
    startsAt: '2026-12-24T00:00:00.000Z',
    endsAt: '2026-12-27T00:00:00.000Z',
    origin: 'portal',
  };
  says('/notices', { notices: [{ ...closure, id: 'c0', startsAt: 'soon' }, 7, closure] });
  const never = { ...closure, id: 'c2', startsAt: '2026-02-31T00:00:00.000Z' };
  expect(done(await portal.notices())).toEqual([closure]);
  says('/notices', { notices: [never, closure] });
  const odd: string[] = [];
  expect(done(await portal.notices((entries) => odd.push(...entries)))).toEqual([closure]);
  expect(odd.map((entry) => JSON.parse(entry))).toEqual([never]);
  const pack = { name: 'calendar', version: 2, body: '{}', signature: 'not base64' };
  says('/packs', { packs: [{ ...pack, version: 'two' }, pack] });
  expect(done(await portal.packs())).toEqual([pack]);
  says('/products', { products: [{ id: 'ktag' }, { id: 'kessv2', name: 'KESSv2', latestVersion: '2.80' }] });
  expect(done(await portal.products())).toMatchObject([{ id: 'kessv2', latestVersion: '2.80' }]);
});

/** Time, name of digits, size as text: everything beside whose it is may be odd. */
const oddTimes = [undefined, null, 'today', 1_795_000_000, '2026-11-24T09:00:00+01:00'];

test.each(
  oddTimes,
)('contract portal takes a receipt of a known ticket for what it is when its time is %j', async (time) => {
  const { server, portal, folder } = await portalPair();
  const { number } = done(await portal.createTicket(newTicket()));
  let bent = 0;
  server.setFault(({ path }) => ({
    kind: 'rewrite',
    rewrite: (answer) => {
      if (path.endsWith('/session') || path.endsWith('/requirements') || answer.status > 299) return answer;
      if (!String(answer.headers['content-type']).startsWith('application/json')) return answer;
      const {
        receivedAt: _received,
        closedAt: _closed,
        ...fields
      } = JSON.parse(answer.body.toString('utf8')) as Record<string, unknown>;
      bent += 1;
      const odd = {
        ...fields,
        ...(fields['id'] === undefined ? {} : { id: 77 }),
        ...(fields['sizeBytes'] === undefined ? {} : { sizeBytes: String(fields['sizeBytes']), name: null }),
        ...(time === undefined ? {} : { receivedAt: time, closedAt: time }),
      };
      return {
        ...answer,
        headers: { 'content-type': 'application/json' },
        body: Buffer.from(JSON.stringify(odd)),
      };
    },
  }));
  const isTime = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/u);
  const message = newMessage(number);
  const sent = { id: '77', number, clientReference: message.clientReference, receivedAt: isTime };
  const told = done(await portal.sendMessage(message));
  expect(told).toEqual(sent);
  if (typeof time === 'string' && time.includes('+'))
    expect(told.receivedAt).toBe('2026-11-24T08:00:00.000Z');
  expect(done(await portal.findMessageByReference(number, message.clientReference))).toEqual(sent);
  const upload = newUpload(folder, number, 1_000);
  expect(done(await portal.uploadAttachment(upload))).toMatchObject({
    number,
    sizeBytes: 1_000,
    sha256: upload.sha256,
    receivedAt: isTime,
  });
  expect(done(await portal.closeTicket(number))).toEqual({ number, closedAt: isTime });
  expect(bent).toBeGreaterThanOrEqual(4);
});

test('contract portal reads the first announcements, packs and products when there are more of them than anybody has', async () => {
  const { server, portal } = await portalPair();
  const says = (body: object): void =>
    server.setFault(({ path }) =>
      path.endsWith('/session')
        ? noFault
        : {
            kind: 'answer',
            commits: false,
            answer: {
              status: 200,
              headers: { 'content-type': 'application/json' },
              body: JSON.stringify(body),
            },
          },
    );
  const closure = {
    kind: 'closure',
    title: { it: 'x', en: 'x' },
    startsAt: '2026-12-24T00:00:00.000Z',
    endsAt: null,
    origin: 'portal',
  };
  says({ notices: Array.from({ length: 10_001 }, (_, index) => ({ ...closure, id: `c${index}` })) });
  expect(done(await portal.notices())).toHaveLength(10_000);
  says({
    packs: Array.from({ length: 21 }, (_, version) => ({
      name: 'calendar',
      version: version + 1,
      body: '{}',
      signature: 'x',
    })),
  });
  expect(done(await portal.packs())).toHaveLength(20);
  says({
    products: Array.from({ length: 501 }, (_, index) => ({ id: `p${index}`, name: 'P', latestVersion: '1' })),
  });
  expect(done(await portal.products())).toHaveLength(500);
});

test('contract portal asks nobody when no credentials are there', async () => {
  const { server } = await started();
  const portal = contractPortal({ address: server.url, credentials: async () => null });
  expect(await portal.notices()).toMatchObject({
    kind: 'refused',
    retry: 'later',
    error: { code: 'portal.unauthorized' },
  });
});

test('DAMAGE-4: contract portal keeps what is to be sent for later when the keychain does not answer', async () => {
  const { server } = await started();
  const portal = contractPortal({
    address: server.url,
    credentials: async () => {
      throw new AppFault('keychain.unavailable');
    },
  });
  expect(await portal.createTicket(newTicket())).toMatchObject({
    kind: 'refused',
    retry: 'later',
    error: { code: 'keychain.unavailable' },
  });
});
