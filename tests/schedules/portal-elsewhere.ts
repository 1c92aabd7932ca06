import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { apiBase } from '../../shared/portal/wire.ts';

export type PortalElsewhere = {
  readonly url: string;
  /** Everything it was asked to make, or asked about by our reference: none of it is its business. */
  readonly astray: readonly string[];
  readonly stop: () => Promise<void>;
};

/** A portal at another address that knows nothing and takes everything, and writes down what never should have reached it. */
export async function startPortalElsewhere(): Promise<PortalElsewhere> {
  const astray: string[] = [];
  const server = createServer((request, response) => {
    const { method = '', url = '' } = request;
    request.resume();
    const answer = (status: number, body: object): void => {
      response.writeHead(status, {
        'content-type': status < 400 ? 'application/json' : 'application/problem+json',
      });
      response.end(JSON.stringify(body));
    };
    if (url === `${apiBase}/session`)
      answer(201, { token: 'elsewhere'.repeat(4), expiresAt: '2099-01-01T00:00:00Z' });
    else if (url.startsWith(`${apiBase}/changes`))
      answer(200, { tickets: [], messages: [], cursor: '1', hasMore: false });
    else if (url.startsWith(`${apiBase}/notices`)) answer(200, { notices: [] });
    else {
      if (method !== 'GET' || url.startsWith(`${apiBase}/references`)) astray.push(`${method} ${url}`);
      answer(404, { type: 'about:blank', title: 'not-found', status: 404, code: 'not-found' });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    astray,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
