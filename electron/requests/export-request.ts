import { join } from 'node:path';
import type { Evidence } from '../../shared/domain/evidence.ts';
import type { Message, TermsAcceptance, TicketText } from '../../shared/domain/ticket.ts';
import { safeFileName } from '../../shared/rules/safe-file-name.ts';
import type { FrozenFiles } from '../evidence/frozen-files.ts';
import { copyWhole, freeName, newFolder, writeWhole } from './export-folder.ts';

/** One request as a folder that a person can carry: the ready text, the conversation, every file, and a list with hashes. */
export type ExportRequest = {
  readonly name: string;
  readonly text: TicketText;
  readonly files: readonly Evidence[];
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
  return [`[${message.at}] ${who}`, message.text, ...message.attachments.map((file) => `+ ${file.name}`)]
    .filter((line) => line !== '')
    .join('\n');
}

/**
 * Writes the request into a new folder below `parent` and reads every file back before saying that it is there (COMPLAINT-2, COMPLAINT-4).
 * Works without any portal. @returns the folder and the number of evidence files in it
 * @throws AppFault evidence.copyMissing or evidence.copyUnreadable naming the file, export.failed; disk errors as they come
 */
export async function exportRequest(
  parent: string,
  request: ExportRequest,
  frozenFiles: Pick<FrozenFiles, 'verified'>,
): Promise<{ readonly folder: string; readonly files: number }> {
  const folder = await newFolder(parent, safeFileName(`Officina ${request.name}`));
  const taken = new Set(['request.txt', 'conversation.txt', 'manifest.json']);
  const listed: { name: string; original: string; sizeBytes: number; sha256: string }[] = [];
  for (const file of request.files) {
    const frozen = await frozenFiles.verified(file.id);
    const name = freeName(file.name, taken);
    await copyWhole(frozen.path, join(folder, name), file.sha256);
    listed.push({ name, original: file.name, sizeBytes: file.sizeBytes, sha256: file.sha256 });
  }
  await writeWhole(join(folder, 'request.txt'), `${request.text.subject}\n\n${request.text.body}\n`);
  if (request.conversation.length > 0)
    await writeWhole(join(folder, 'conversation.txt'), `${request.conversation.map(spoken).join('\n\n')}\n`);
  await writeWhole(
    join(folder, 'manifest.json'),
    `${JSON.stringify({ request: request.name, subject: request.text.subject, terms: request.terms, files: listed }, null, 2)}\n`,
  );
  return { folder, files: listed.length };
}
