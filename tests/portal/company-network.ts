import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, request as httpRequest } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { join } from 'node:path';

/** What a proxy was asked for, and whether it let it through. */
export type Tunnel = { readonly target: string; readonly passed: boolean };

/**
 * A workshop inside a company: the portal stands behind a name that only the proxy knows, under a certificate of the company's own
 * authority. `login` is what the proxy wants to hear; null: nothing.
 */
export type CompanyNetwork = {
  readonly portalAddress: string;
  readonly proxyAddress: string;
  readonly authorityFile: string;
  readonly tunnels: () => readonly Tunnel[];
  /** All that the proxy could read, as it came in: what is encrypted within a tunnel is in it too, and says nothing. */
  readonly heard: () => string;
  /** Names of the headers the portal itself was sent. */
  readonly portalHeaders: () => ReadonlySet<string>;
  readonly stop: () => Promise<void>;
};

const portalName = 'portal.officina.test';

function openssl(folder: string, ...args: readonly string[]): void {
  execFileSync('openssl', args, { cwd: folder, stdio: 'ignore' });
}

/** An authority and a certificate of it for the portal's name. */
function certificates(folder: string): {
  readonly key: Buffer;
  readonly cert: Buffer;
  readonly authorityFile: string;
} {
  writeFileSync(join(folder, 'names.txt'), `subjectAltName=DNS:${portalName}\n`);
  openssl(
    folder,
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-keyout',
    'authority.key',
    '-out',
    'authority.pem',
    '-days',
    '30',
    '-subj',
    '/CN=Officina Test Authority',
  );
  openssl(
    folder,
    'req',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-keyout',
    'portal.key',
    '-out',
    'portal.csr',
    '-subj',
    `/CN=${portalName}`,
  );
  openssl(
    folder,
    'x509',
    '-req',
    '-in',
    'portal.csr',
    '-CA',
    'authority.pem',
    '-CAkey',
    'authority.key',
    '-CAcreateserial',
    '-out',
    'portal.pem',
    '-days',
    '30',
    '-extfile',
    'names.txt',
  );
  return {
    key: readFileSync(join(folder, 'portal.key')),
    cert: readFileSync(join(folder, 'portal.pem')),
    authorityFile: join(folder, 'authority.pem'),
  };
}

const portOf = (server: { readonly address: () => unknown }): number =>
  (server.address() as AddressInfo).port;

/** @param behind address of the portal that really answers, over plain HTTP on this PC */
export async function startCompanyNetwork(
  folder: string,
  behind: string,
  login: { readonly user: string; readonly password: string } | null,
): Promise<CompanyNetwork> {
  const { key, cert, authorityFile } = certificates(folder);
  const portalHeaders = new Set<string>();
  const front = createTlsServer({ key, cert }, (request, response) => {
    for (const name of Object.keys(request.headers)) portalHeaders.add(name);
    const passed = httpRequest(
      new URL(request.url ?? '/', behind),
      { method: request.method, headers: { ...request.headers, host: new URL(behind).host } },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      },
    );
    passed.on('error', () => response.destroy());
    request.pipe(passed);
  });
  const tunnels: Tunnel[] = [];
  const sockets = new Set<Socket>();
  const proxy = createServer((_request, response) => {
    response.writeHead(403, { 'content-type': 'text/html' }).end('<h1>Company proxy</h1>');
  });
  const heard: Buffer[] = [];
  proxy.on('connection', (socket: Socket) => socket.on('data', (bytes) => heard.push(bytes)));
  proxy.on('connect', (request, client: Socket) => {
    const wanted =
      login === null ? null : `Basic ${Buffer.from(`${login.user}:${login.password}`).toString('base64')}`;
    const passed =
      request.url === `${portalName}:443` &&
      (wanted === null || request.headers['proxy-authorization'] === wanted);
    tunnels.push({ target: request.url ?? '', passed });
    client.on('error', () => undefined);
    if (!passed) {
      client.end(
        'HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="company"\r\nContent-Type: text/html\r\nContent-Length: 0\r\nConnection: close\r\n\r\n',
      );
      return;
    }
    const inner = connect(portOf(front), '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      inner.pipe(client);
      client.pipe(inner);
    });
    for (const socket of [inner, client]) sockets.add(socket);
    inner.on('error', () => client.destroy());
  });
  for (const server of [front, proxy])
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return {
    portalAddress: `https://${portalName}`,
    proxyAddress: `http://127.0.0.1:${portOf(proxy)}`,
    authorityFile,
    tunnels: () => [...tunnels],
    heard: () => Buffer.concat(heard).toString('latin1'),
    portalHeaders: () => portalHeaders,
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      for (const server of [proxy, front]) {
        server.closeAllConnections();
        await new Promise((closed) => server.close(closed));
      }
    },
  };
}
