import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { AppFault } from '../../shared/domain/app-error.ts';
import { sha256Schema } from '../../shared/domain/ids.ts';
import type { TermsDocument } from '../../shared/ipc/views.ts';
import type { ServiceContext } from '../store/service-context.ts';
import { replaceFile } from '../platform/replace-file.ts';

/** The official document is a few pages; a larger file is another one. */
const maxBytes = 20 * 1024 * 1024;
const maxNameChars = 260;

/**
 * Keeps the official document as the person has it, under its SHA-256 below `folder`, so that what was read can be shown later
 * (R-ACCEPT-1). It proves nothing about the vendor: whether it is the one the portal names is said by comparing hashes.
 * @throws AppFault evidence.empty, evidence.tooLarge; disk errors as they come
 */
export async function importTermsDocument(path: string, folder: string, at: string): Promise<TermsDocument> {
  const handle = await open(path, 'r');
  try {
    const { size } = await handle.stat();
    if (size === 0) throw new AppFault('evidence.empty');
    if (size > maxBytes) throw new AppFault('evidence.tooLarge', { sizeBytes: size, limitBytes: maxBytes });
    const bytes = await handle.readFile();
    const sha256 = sha256Schema.parse(createHash('sha256').update(bytes).digest('hex'));
    mkdirSync(folder, { recursive: true });
    await replaceFile(join(folder, sha256), bytes);
    return { name: basename(path).slice(0, maxNameChars), sha256, importedAt: at };
  } finally {
    await handle.close();
  }
}

/** Notes the copy of the official terms beside their hash. */
export function keepTermsDocument(
  context: Pick<ServiceContext, 'transact' | 'portals'>,
  sha256: string,
  document: TermsDocument,
): void {
  context.transact(() => context.portals.keepTermsDocument(sha256, document));
}
