import { type EvidenceId, evidenceIdSchema } from '../../shared/domain/ids.ts';

const ids = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gu;

/** Every id in a row as it is stored, each once: which of them are files, the rows of the files tell. Linear in the text. */
export function idsIn(words: string): readonly EvidenceId[] {
  return [...new Set(words.match(ids) ?? [])].flatMap((id) => evidenceIdSchema.safeParse(id).data ?? []);
}
