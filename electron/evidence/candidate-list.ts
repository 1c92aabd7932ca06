import { dirname } from 'node:path';
import type { EvidenceCandidate, EvidenceOrigin } from '../../shared/domain/evidence.ts';
import { type CandidateId, candidateIdSchema } from '../../shared/domain/ids.ts';
import type { Product, ProductId } from '../../shared/domain/product.ts';
import { ecuReadGroups, fileKind } from '../../shared/logs/file-kind.ts';
import { productGuess } from '../../shared/logs/product-guess.ts';
import { suggestions } from '../../shared/logs/suggestion.ts';
import { fileInstant } from './file-instant.ts';
import type { ListedFile } from './scan-messages.ts';

/** A path with what the person did to name it. */
export type NamedPath = { readonly path: string; readonly origin: EvidenceOrigin };

/** Turns listed files into what the screen may know, and remembers which path each id stands for. */
export type CandidateList = {
  readonly describe: (files: readonly ListedFile[]) => readonly EvidenceCandidate[];
  /** An id for a path the person named, so that it can be tried again another way and still comes from what they did. The path must be free of links. */
  readonly idOf: (named: NamedPath) => CandidateId;
  /** The path behind an id of this run of the program, and how it was named; null when it stands for nothing. */
  readonly namedBy: (id: CandidateId) => NamedPath | null;
};

/** Ids handed out before old ones are forgotten: several full lists. */
const rememberedPaths = 20_000;

function groupsByPath(files: readonly ListedFile[]): ReadonlyMap<string, string> {
  const folders = new Map<string, ListedFile[]>();
  for (const file of files) {
    const inFolder = folders.get(dirname(file.path));
    if (inFolder === undefined) folders.set(dirname(file.path), [file]);
    else inFolder.push(file);
  }
  const groups = new Map<string, string>();
  for (const inFolder of folders.values()) {
    const named = ecuReadGroups(inFolder.map((file) => file.name));
    for (const file of inFolder) {
      const group = named.get(file.name);
      if (group !== undefined) groups.set(file.path, group);
    }
  }
  return groups;
}

export function candidateList(
  products: readonly Product[],
  ownedProducts: () => readonly ProductId[],
): CandidateList {
  const ids = new Map<string, CandidateId>();
  const paths = new Map<CandidateId, NamedPath>();
  let counter = 0;
  const idOf = (named: NamedPath): CandidateId => {
    // One file found by a search and dropped by hand has two ids: each take is recorded as what was done.
    const key = `${named.origin} ${named.path}`;
    const known = ids.get(key);
    if (known !== undefined) return known;
    counter += 1;
    const id = candidateIdSchema.parse(`candidate-${counter}`);
    ids.set(key, id);
    paths.set(id, named);
    if (ids.size > rememberedPaths) {
      const [oldest] = ids;
      if (oldest !== undefined) {
        ids.delete(oldest[0]);
        paths.delete(oldest[1]);
      }
    }
    return id;
  };
  return {
    idOf,
    namedBy: (id) => paths.get(id) ?? null,
    describe: (files) => {
      const owned = ownedProducts();
      const groups = groupsByPath(files);
      const known = files.map((file) => {
        const group = groups.get(file.path) ?? null;
        return {
          file,
          group,
          kind:
            group === null
              ? (file.kind ?? fileKind({ name: file.name, sizeBytes: file.sizeBytes, head: null }))
              : ('ecu-read' as const),
        };
      });
      const suggested = suggestions(
        known.map(({ file, kind }) => ({
          key: file.path,
          name: file.name,
          modifiedAtMs: file.modifiedAtMs,
          kind,
          errorText: file.errorText,
        })),
      );
      return known.map(({ file, group, kind }) => ({
        id: idOf({ path: file.path, origin: 'found' }),
        name: file.name.slice(0, 1_024),
        folderLabel: (file.folders.at(-1) ?? '').slice(0, 260),
        sizeBytes: file.sizeBytes,
        modifiedAt: fileInstant(file.modifiedAtMs),
        kind,
        group,
        productGuess: productGuess(file.name, file.folders, products, owned),
        suggestion: suggested.get(file.path) ?? null,
      }));
    },
  };
}
