import type { CopyRemoval } from '../evidence/copy-removal.ts';
import type { EvidenceServices } from '../evidence/open-evidence.ts';
import type { Handlers } from './handlers.ts';

export type EvidenceHandlers = Pick<
  Handlers,
  | 'addWatchedFolder'
  | 'cancelFreeze'
  | 'cancelScan'
  | 'candidatePreview'
  | 'chooseFiles'
  | 'copyUses'
  | 'enableWatchedFolder'
  | 'evidenceList'
  | 'evidencePreview'
  | 'freezeCandidates'
  | 'freezeClipboardImage'
  | 'freezeDroppedFiles'
  | 'loadSamples'
  | 'removeCopy'
  | 'removeWatchedFolder'
  | 'startScan'
  | 'watchedFolders'
>;

/** Files of this PC, found, taken and shown. */
export function evidenceHandlers(evidence: EvidenceServices, removal: CopyRemoval): EvidenceHandlers {
  const { folders, scans } = evidence;
  return {
    watchedFolders: async () => [...(await folders.all())],
    addWatchedFolder: evidence.addFolder,
    enableWatchedFolder: ({ id, enabled }) => {
      folders.enable(id, enabled);
      return null;
    },
    removeWatchedFolder: ({ id }) => {
      folders.remove(id);
      return null;
    },
    startScan: () => scans.start(),
    cancelScan: ({ scanId }) => {
      scans.cancel(scanId);
      return null;
    },
    freezeCandidates: ({ candidateIds, tailOfLarge }) => evidence.takeCandidates(candidateIds, tailOfLarge),
    chooseFiles: evidence.takeChosen,
    freezeDroppedFiles: ({ paths }) => evidence.takeDropped(paths),
    freezeClipboardImage: evidence.takePicture,
    cancelFreeze: () => {
      evidence.cancelTaking();
      return null;
    },
    evidenceList: evidence.newest,
    evidencePreview: ({ evidenceId }) => evidence.files.preview(evidenceId),
    candidatePreview: ({ candidateId }) => evidence.look(candidateId),
    copyUses: ({ evidenceId }) => removal.usesOf(evidenceId),
    removeCopy: async ({ evidenceId }) => {
      await removal.remove(evidenceId);
      return null;
    },
    loadSamples: async () => {
      await evidence.addSamples();
      return null;
    },
  };
}
