import type { EvidenceServices } from '../evidence/open-evidence.ts';
import type { Handlers } from './handlers.ts';

export type EvidenceHandlers = Pick<
  Handlers,
  | 'addWatchedFolder'
  | 'cancelFreeze'
  | 'cancelScan'
  | 'chooseFiles'
  | 'enableWatchedFolder'
  | 'evidenceList'
  | 'evidencePreview'
  | 'freezeCandidates'
  | 'freezeClipboardImage'
  | 'freezeDroppedFiles'
  | 'loadSamples'
  | 'removeWatchedFolder'
  | 'startScan'
  | 'watchedFolders'
>;

/** Files of this PC, found, taken and shown. */
export function evidenceHandlers(evidence: EvidenceServices): EvidenceHandlers {
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
    loadSamples: async () => {
      await evidence.addSamples();
      return null;
    },
  };
}
