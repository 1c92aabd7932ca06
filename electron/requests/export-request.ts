import { join } from 'node:path';
import { displayName } from '../../shared/domain/display-name.ts';
import type { Evidence } from '../../shared/domain/evidence.ts';
import type { Language } from '../../shared/domain/ids.ts';
import type { Message, TermsAcceptance, TicketText } from '../../shared/domain/ticket.ts';
import { createTranslator } from '../../shared/i18n/translator.ts';
import { safeFileName } from '../../shared/text/safe-file-name.ts';
import type { FrozenFiles } from '../evidence/frozen-files.ts';
import { copyUsable, type Exported, exported, newFolder, writeWhole } from './export-folder.ts';

/** One request as a folder that a person can carry: the ready text, the conversation, every file, and a list with hashes. */
export type ExportRequest = {
  readonly name: string;
  readonly text: TicketText;
  readonly files: readonly Evidence[];
  /** Files that belong to it and of which nothing is known any more, by their ids. */
  readonly lost: readonly string[];
  readonly conversation: readonly Message[] /** What was agreed with the ticket (R-ACCEPT-1); null for a draft. */;
  readonly terms: TermsAcceptance | null;
};

function spoken(message: Message): string {
  const who =
    message.author.kind === 'operator'
      ? message.author.name
      : message.author.kind === 'system'
        ? `${message.author.event} ${message.author.detail}`.trim()
        : message.author.kind;
  // One line each, whatever the name holds: nobody speaks here in another's name.
  const files = message.attachments.map((file) => `+ ${displayName(file.name)}`);
  return [`[${message.at}] ${displayName(who)}`, message.text, ...files].filter((line) => line !== '').join('\n');
}

/** What the text says of files that are not in the folder, in the language of the request. */
function missingWords(missing: readonly string[], language: Language): string {
  if (missing.length === 0) return '';
  return `\n${createTranslator(language)('manual.missingText', { count: missing.length })}\n${missing.map((name) => `- ${displayName(name)}\n`).join('')}`;
}

/**
 * Writes the request into a new folder below `parent` and reads every file back before saying that it is there (COMPLAINT-2, COMPLAINT-4).
 * A file that cannot be used is named in the text, the list and the answer instead of stopping the rest. Works without any portal.
 * @throws AppFault export.failed; disk errors as they come
 */
export async function exportRequest(parent: string, request: ExportRequest, frozenFiles: Pick<FrozenFiles, 'verified'>): Promise<Exported> {
  const folder = await newFolder(parent, safeFileName(`Officina ${request.name}`));
  const taken = new Set(['request.txt', 'conversation.txt', 'manifest.json']);
  const files = await copyUsable(folder, request.files, frozenFiles, taken);
  const { missing, ...counted } = exported(folder, files);
  const written = { ...counted, missing: [...missing, ...request.lost] };
  const { subject, body, language } = request.text;
  await writeWhole(join(folder, 'request.txt'), `${subject}\n\n${body}\n${missingWords(written.missing, language)}`);
  if (request.conversation.length > 0)
    await writeWhole(join(folder, 'conversation.txt'), `${request.conversation.map(spoken).join('\n\n')}\n`);
  await writeWhole(
    join(folder, 'manifest.json'),
    `${JSON.stringify({ request: request.name, subject, terms: request.terms, files, lost: request.lost }, null, 2)}\n`,
  );
  return written;
}
