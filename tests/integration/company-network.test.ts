import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { httpProxy, proxyAddress, wayOut } from '../../electron/portal/contract/http-proxy.ts';
import { type CompanyNetwork, startCompanyNetwork } from '../portal/company-network.ts';
import { type PortalPair, portalPair, stopAll, temporaryFolder } from '../portal/portal-fixtures.ts';

const child = join(import.meta.dirname, '../fixtures/company-child.ts');
const login = { user: 'officina', password: 'p@ss:word/è' };
let pair: PortalPair;
let network: CompanyNetwork;
beforeAll(async () => {
  pair = await portalPair();
  network = await startCompanyNetwork(temporaryFolder(), pair.server.url, login);
});
afterAll(async () => {
  await network.stop();
  await stopAll();
});

type Way = {
  readonly proxy?: string;
  readonly user?: string;
  readonly password?: string;
  readonly trusts?: boolean;
};

/** Asks in a process of its own, whose system trusts the company's authority when `trusts`. */
async function ask({
  proxy = network.proxyAddress,
  user = login.user,
  password = login.password,
  trusts = true,
}: Way): Promise<unknown> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [child, network.portalAddress, proxy, pair.server.token, user, password],
    {
      env: {
        PATH: process.env['PATH'],
        TMPDIR: process.env['TMPDIR'],
        ...(trusts ? { SSL_CERT_FILE: network.authorityFile } : {}),
      },
    },
  );
  return JSON.parse(stdout) as unknown;
}

test('ticket and upload arrive through the proxy when the system itself trusts the authority of the company', async () => {
  expect(await ask({})).toEqual({ ticket: 'done', upload: 'done' });
  expect(pair.server.journal().filter((entry) => entry.kind === 'ticket')).toHaveLength(1);
  expect(network.tunnels().length).toBeGreaterThan(0);
  expect(
    network.tunnels().every(({ target, passed }) => target === 'portal.officina.test:443' && passed),
  ).toBe(true);
});

/** A secret as it is written, and as Basic and Bearer write it. */
const faces = (secret: string): readonly string[] => [
  secret,
  Buffer.from(secret).toString('base64'),
  encodeURIComponent(secret),
];

test("the proxy never hears the portal's password or session, and the portal never hears the proxy's", () => {
  const heard = network.heard();
  expect(network.tunnels().filter(({ passed }) => passed).length).toBeGreaterThan(0);
  expect(heard).toContain('CONNECT portal.officina.test:443');
  expect(heard).toContain('Proxy-Authorization: Basic');
  expect([...faces(pair.server.token), 'Bearer', '/api/v1/'].filter((face) => heard.includes(face))).toEqual(
    [],
  );
  expect(network.portalHeaders().has('authorization')).toBe(true);
  expect([...network.portalHeaders()].filter((name) => name.startsWith('proxy-'))).toEqual([]);
});

test('a portal of this PC is spoken to past the proxy, which hears nothing at all of it', async () => {
  const before = network.heard().length;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [child, pair.server.url, network.proxyAddress, pair.server.token, login.user, login.password],
    { env: { PATH: process.env['PATH'], TMPDIR: process.env['TMPDIR'] } },
  );
  expect(JSON.parse(stdout)).toEqual({ ticket: 'done', upload: 'done' });
  expect(network.heard().slice(before)).toBe('');
});

test.each([
  ['https://portal.example', true],
  ['http://portal.example', false],
  ['http://127.0.0.1:8080', false],
  ['http://localhost:8080', false],
  ['http://[::1]:8080', false],
  ['https://localhost:8443', false],
])('wayOut of %s goes through a proxy: %s', (origin, through) => {
  expect(wayOut(origin, httpProxy(network.proxyAddress, login)) !== null).toBe(through);
  expect(wayOut(origin, null)).toBeNull();
});

test.each<readonly [string, Way, string]>([
  ['nobody trusts the authority', { trusts: false }, 'refused portal.certificate'],
  ['the proxy is given no name', { user: '' }, 'refused portal.proxyRefused'],
  ['the proxy is given a wrong password', { password: 'wrong' }, 'refused portal.proxyRefused'],
  ['no proxy listens there', { proxy: 'http://127.0.0.1:9' }, 'refused portal.unreachable'],
  ['the way goes round the proxy', { proxy: '' }, 'refused portal.unreachable'],
])('ticket certainly did not leave, and nothing is in doubt, when %s', async (_when, way, expected) => {
  const before = pair.server.journal().length;
  expect(await ask(way)).toEqual({ ticket: expected, upload: null });
  expect(pair.server.journal()).toHaveLength(before);
});

test.each([
  ['http://proxy.example:8080', 'http://proxy.example:8080'],
  [' http://10.0.0.1:3128/ ', 'http://10.0.0.1:3128'],
  ['http://[::1]:8080', 'http://[::1]:8080'],
  ['HTTP://PROXY.example', 'http://proxy.example'],
  ['proxy.example:8080', null],
  ['https://proxy.example:8080', null],
  ['socks5://proxy.example:1080', null],
  ['http://mario:segreto@proxy.example:8080', null],
  ['http://proxy.example:8080/path', null],
  ['http://proxy.example:8080/?q', null],
  ['http://', null],
  ['', null],
  [`http://${'a'.repeat(3_000)}`, null],
])('proxyAddress of %s is %s', (text, expected) => {
  const answer = proxyAddress(text);
  expect(answer.ok ? answer.value : null).toBe(expected);
});
