import { join } from 'node:path';
import type { Evidence } from '../../shared/domain/evidence.ts';
import { createTranslator } from '../../shared/i18n/translator.ts';
import { type TicketId, ticketIdSchema } from '../../shared/domain/ids.ts';
import type { Db } from '../store/open-store.ts';
import { freeName, type ListedFile, writeWhole } from './export-folder.ts';
import type { ExportRequest } from './request-in-words.ts';
import { requestPage } from './request-page.ts';

/** Every draft and request of the store, the oldest first; none where the table cannot be read, which is named elsewhere then. */
function allRequests(db: Db): readonly TicketId[] {
  try {
    return db
      .prepare('select id from tickets order by created_at, id')
      .pluck()
      .all()
      .flatMap((id) => ticketIdSchema.safeParse(id).data ?? []);
  } catch {
    return [];
  }
}

/**
 * Writes each request as a page to read, in its own language and under a name in it. One that cannot be told is named by its id in the
 * answer and stops nothing: its row stands beside it as data.
 * @param copies files by their ids, as they were copied
 * @throws AppFault export.failed; errors of the disk that is written to
 */
export async function writeDocuments(
  folder: string,
  db: Db,
  requestOf: (id: TicketId) => ExportRequest,
  copies: ReadonlyMap<Evidence['id'], ListedFile>,
): Promise<{ readonly documents: readonly string[]; readonly unreadable: readonly TicketId[] }> {
  const [documents, unreadable, taken]: [string[], TicketId[], Set<string>] = [[], [], new Set()];
  for (const id of allRequests(db)) {
    let request: ExportRequest;
    try {
      request = requestOf(id);
    } catch {
      unreadable.push(id);
      continue;
    }
    const t = createTranslator(request.text.language);
    const title =
      request.standing === null
        ? t('export.draftFolder', { name: request.text.subject })
        : t('export.folder', { name: request.standing.number ?? request.text.subject });
    const files = request.files.flatMap((file) => copies.get(file.id) ?? []);
    const missing = [...files.filter(({ kept }) => !kept).map(({ original }) => original), ...request.lost];
    const name = freeName(`${title}.html`, taken);
    await writeWhole(join(folder, name), requestPage(request, files, missing));
    documents.push(name);
  }
  return { documents, unreadable };
}
