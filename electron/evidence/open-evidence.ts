import { readFileSync } from 'node:fs';
import { realpath, statfs } from 'node:fs/promises';
import { basename, join, sep } from 'node:path';
import { type AppError, AppFault, type ErrorCode } from '../../shared/domain/app-error.ts';
import type { CandidateId, Language, Sha256 } from '../../shared/domain/ids.ts';
import type { EvidencePreview } from '../../shared/domain/evidence.ts';
import type { ChannelOutput } from '../../shared/ipc/contract.ts';
import type { FreezeReport } from '../../shared/ipc/views.ts';
import { normalPatience } from '../platform/locked-file-retry.ts';
import type { ServiceContext } from '../store/service-context.ts';
import { candidateList, type NamedPath } from './candidate-list.ts';
import {
  type FreezeOutcome,
  freezeService,
  type FreezeService,
  type FreezeSource,
} from './freeze-service.ts';
import { type FrozenFiles, frozenFiles } from './frozen-files.ts';
import { type FrozenFolder, frozenFolder } from './frozen-folder.ts';
import { copySamples, type SampleList, sampleListSchema, samplesFolder } from './samples.ts';
import { scanService, type ScanService } from './scan-service.ts';
import { realSourceDisk } from './source-file.ts';
import { sourcePreview } from './source-preview.ts';
import { type FolderGuesses, watchedFolders, type WatchedFolders } from './watched-folders.ts';

/** Where evidence may come from on this system. */
export type EvidenceSources = {
  readonly guesses: FolderGuesses;
  /** The system's own dialogs: paths come from there or from a search, never from the page. Empty or null: the person stopped. */
  readonly dialogs: {
    readonly chooseFiles: () => Promise<readonly string[]>;
    readonly chooseFolder: () => Promise<string | null>;
  };
  /** The clipboard's picture as PNG, or null when there is none. */
  readonly clipboardPng: () => Promise<Uint8Array | null>;
};

export type EvidenceParts = EvidenceSources & {
  readonly dataFolder: string;
  readonly logFault: (error: unknown) => string;
  /** The search worker beside the program. */
  readonly scanWorker: string | URL;
  /** Folder with `samples.json` and the files it names. */
  readonly sampleResources: string;
  readonly addSampleTools: (tools: SampleList['tools']) => void;
};

/** Evidence from disk, clipboard and drop to frozen copies. */
export type EvidenceServices = {
  readonly folders: WatchedFolders;
  /** Watches a folder the person chooses; null when they stopped. */
  readonly addFolder: () => Promise<ChannelOutput<'addWatchedFolder'>>;
  readonly scans: ScanService;
  /** @throws AppFault evidence.vanished where the ids stand for nothing any more */
  readonly takeCandidates: (ids: readonly CandidateId[], tailOfLarge: boolean) => Promise<FreezeReport>;
  /** Shows a found file without copying it. @throws AppFault evidence.vanished, and what keeps the file from being read */
  readonly look: (id: CandidateId) => Promise<EvidencePreview>;
  readonly takeChosen: () => Promise<FreezeReport>;
  readonly takeDropped: (paths: readonly string[]) => Promise<FreezeReport>;
  /** @throws AppFault evidence.noImageInClipboard */
  readonly takePicture: () => Promise<ChannelOutput<'freezeClipboardImage'>>;
  /** Takes a file this program made itself, such as a receipt. */
  readonly takeOwn: (path: string) => Promise<FreezeReport>;
  readonly cancelTaking: () => void;
  /** The newest copies that are still there, and whether a request names them. */
  readonly newest: () => ChannelOutput<'evidenceList'>;
  /** Puts the samples into a watched folder, and the tools they name into the workshop. */
  readonly addSamples: () => Promise<void>;
  /** For uploads and for the draft made from a LOG. */
  readonly files: FrozenFiles;
  /** Folders that are searched and are there: those the tools write to. */
  readonly toolFolders: () => Promise<readonly string[]>;
  /** Where frozen bytes lie, and the turn in which none of them is being taken: for what removes them. */
  readonly frozen: FrozenFolder;
  readonly whileNothingIsFrozen: FreezeService['whileNothingIsFrozen'];
  /** Stops searches and copies; call before the store is closed. */
  readonly close: () => void;
};

/** More is never shown at once; older copies are reached through their ticket. */
const listedEvidence = 500;

const passing: ReadonlySet<ErrorCode> = new Set([
  'evidence.locked',
  'evidence.unreadable',
  'evidence.changing',
  'evidence.empty',
  'evidence.noSpace',
  'evidence.cloudPlaceholder',
  'store.diskFull',
  'cancelled',
]);

/** Another try may help: the cause may pass, or there is an end of a large file to take. */
function mayHelp({ code, params }: AppError): boolean {
  return passing.has(code) || (code === 'evidence.tooLarge' && params['tailBytes'] !== 0);
}

