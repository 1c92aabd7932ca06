import { join } from 'node:path';
import { displayName } from '../../shared/domain/display-name.ts';
import type { Language } from '../../shared/domain/ids.ts';
import { createTranslator } from '../../shared/i18n/translator.ts';
import { safeFileName } from '../../shared/text/safe-file-name.ts';
import type { FrozenFiles } from '../evidence/frozen-files.ts';
import { within } from '../platform/within.ts';
import type { ExportRequest } from './request-in-words.ts';
import { requestPage } from './request-page.ts';
import { copyUsable, type Exported, exported, newFolder, writeWhole } from './export-folder.ts';

/** Prints a whole page of ours, without script and without network. */
export type PrintPdf = (html: string) => Promise<Uint8Array>;
export type ExportTools = {
  readonly frozenFiles: Pick<FrozenFiles, 'verified'>;
  readonly printPdf: PrintPdf;
};
/** `hasPdf` is false where the page could not be printed. */
export type ExportedRequest = Exported & { readonly hasPdf: boolean };

/** A page of a long conversation prints in a second or two, milliseconds. */
const printMs = 20_000;

/** What the text says of files that are not in the folder, in the language of the request. */
function missingWords(missing: readonly string[], language: Language): string {
  if (missing.length === 0) return '';
  return `\n${createTranslator(language)('manual.missingText', { count: missing.length })}\n${missing.map((name) => `- ${displayName(name)}\n`).join('')}`;
}

/** The page as PDF, or null where the system cannot print it in time: the page beside it can be printed by hand. */
async function printed(html: string, printPdf: PrintPdf): Promise<Uint8Array | null> {
  const outcome = await within(printPdf(html), printMs).catch(() => null);
  return outcome?.kind === 'value' ? outcome.value : null;
}

/**
 * Writes the request into a new folder below `parent` and reads every file back before saying that it is there (COMPLAINT-2, COMPLAINT-4):
 * a page to read, the same as PDF, the ready text to paste, the files, and a list with hashes, under names in the language of the request.
 * A file that cannot be used is named in the text, the list and the answer instead of stopping the rest. Works without any portal.
 * @throws AppFault export.failed; disk errors as they come
 */
export async function exportRequest(
  parent: string,
  request: ExportRequest,
  tools: ExportTools,
): Promise<ExportedRequest> {
  const { subject, body, language } = request.text;
  const t = createTranslator(language);
  const title =
    request.standing === null
      ? t('export.draftFolder', { name: subject })
      : t('export.folder', { name: request.standing.number ?? subject });
  const folder = await newFolder(parent, safeFileName(title));
  const own = t('export.file');
  const list = `${t('export.list')}.json`;
  const taken = new Set([`${own}.txt`, `${own}.html`, `${own}.pdf`, list]);
  const files = await copyUsable(folder, request.files, tools.frozenFiles, taken);
  const { missing, ...counted } = exported(folder, files);
  const written = { ...counted, missing: [...missing, ...request.lost] };
  await writeWhole(
    join(folder, `${own}.txt`),
    `${subject}\n\n${body}\n${missingWords(written.missing, language)}`,
  );
  const page = requestPage(request, files, written.missing);
  await writeWhole(join(folder, `${own}.html`), page);
  const pdf = await printed(page, tools.printPdf);
  if (pdf !== null) await writeWhole(join(folder, `${own}.pdf`), pdf);
  await writeWhole(
    join(folder, list),
    `${JSON.stringify({ request: request.name, subject, terms: request.terms, files, lost: request.lost }, null, 2)}\n`,
  );
  return { ...written, hasPdf: pdf !== null };
}
