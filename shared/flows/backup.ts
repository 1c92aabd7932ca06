import type { BackupState, StopReason } from '../domain/backup.ts';
import { assertNever } from '../domain/result.ts';

export type BackupEvent =
  | { readonly kind: 'chosen' }
  | { readonly kind: 'estimateStarted' }
  | { readonly kind: 'estimated'; readonly files: number; readonly bytes: number }
  | { readonly kind: 'started' }
  | { readonly kind: 'progressed'; readonly files: number; readonly bytes: number }
  | { readonly kind: 'paused' }
  | { readonly kind: 'resumed' }
  | { readonly kind: 'allReadBack'; readonly files: number; readonly different: number }
  | { readonly kind: 'sampleRestored'; readonly different: number; readonly receiptId: string }
  | { readonly kind: 'stopped'; readonly reason: StopReason }
  | { readonly kind: 'restarted' };

export const newBackup: BackupState = { phase: 'choosing' };

/**
 * The life of one backup. Changing what is chosen throws the estimate and the proof away. A restart while copying begins again
 * from the choice: what was copied before is found by its hash and not copied twice. An event that does not fit changes nothing.
 */
export function backupStep(state: BackupState, event: BackupEvent): BackupState {
  const running =
    state.phase === 'copying' ||
    state.phase === 'paused' ||
    state.phase === 'restoring' ||
    state.phase === 'estimating';
  switch (event.kind) {
    case 'chosen':
      return state.phase === 'copying' || state.phase === 'paused' || state.phase === 'restoring'
        ? state
        : newBackup;
    case 'estimateStarted':
      return running ? state : { phase: 'estimating' };
    case 'estimated':
      return state.phase === 'estimating'
        ? { phase: 'estimated', files: event.files, bytes: event.bytes }
        : state;
    // A backup of nothing would confirm nothing.
    case 'started':
      return state.phase === 'estimated' && state.files > 0
        ? {
            phase: 'copying',
            progress: { files: 0, bytes: 0, totalFiles: state.files, totalBytes: state.bytes },
          }
        : state;
    case 'progressed':
      return state.phase === 'copying' || state.phase === 'paused'
        ? { ...state, progress: { ...state.progress, files: event.files, bytes: event.bytes } }
        : state;
    case 'paused':
      return state.phase === 'copying' ? { ...state, phase: 'paused' } : state;
    case 'resumed':
      return state.phase === 'paused' ? { ...state, phase: 'copying' } : state;
    case 'allReadBack':
      if (state.phase !== 'copying' && state.phase !== 'paused') return state;
      if (event.different > 0) return { phase: 'stopped', reason: 'copy-differs' };
      // Counted files may all have been left out: locked, or only in the cloud.
      return event.files === 0
        ? { phase: 'stopped', reason: 'nothing-copied' }
        : { phase: 'restoring', progress: state.progress };
    case 'sampleRestored':
      if (state.phase !== 'restoring') return state;
      return event.different > 0
        ? { phase: 'stopped', reason: 'restore-differs' }
        : { phase: 'proved', receiptId: event.receiptId };
    case 'stopped':
      return running ? { phase: 'stopped', reason: event.reason } : state;
    case 'restarted':
      return running ? newBackup : state;
    default:
      return assertNever(event);
  }
}
