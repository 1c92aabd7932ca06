import { z } from 'zod';
import type { EvidenceId, Sha256 } from '../domain/ids.ts';

/** How long the files of closed requests stay on this PC (R-PRIVACY-1). The terms name no period; the person chooses. */
export const keptFilesSchema = z.enum(['until-erased', '30-days', '6-months']);
export type KeptFiles = z.infer<typeof keptFilesSchema>;

const dayMs = 24 * 3_600_000;
/** After closing, in milliseconds; half a year is 183 days whatever the months. */
const periodMs: Readonly<Record<KeptFiles, number>> = {
  'until-erased': Number.POSITIVE_INFINITY,
  '30-days': 30 * dayMs,
  '6-months': 183 * dayMs,
};

/** A frozen file whose bytes are still kept. */
export type KeptFile = { readonly id: EvidenceId; readonly sha256: Sha256 };

/** One place that names a file. `closedAtMs` is null where the file is still needed: a draft, a reply, an open request, the queue. */
export type FileUse = { readonly id: EvidenceId; readonly closedAtMs: number | null };

/**
 * Which files may go at `nowMs`: those that belong to requests closed longer ago than was chosen, and to nothing else. A file no place
 * names stays, for nobody closed anything about it; so does one whose bytes another file that stays lies on. What is kept "until I
 * erase it", and a closing that lies ahead of the clock, never let anything go.
 */
export function filesThatMayGo(
  files: readonly KeptFile[],
  uses: readonly FileUse[],
  chosen: KeptFiles,
  nowMs: number,
): readonly KeptFile[] {
  const isOver = ({ closedAtMs }: FileUse): boolean =>
    closedAtMs !== null && nowMs - closedAtMs > periodMs[chosen];
  const named = new Set(uses.map((use) => use.id));
  const needed = new Set(uses.filter((use) => !isOver(use)).map((use) => use.id));
  const mayGo = ({ id }: KeptFile): boolean => named.has(id) && !needed.has(id);
  const staying = new Set(files.filter((file) => !mayGo(file)).map((file) => file.sha256));
  return files.filter((file) => !staying.has(file.sha256));
}
