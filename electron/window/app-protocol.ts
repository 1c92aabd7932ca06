import { readFileSync } from 'node:fs';
import { extname, join, sep } from 'node:path';
import { protocol, type Session } from 'electron';
import { contentSecurityPolicy } from './content-security-policy.ts';

const mimeTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webp': 'image/webp',
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
  return file.startsWith(root + sep) && mimeTypes[extname(file)] !== undefined && !path.includes('\0')
    ? file
    : null;
}

/**
 * Serves the packaged interface and nothing else: never attachments, never data. Resolves when the page has taken its program:
 * from then on it works by itself for a while and this process may do something long. Not by `protocol.handle`: it brings up the
 * whole of `fetch`, an HTTP client and its streams, before the first byte of the page.
 */
export function serveBundle(session: Session, root: string): Promise<void> {
  const headers = {
    'Content-Security-Policy': contentSecurityPolicy,
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cache-Control': 'no-store',
  };
  return new Promise((programTaken) => {
    session.protocol.registerBufferProtocol('app', ({ method, url }, answer) => {
      const file = method === 'GET' ? bundledFile(root, url) : null;
      const data = file === null ? null : readOrNull(file);
      if (file === null || data === null) {
        answer({ statusCode: 404, headers, mimeType: 'text/plain', data: Buffer.alloc(0) });
        return;
      }
      answer({
        headers,
        mimeType: mimeTypes[extname(file)] ?? 'application/octet-stream',
        charset: 'utf-8',
        data,
      });
      if (extname(file) === '.js') setImmediate(programTaken);
    });
  });
}

/** Read at once: the few files of the interface are small, and whoever waits for them is the page. */
function readOrNull(file: string): Buffer | null {
  try {
    return readFileSync(file);
  } catch {
    return null;
  }
}
