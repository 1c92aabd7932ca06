import { create } from 'zustand';
import type { Evidence, EvidenceCandidate, WatchedFolder } from '../../shared/domain/evidence.ts';
import { evidenceLimits } from '../../shared/domain/evidence-limits.ts';
import type { AppError } from '../../shared/domain/app-error.ts';
import type { Result } from '../../shared/domain/result.ts';
import type { AppEvent } from '../../shared/ipc/contract.ts';
import type { FreezeReport, ListedEvidence } from '../../shared/ipc/views.ts';
import { quietly, unwrap } from '../bridge/bridge.ts';
import { attempt } from './app-store.ts';

type ScanFinished = Extract<AppEvent, { kind: 'scanFinished' }>;
export type FreezeProgressed = Extract<AppEvent, { kind: 'freezeProgressed' }>;

export type EvidenceStore = {
  readonly folders: readonly WatchedFolder[] | null;
  readonly frozen: readonly ListedEvidence[] | null;
  /** Newest first; suggested ones are marked, not moved. */
  readonly candidates: readonly EvidenceCandidate[];
  readonly scanId: string | null;
  readonly seenEntries: number;
  readonly finished: ScanFinished | null;
  /** The copy being made; null when none is. */
  readonly copying: FreezeProgressed | null;
  /** Names of the files another program holds, tried again and again until it lets go. */
  readonly held: readonly string[];
  /** Files that could not be taken the last time, each with its reason. */
  readonly refused: FreezeReport['refused'];
  readonly scan: () => Promise<void>;
  /** As `scan`, and one under way begins anew: what is searched has changed since. */
  readonly scanAnew: () => void;
  readonly cancel: () => void;
  readonly refresh: () => Promise<void>;
  readonly heard: (event: AppEvent) => void;
};

let anew = false;

const newestFirst = (a: EvidenceCandidate, b: EvidenceCandidate): number =>
  b.modifiedAt.localeCompare(a.modifiedAt);

/** Files seen on disk, frozen copies and watched folders; a scan streams in by events. */
export const useEvidence = create<EvidenceStore>((set, get) => ({
  folders: null,
  frozen: null,
  candidates: [],
  scanId: null,
  seenEntries: 0,
  finished: null,
  copying: null,
  held: [],
  refused: [],
  scan: async () => {
    if (get().scanId !== null) return;
    set({ scanId: '', candidates: [], seenEntries: 0, finished: null });
    const started = await quietly(window.officina.startScan({}));
    // Events may come before the answer; what they brought stays.
    if (get().finished === null) set({ scanId: started?.scanId ?? null });
  },
  scanAnew: () => {
    anew = get().scanId !== null;
    if (anew) get().cancel();
    else void get().scan();
  },
  cancel: () => {
    const { scanId } = get();
    if (scanId !== null && scanId !== '') void quietly(window.officina.cancelScan({ scanId }));
  },
  refresh: async () => {
    const [folders, frozen] = await Promise.all([
      quietly(window.officina.watchedFolders({})),
      quietly(window.officina.evidenceList({})),
    ]);
    set({ folders: folders ?? get().folders, frozen: frozen ?? get().frozen });
  },
  heard: (event) => {
    const { scanId } = get();
    switch (event.kind) {
      case 'candidatesFound': {
        if (scanId !== '' && scanId !== event.scanId) return;
        const fresh = new Set(event.candidates.map((item) => item.id));
        set({
          candidates: [...get().candidates.filter((item) => !fresh.has(item.id)), ...event.candidates]
            .sort(newestFirst)
            .slice(0, evidenceLimits.listed),
          seenEntries: event.seenEntries,
        });
        return;
      }
      case 'scanFinished':
        if (scanId === '' || scanId === event.scanId)
          set({ scanId: null, finished: event, seenEntries: event.seenEntries });
        if (anew) get().scanAnew();
        return;
      case 'freezeProgressed':
        set({ copying: event.copiedBytes >= event.totalBytes ? null : event });
        return;
      case 'heldFilesChanged':
        set({ held: event.names });
        return;
      default:
    }
  },
}));

/** Takes files by one of the bridge's ways; resolves to the frozen ones and leaves the refused ones to be shown. */
export async function takeFiles(
  take: () => Promise<Result<FreezeReport, AppError>>,
): Promise<readonly Evidence[]> {
  const report = await attempt(() => unwrap(take()));
  useEvidence.setState({ copying: null, refused: report?.refused ?? [] });
  if (report !== null && report.frozen.length > 0) void useEvidence.getState().refresh();
  return report?.frozen ?? [];
}

/** Takes the picture in the clipboard, as after a screenshot. */
export async function takeClipboardImage(): Promise<readonly Evidence[]> {
  const image = await attempt(() => unwrap(window.officina.freezeClipboardImage({})));
  return image === null ? [] : [image];
}
