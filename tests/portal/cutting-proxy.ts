import { createServer, type IncomingMessage } from 'node:http';
import { upstream } from './forward.ts';

export type PassedOn = {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly key: string | null;
};

export type CuttingProxy = {
  readonly url: string;
  /** Every request the server behind has answered, in order. */
  readonly passed: readonly PassedOn[];
  /** The next request of this kind reaches the server, and its answer nobody. */
  readonly cutNext: (method: string, path: RegExp) => void;
  readonly cuts: () => number;
  readonly stop: () => Promise<void>;
};

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(Buffer.from(part));
  return Buffer.concat(parts);
}

/** Stands between the program and a server and lets answers be lost after the server took what was asked. */
export async function cuttingProxy(target: string): Promise<CuttingProxy> {
  const { forward } = upstream(Number(new URL(target).port));
  const passed: PassedOn[] = [];
  let next: { readonly method: string; readonly path: RegExp } | null = null;
  let cuts = 0;
  const server = createServer((request, response) => {
    void bodyOf(request)
      .then((body) => forward(request, body))
      .then(
        ({ status, headers, body }) => {
          const { method = '', url: path = '' } = request;
          const key = request.headers['x-redmine-api-key'];
          passed.push({ method, path, status, key: typeof key === 'string' ? key : null });
          if (next !== null && next.method === method && next.path.test(path)) {
            next = null;
            cuts += 1;
            response.destroy();
            return;
          }
          response.writeHead(status, headers).end(body);
        },
        () => response.destroy(),
      );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    passed,
    cutNext: (method, path) => {
      next = { method, path };
    },
    cuts: () => cuts,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