/** `schermata-2026-11-24-180512.png` or `screenshot-...`, in the PC's own time, as the person would name it. */
function screenshotName(instant: string, language: Language): string {
  const at = new Date(instant);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${language === 'it' ? 'schermata' : 'screenshot'}-${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}-${two(at.getHours())}${two(at.getMinutes())}${two(at.getSeconds())}.png`;
}

/** Wires the evidence services; removes what an earlier run left half copied. */
export function openEvidence(context: ServiceContext, parts: EvidenceParts): EvidenceServices {
  const { tools, clock, publish, evidenceRows: rows } = context;
  const { logFault } = parts;
  const folder = frozenFolder(join(parts.dataFolder, 'evidence'));
  folder.sweep((sha256: Sha256) => rows.hasHash(sha256));
  const folders = watchedFolders(context.watchedFolders, parts.guesses);
  const candidates = candidateList(context.products, () => tools.all().map((tool) => tool.productId));
  const scans = scanService({
    workerFile: parts.scanWorker,
    roots: folders.roots,
    candidates,
    publish,
    logFault,
  });
  const freezing = freezeService({
    ...context,
    folder,
    evidence: rows,
    logFault,
    disk: realSourceDisk,
    freeSpace: (path) => statfs(path),
    patience: normalPatience,
  });
  const files = frozenFiles(folder, rows);

  /** Found paths are free of links, so the samples folder is compared in its own real form. What a person named stays what they did. */
  const listed = async ({ path, origin }: NamedPath): Promise<FreezeSource> => {
    const samples =
      origin === 'found' ? await realpath(samplesFolder(parts.dataFolder)).catch(() => null) : null;
    return {
      path,
      origin: samples !== null && path.startsWith(samples + sep) ? 'sample' : origin,
      mustBeReal: true,
    };
  };
  const named =
    (origin: 'chosen' | 'dropped') =>
    (path: string): FreezeSource => ({ path, origin, mustBeReal: false });
  const report = async (work: Promise<FreezeOutcome>): Promise<FreezeReport> => {
    const { frozen, refused } = await work;
    return {
      frozen: [...frozen],
      refused: await Promise.all(
        refused.map(async ({ path, origin, error }) => {
          const real = mayHelp(error) ? await realpath(path).catch(() => null) : null;
          return {
            name: basename(path),
            error,
            ...(real === null ? {} : { candidateId: candidates.idOf({ path: real, origin }) }),
          };
        }),
      ),
    };
  };

  return {
    folders,
    addFolder: async () => {
      const path = await parts.dialogs.chooseFolder();
      return path === null ? null : folders.add(path);
    },
    scans,
    takeCandidates: async (ids, tailOfLarge) => {
      const asked = ids.map(candidates.namedBy).filter((path) => path !== null);
      // Ids of a list from before the last start stand for nothing: search again.
      if (asked.length === 0) throw new AppFault('evidence.vanished');
      return report(freezing.freeze(await Promise.all(asked.map(listed)), tailOfLarge));
    },
    look: async (id) => {
      const named = candidates.namedBy(id);
      if (named === null) throw new AppFault('evidence.vanished');
      return sourcePreview(named.path);
    },
    takeChosen: async () =>
      report(freezing.freeze((await parts.dialogs.chooseFiles()).map(named('chosen')), false)),
    takeDropped: (paths) => report(freezing.freeze(paths.map(named('dropped')), false)),
    takePicture: async () => {
      const png = await parts.clipboardPng();
      if (png === null) throw new AppFault('evidence.noImageInClipboard');
      return freezing.freezeBytes(
        screenshotName(clock.instant(), context.profile.settings().language),
        png,
        'clipboard',
      );
    },
    takeOwn: (path) => report(freezing.freeze([named('chosen')(path)], false)),
    cancelTaking: freezing.cancel,
    newest: () => {
      const kept = rows.newest(listedEvidence).filter((file) => file.removedAt === null);
      // Every request is read for it: not at a start on which there is nothing to tell.
      const onRequests = kept.length === 0 ? new Set() : rows.onRequests();
      return kept.map((file) => ({ ...file, onRequest: onRequests.has(file.id) }));
    },
    addSamples: async () => {
      const list = sampleListSchema.parse(
        JSON.parse(readFileSync(join(parts.sampleResources, 'samples.json'), 'utf8')),
      );
      await folders.add(
        copySamples(parts.sampleResources, parts.dataFolder, list, Date.parse(clock.instant())),
      );
      parts.addSampleTools(list.tools);
    },
    files,
    toolFolders: folders.roots,
    frozen: folder,
    whileNothingIsFrozen: freezing.whileNothingIsFrozen,
    close: () => {
      scans.close();
      freezing.close();
    },
  };
}
