import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { AppFault } from '../../shared/domain/app-error.ts';
import { type DraftContent, emptyDraftContent } from '../../shared/domain/draft.ts';
import type { Language } from '../../shared/domain/ids.ts';
import type { Product } from '../../shared/domain/product.ts';
import type { Tool } from '../../shared/domain/tool.ts';
import { momentText } from '../../shared/i18n/amounts.ts';
import { createTranslator, type Translate } from '../../shared/i18n/translator.ts';
import { collectedText } from '../../shared/rules/collected-text.ts';
import { factsAtEnd } from '../evidence/facts-at-end.ts';
import type { FolderGuesses } from '../evidence/watched-folders.ts';
import { storeFolders } from '../store/store-folders.ts';
import { findFailure, type FoundFailure } from './find-failure.ts';
import { freeZip } from './free-zip.ts';
import { type KeptKnowledge, keptKnowledge } from './kept-knowledge.ts';
import { type Staged, type StagedFile, stageFiles } from './stage-files.ts';
import { writeZip } from './write-zip.ts';

export type CollectParts = {
  readonly dataFolder: string;
  readonly scanWorker: string | URL;
  readonly guesses: FolderGuesses;
  readonly products: readonly Product[];
  /** Of this PC, for a workshop that nobody knows. */
  readonly systemLanguage: Language;
  readonly appVersion: string;
  readonly nowMs: number;
  readonly logFault: (error: unknown) => string;
};

/** What was written where. */
export type Collected = {
  readonly file: string;
  readonly files: number;
  readonly leftOut: number;
  readonly isFailure: boolean;
  /** Speaks the language of the workshop. */
  readonly t: Translate;
};

/** The product the failed file belongs to, else the workshop's only one; with its tool where there is one alone. */
function productOf(
  { files }: FoundFailure,
  { products }: CollectParts,
  tools: readonly Tool[],
): { readonly product: Product | null; readonly tool: Tool | null } {
  const owned = [...new Set(tools.map(({ productId }) => productId))];
  const guessed = files[0]?.candidate.productGuess ?? (owned.length === 1 ? owned[0] : undefined);
  const own = tools.filter(({ productId }) => productId === guessed);
  return {
    product: products.find(({ id }) => id === guessed) ?? null,
    tool: own.length === 1 ? (own[0] ?? null) : null,
  };
}

/** @throws the disk's own errors */
async function stretchOf({ path }: StagedFile, start: number, length: number): Promise<Uint8Array> {
  const handle = await open(path);
  try {
    const buffer = new Uint8Array(length);
    const { bytesRead } = await handle.read(buffer, 0, length, start);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** What the failed LOG says, from its end, as a draft would be filled (R-INFO-9). */
async function contentOf(
  { files }: Staged,
  isFailure: boolean,
  language: Language,
  known: ReturnType<typeof productOf>,
): Promise<DraftContent> {
  const content: DraftContent = {
    ...emptyDraftContent(language),
    productId: known.product?.id ?? null,
    toolId: known.tool?.id ?? null,
  };
  const [failed] = files;
  if (!isFailure || failed === undefined) return content;
  const facts = await factsAtEnd({ ...failed, tailOnly: failed.wholeBytes !== null }, (start, length) =>
    stretchOf(failed, start, length),
  );
  if (facts === null) return content;
  return { ...content, requestType: facts.requestType, fields: { ...content.fields, ...facts.fields } };
}

function whyLeftOut(error: unknown, t: Translate): string {
  const code = error instanceof AppFault ? error.error.code : null;
  if (code === 'evidence.tooMany' || code === 'evidence.ticketTooLarge') return t('collect.tooMuch');
  return t(code === 'evidence.cloudPlaceholder' ? 'collect.onlyCloud' : 'collect.unreadable');
}

/** The list for a machine: what is in the zip, where it came from, and by which program. */
function manifestOf(parts: CollectParts, found: FoundFailure, staged: Staged): string {
  return JSON.stringify(
    {
      program: `Officina Support ${parts.appVersion}`,
      madeAt: new Date(parts.nowMs).toISOString(),
      searched: found.searched,
      files: staged.files.map(({ name, found: { path, candidate }, sizeBytes, sha256, wholeBytes }) => ({
        name: `files/${name}`,
        from: path,
        modifiedAt: candidate.modifiedAt,
        kind: candidate.kind,
        why: candidate.suggestion?.reason ?? 'newest',
        sizeBytes,
        sha256,
        ...(wholeBytes === null ? {} : { endOfBytes: wholeBytes }),
      })),
      leftOut: staged.leftOut.map(({ found: { path } }) => path),
    },
    null,
    2,
  );
}

const languageOf = (known: KeptKnowledge, parts: CollectParts): Language =>
  known.language ?? parts.systemLanguage;

/**
 * Evidence of the last failure into one zip: its LOG with what changed near it, the request as text, a page that says what was taken and
 * what is missing, and a list with hashes. Needs neither window nor store: what the store knows is read where it can be.
 * @param out the file to write; where one lies there, the next free name is taken
 * @throws AppFault export.failed when it cannot be written there
 */
export async function collect(out: string, parts: CollectParts): Promise<Collected> {
  const known = keptKnowledge(storeFolders(parts.dataFolder));
  const t = createTranslator(languageOf(known, parts));
  const found = await findFailure({ ...parts, knowledge: known, tools: known.tools });
  const staging = await mkdtemp(join(tmpdir(), 'officina-collect-'));
  try {
    const staged = await stageFiles(found.files, staging);
    const about = productOf(found, parts, known.tools);
    // A LOG that could not be taken tells nothing of the one that was.
    const isFailure = found.isFailure && staged.files[0]?.found === found.files[0];
    const { request, page } = collectedText({
      content: await contentOf(staged, isFailure, languageOf(known, parts), about),
      profile: known.profile,
      ...about,
      files: staged.files.map(({ found: { candidate }, ...file }) => ({ ...file, kind: candidate.kind })),
      leftOut: staged.leftOut.map(({ found: { candidate }, error }) => ({
        name: candidate.name,
        why: whyLeftOut(error, t),
      })),
      isFailure,
      madeAt: momentText(new Date(parts.nowMs).toISOString(), languageOf(known, parts), parts.nowMs),
      t,
    });
    const file = freeZip(out);
    await writeZip(file, [
      { name: t('collect.pageName'), text: page },
      { name: t('collect.requestName'), text: request },
      { name: 'manifest.json', text: manifestOf(parts, found, staged) },
      ...staged.files.map(({ name, path }) => ({ name: `files/${name}`, path })),
    ]).catch((error: unknown) => {
      parts.logFault(error);
      throw new AppFault('export.failed', { folder: dirname(file) });
    });
    return { file, files: staged.files.length, leftOut: staged.leftOut.length, isFailure, t };
  } finally {
    await rm(staging, { recursive: true, force: true }).catch(() => undefined);
  }
}
