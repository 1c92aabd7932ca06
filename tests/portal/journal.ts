import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';

/**
 * What the portal really made, one JSON line each, written by whoever stands in front of it. Two `ticket` lines with the same
 * reference are a double, and so are two messages with the same words where no two were written, and two `transfer` lines, each a file
 * whose last byte came in, with the same reference. `chunk` lines say which bytes of a file came in, repeats included.
 */
export const journalEntrySchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ticket'), clientReference: z.string(), number: z.string(), key: z.string() }),
  z.object({
    kind: z.literal('message'),
    clientReference: z.string(),
    number: z.string(),
    id: z.string(),
    key: z.string(),
    text: z.string(),
  }),
  z.object({
    kind: z.literal('attachment'),
    clientReference: z.string(),
    number: z.string(),
    sha256: z.string(),
    sizeBytes: z.number(),
  }),
  z.object({ kind: z.literal('transfer'), clientReference: z.string(), address: z.string() }),
  z.object({ kind: z.literal('closing'), number: z.string() }),
  z.object({ kind: z.literal('chunk'), clientReference: z.string(), offset: z.number(), bytes: z.number() }),
]);
export type JournalEntry = z.infer<typeof journalEntrySchema>;

/** Reads a journal, also while another process is writing it: a last line without its end is not there yet. */
export function readJournal(file: string): JournalEntry[] {
  if (!existsSync(file)) return [];
  const text = readFileSync(file, 'utf8');
  return text
    .slice(0, text.lastIndexOf('\n') + 1)
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => journalEntrySchema.parse(JSON.parse(line)));
}

function identity(entry: JournalEntry): string | null {
  switch (entry.kind) {
    case 'ticket':
      return `ticket ${entry.number}`;
    case 'message':
      return `message ${entry.id}`;
    case 'attachment':
      return `attachment ${entry.clientReference}`;
    case 'transfer':
      return `transfer ${entry.address}`;
    case 'closing':
      return `closing ${entry.number}`;
    case 'chunk':
      return null;
  }
}

/** Appends; an answer that names a thing already journalled is a repeat of the answer and no second creation. */
export function openJournal(file: string) {
  const known = new Set(readJournal(file).map(identity));
  return (entry: JournalEntry): void => {
    const name = identity(entry);
    if (name !== null && known.has(name)) return;
    known.add(name);
    appendFileSync(file, `${JSON.stringify(entry)}\n`);
  };
}
