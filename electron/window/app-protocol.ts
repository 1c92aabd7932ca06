import { readFile } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import { protocol, type Session } from 'electron';
import { contentSecurityPolicy } from './content-security-policy.ts';

const mimeTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
};

export const startPage = 'app://bundle/index.html';

/** Must run before `ready`. No fetch support: nothing may read the scheme from elsewhere. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges: { standard: true, secure: true } }]);
}

/** File behind an app:// address, or null for every other host, traversal form, and file type we do not ship. */
export function bundledFile(root: string, address: string): string | null {
  if (/%2e|%2f|%5c|%00|\\|\/\.\.?(\/|$)/iu.test(address) || !URL.canParse(address)) return null;
  const url = new URL(address);
  if (url.protocol !== 'app:' || url.host !== 'bundle') return null;
  let path: string;
  try {
    path = decodeURIComponent(url.pathname);
  } catch {
    return null;
  }
  const file = join(root, path);
  return file.startsWith(root + sep) && mimeTypes[extname(file)] !== undefined && !path.includes('\0') ? file : null;
}

/** A body that tells when its last byte was taken. */
function told(bytes: Buffer, taken: () => void): ReadableStream<Uint8Array> {
  return new ReadableStream({
    pull(controller) {
      controller.enqueue(new Uint8Array(bytes));
      controller.close();
      setImmediate(taken);
    },
  });
}

/**
 * Serves the packaged interface and nothing else: never attachments, never data. Resolves when the page has taken its program:
 * from then on it works by itself for a while and this process may do something long.
 */
export function serveBundle(session: Session, root: string): Promise<void> {
  return new Promise((programTaken) => {
    session.protocol.handle('app', async (request) => {
      const file = request.method === 'GET' ? bundledFile(root, request.url) : null;
      const headers = {
        'Content-Security-Policy': contentSecurityPolicy,
        'X-Content-Type-Options': 'nosniff',
        'Referrer-Policy': 'no-referrer',
        'Cache-Control': 'no-store',
      };
      if (file === null) return new Response('', { status: 404, headers });
      try {
        const body = await readFile(file);
        const taken = extname(file) === '.js' ? programTaken : (): void => undefined;
        return new Response(told(body, taken), {
          headers: { ...headers, 'Content-Type': mimeTypes[extname(file)] ?? 'application/octet-stream' },
        });
      } catch {
        return new Response('', { status: 404, headers });
      }
    });
  });
}
