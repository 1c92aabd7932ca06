import { lstat } from 'node:fs/promises';
import type { ToolRefusal } from '../../../shared/domain/remote-tool.ts';
import { versionRefusal } from '../../../shared/rules/teamviewer-version.ts';
import { sha256OfFile } from '../../platform/sha256-of-file.ts';
import type { Signature } from '../../platform/windows/authenticode.ts';

/** A program that passed every check, as it was at that moment. */
export type CheckedProgram = {
  readonly path: string;
  readonly version: string;
  readonly signer: string;
  readonly sha256: string;
};
export type CheckOutcome =
  | { readonly kind: 'verified'; readonly program: CheckedProgram }
  | { readonly kind: 'refused'; readonly reason: ToolRefusal; readonly version: string | null };

export type CheckParts = {
  /** Paths in the order they are believed, as registry and folders name them. */
  readonly candidates: () => Promise<readonly string[]>;
  readonly pathRefusal: (path: string) => ToolRefusal | null;
  /** The path with every link, junction and mapped drive in it followed. */
  readonly realPath: (path: string) => Promise<string>;
  /** Libraries that would be loaded with the program and must be signed like it; none for an installed one, whose folder is Windows'. */
  readonly libraries: (path: string) => Promise<readonly string[]>;
  readonly signature: (path: string) => Promise<Signature>;
};

async function checkOne(
  path: string,
  required: string | null,
  parts: CheckParts,
): Promise<CheckOutcome | null> {
  const refused = (reason: ToolRefusal, version: string | null = null): CheckOutcome => ({
    kind: 'refused',
    reason,
    version,
  });
  const badPath = parts.pathRefusal(path);
  if (badPath !== null) return refused(badPath);
  const stats = await lstat(path).catch(() => null);
  if (stats === null) return null;
  if (!stats.isFile()) return refused('is-link');
  const real = await parts.realPath(path);
  if (real.toLowerCase() !== path.toLowerCase()) return refused(parts.pathRefusal(real) ?? 'is-link');
  // Hashed before it is judged: if it is exchanged in between, the hash at launch will not be this one.
  const sha256 = await sha256OfFile(path);
  const signature = await parts.signature(path);
  if (signature.kind === 'refused') return refused(signature.reason, signature.version);
  const badVersion = versionRefusal(signature.version, required);
  if (badVersion !== null) return refused(badVersion, signature.version);
  for (const library of await parts.libraries(path))
    if ((await parts.signature(library)).kind === 'refused') return refused('odd-library', signature.version);
  return {
    kind: 'verified',
    program: { path, version: signature.version, signer: signature.signer, sha256 },
  };
}

/**
 * Looks for the TeamViewer that may be used (R-REMOTE-2): the first candidate that passes path, kind of file, signature, signer,
 * chain and version. When none does, the first reason is told, for it belongs to the place most believed.
 */
export async function checkTool(required: string | null, parts: CheckParts): Promise<CheckOutcome> {
  let first: CheckOutcome | null = null;
  for (const path of await parts.candidates()) {
    const outcome = await checkOne(path, required, parts);
    if (outcome?.kind === 'verified') return outcome;
    first ??= outcome;
  }
  return first ?? { kind: 'refused', reason: 'not-found', version: null };
}

/** True when the file is still, byte for byte, the one that was checked. */
export async function isStill(program: CheckedProgram): Promise<boolean> {
  const stats = await lstat(program.path).catch(() => null);
  return stats?.isFile() === true && (await sha256OfFile(program.path).catch(() => null)) === program.sha256;
}
