import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { contractPortal } from '../../electron/portal/contract/contract-portal.ts';
import { ownAddress } from '../../electron/portal/contract/upload-protocol.ts';
import type { NewUpload } from '../../electron/portal/port.ts';
import { apiBase } from '../../shared/portal/wire.ts';
import { done, newUpload, temporaryFolder } from '../portal/portal-fixtures.ts';

const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

const chunkBytes = 256 * 1024;
const sizeBytes = 3 * chunkBytes + 7;

type Stand = {
  readonly upload: NewUpload;
  readonly asked: { posts: number; patches: number };
  readonly portal: ReturnType<typeof contractPortal>;
};

/** A tus server of the plainest kind: `location` is what it says of an upload, `takes` how much of a piece it takes, in bytes. */
async function tusPortal(location: string, takes: (bytes: number) => number): Promise<Stand> {
  const upload = newUpload(temporaryFolder(), 'H-1', sizeBytes);
  const asked = { posts: 0, patches: 0 };
  const got: Buffer[] = [];
  const has = (): number => got.reduce((sum, { length }) => sum + length, 0);
  const receipt = (): object => {
    const { number, clientReference, name, sha256 } = upload;
    return {
      number,
      clientReference,
      name,
      sha256,
      sizeBytes: has(),
      receivedAt: '2026-11-24T18:00:00.000Z',
    };
  };
  const answers: Record<
    string,
    (body: Buffer, offset: number) => readonly [number, Record<string, string>, object | null]
  > = {
    POST: () => {
      asked.posts += 1;
      got.length = 0;
      return [201, { location }, null];
    },
    HEAD: () => [200, { 'upload-offset': String(has()), 'upload-length': String(sizeBytes) }, null],
    PATCH: (body, offset) => {
      asked.patches += 1;
      if (offset !== has()) return [409, {}, null];
      got.push(body.subarray(0, takes(body.length)));
      return [204, { 'upload-offset': String(has()) }, null];
    },
  };
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const [path, method] = [request.url ?? '', request.method ?? ''];
      const json = (status: number, body: object): void =>
        void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
      if (path.endsWith('/session'))
        return json(200, { token: 'x'.repeat(32), expiresAt: '2099-01-01T00:00:00.000Z' });
      if (path.includes('/references/'))
        return has() === sizeBytes
          ? json(200, receipt())
          : json(404, { type: 'about:blank', title: '', status: 404, code: 'not-found' });
      const isUpload =
        path.startsWith(`${apiBase}/uploads`) &&
        (method === 'POST' || path.startsWith(`${apiBase}/uploads/7`));
      const [status, headers] = (isUpload ? answers[method] : undefined)?.(
        Buffer.concat(parts),
        Number(request.headers['upload-offset'] ?? 0),
      ) ?? [404, {}];
      response.writeHead(status, { 'tus-resumable': '1.0.0', ...headers }).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stops.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const address = `http://127.0.0.1:${port}`;
  const portal = contractPortal({
    address,
    credentials: async () => ({ user: 'u', password: 'p' }),
    limits: { chunkBytes },
  });
  return { upload, asked, portal };
}

test.each([
  'uploads/7',
  './uploads/7?part=1',
  `${apiBase}/uploads/7?token=a%20b`,
  `${apiBase}/uploads/7#here`,
])('upload follows the Location %s as seen from where it was announced (RFC 9110)', async (location) => {
  const { upload, asked, portal } = await tusPortal(location, (bytes) => bytes);
  done(await portal.uploadAttachment(upload));
  expect(asked).toEqual({ posts: 1, patches: 4 });
});

test('a relative address leads nowhere but to an upload of this portal', () => {
  const origin = 'https://portal.example';
  for (const address of [
    '7',
    '../uploads/7/../../x',
    'uploads/',
    '../../uploads/7',
    'uploads/%2e%2e/tickets',
    '?7',
    '#sent',
    '.',
    '//uploads/7',
  ])
    expect(ownAddress(origin, address), address).toBeNull();
});

test.each<[string, (bytes: number) => number, number]>([
  ['nine tenths', (bytes) => Math.ceil(bytes * 0.9), 40],
  ['half', (bytes) => Math.ceil(bytes / 2), 40],
  ['100 kB', (bytes) => Math.min(bytes, 100_000), 10],
  ['64 KiB', (bytes) => Math.min(bytes, 64 * 1024), 14],
])('upload comes to its end with a portal that takes %s of each piece, within as many requests as that needs', async (_what, takes, most) => {
  const { upload, asked, portal } = await tusPortal('uploads/7', takes);
  done(await portal.uploadAttachment(upload));
  expect(asked.posts).toBe(1);
  expect(asked.patches).toBeGreaterThan(4);
  expect(asked.patches).toBeLessThanOrEqual(most);
});
