import { displayName } from '../../shared/domain/display-name.ts';
import type { AppError } from '../../shared/domain/app-error.ts';
import type { Result } from '../../shared/domain/result.ts';
import type { Words } from '../words/translation.ts';
import { useToast } from '../stores/toast-store.ts';
import { remoteAct } from './remote-act.ts';

/** Saves a receipt to a folder the person chooses, and says where it went; nothing is said when they chose none. */
export async function saveReceipt(
  save: () => Promise<Result<{ readonly folder: string } | null, AppError>>,
  { t }: Pick<Words, 't'>,
): Promise<void> {
  const saved = await remoteAct(save);
  if (saved !== null) useToast.getState().say(t('remote.saved', { folder: displayName(saved.folder) }));
}
