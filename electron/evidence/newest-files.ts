import type { ScannedFile } from './scan-walk.ts';

/** Keeps the newest files of any number, in memory for at most twice the limit. */
export type NewestFiles = {
  readonly add: (file: ScannedFile) => void;
  /** The newest so far, newest first. */
  readonly all: () => readonly ScannedFile[];
  /** Those of `all` added since the last call. */
  readonly fresh: () => readonly ScannedFile[];
};

const newestFirst = (one: ScannedFile, other: ScannedFile): number =>
  other.modifiedAtMs - one.modifiedAtMs || (one.path < other.path ? -1 : 1);

export function newestFiles(limit: number): NewestFiles {
  let kept: ScannedFile[] = [];
  let told = new Set<ScannedFile>();
  let oldestKeptMs = Number.NEGATIVE_INFINITY;
  const prune = (): void => {
    kept.sort(newestFirst);
    if (kept.length > limit) kept = kept.slice(0, limit);
    if (kept.length === limit) oldestKeptMs = kept.at(-1)?.modifiedAtMs ?? oldestKeptMs;
  };
  return {
    add: (file) => {
      if (file.modifiedAtMs < oldestKeptMs) return;
      kept.push(file);
      if (kept.length >= limit * 2) prune();
    },
    all: () => {
      prune();
      return [...kept];
    },
    fresh: () => {
      prune();
      const fresh = kept.filter((file) => !told.has(file));
      told = new Set(kept);
      return fresh;
    },
  };
}
