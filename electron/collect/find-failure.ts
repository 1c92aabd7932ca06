import type { EvidenceCandidate } from '../../shared/domain/evidence.ts';
import type { Product } from '../../shared/domain/product.ts';
import type { Tool } from '../../shared/domain/tool.ts';
import { candidateList } from '../evidence/candidate-list.ts';
import { scanService } from '../evidence/scan-service.ts';
import { type FolderGuesses, realFolders } from '../evidence/watched-folders.ts';
import { within } from '../platform/within.ts';
import type { KeptKnowledge } from './kept-knowledge.ts';

/** A file to take along. */
export type FoundFile = { readonly path: string; readonly candidate: EvidenceCandidate };

/** `files`, the first of them the LOG that tells of the failure; without a failure the newest LOGs. */
export type FoundFailure = {
  readonly files: readonly FoundFile[];
  readonly isFailure: boolean;
  /** Folders that were searched. */
  readonly searched: readonly string[];
};

export type FindFailureParts = {
  readonly scanWorker: string | URL;
  readonly guesses: FolderGuesses;
  readonly knowledge: Pick<KeptKnowledge, 'folders' | 'refused'>;
  readonly products: readonly Product[];
  readonly tools: readonly Tool[];
  readonly logFault: (error: unknown) => string;
};

/** The search ends by itself before this; milliseconds. */
const searchMs = 30_000;
/** Without a failure so many of the newest LOGs are worth a look. */
const newestLogs = 3;

async function rootsOf({ guesses, knowledge }: FindFailureParts): Promise<readonly string[]> {
  const listed = await Promise.all(
    [guesses.guessed(), guesses.installed()].map((list) => list.catch((): readonly string[] => [])),
  );
  const wanted = [...knowledge.folders, ...listed.flat()].filter((path) => !knowledge.refused.has(path));
  return [...new Set(await realFolders([...new Set(wanted)]))];
}

const newestFirst = (one: EvidenceCandidate, other: EvidenceCandidate): number =>
  one.modifiedAt < other.modifiedAt ? 1 : -1;

/**
 * Searches the folders the program searches, and takes what the screen would suggest: the newest LOG that tells of a failure and what
 * changed near it. ECU reads are the customer's software and are never among them (FACT-LOG-10).
 */
export async function findFailure(parts: FindFailureParts): Promise<FoundFailure> {
  const searched = await rootsOf(parts);
  const owned = parts.tools.map(({ productId }) => productId);
  const candidates = candidateList(parts.products, () => owned);
  const found = new Map<string, EvidenceCandidate>();
  let finished: () => void = () => undefined;
  const over = new Promise<void>((resolve) => {
    finished = resolve;
  });
  const scans = scanService({
    workerFile: parts.scanWorker,
    roots: () => Promise.resolve(searched),
    candidates,
    publish: (event) => {
      if (event.kind === 'candidatesFound') for (const one of event.candidates) found.set(one.id, one);
      if (event.kind === 'scanFinished') finished();
    },
    logFault: parts.logFault,
  });
  scans.start();
  await within(over, searchMs);
  scans.close();
  const all = [...found.values()];
  const failed = all.filter(({ suggestion }) => suggestion?.reason === 'failure');
  const near = all.filter(({ suggestion }) => suggestion?.reason === 'near-failure').toSorted(newestFirst);
  const logs = all
    .filter(({ kind }) => kind === 'log')
    .toSorted(newestFirst)
    .slice(0, newestLogs);
  const chosen = failed.length > 0 ? [...failed, ...near] : logs;
  return {
    files: chosen.flatMap((candidate) => {
      const named = candidates.namedBy(candidate.id);
      return named === null ? [] : [{ path: named.path, candidate }];
    }),
    isFailure: failed.length > 0,
    searched,
  };
}
