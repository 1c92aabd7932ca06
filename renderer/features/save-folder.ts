import { displayName } from '../../shared/domain/display-name.ts';
import type { DraftContent } from '../../shared/domain/draft.ts';
import type { TicketId } from '../../shared/domain/ids.ts';
import type { Translate } from '../../shared/i18n/translator.ts';
import { attempt } from '../stores/app-store.ts';
import { useToast } from '../stores/toast-store.ts';
import { unwrap } from '../bridge/bridge.ts';

const namedAtMost = 3;

/** What was saved, and after it the first names of what could not be; the folder's own list names them all. */
export function withMissing(said: string, missing: readonly string[], t: Translate): string {
  if (missing.length === 0) return said;
  const names = missing.slice(0, namedAtMost).map(displayName).join(', ');
  return `${said} ${t('manual.missing', { count: missing.length, names: missing.length > namedAtMost ? `${names}, …` : names })}`;
}

/**
 * Writes a request to a folder the person chooses and says where it went; works without any portal (COMPLAINT-2, COMPLAINT-4).
 * @param unstored what was typed into the draft and the disk does not take (D1)
 * @throws CallFailed, for places that tell a failure themselves
 */
export async function writeToFolder(
  id: TicketId,
  t: Translate,
  unstored: DraftContent | null = null,
): Promise<void> {
  const saved = await unwrap(window.officina.exportRequest({ id, unstored }));
  if (saved === null) return;
  const folder = displayName(saved.folder);
  const said =
    saved.files === 0
      ? t('manual.savedAlone', { folder })
      : t('manual.saved', { count: saved.files, folder });
  useToast
    .getState()
    .say(withMissing(saved.hasPdf ? said : `${said} ${t('manual.noPdf')}`, saved.missing, t));
}

/** As `writeToFolder`, with its failure told where the screen tells its own. */
export async function saveToFolder(
  id: TicketId,
  t: Translate,
  unstored: DraftContent | null = null,
): Promise<void> {
  await attempt(() => writeToFolder(id, t, unstored));
}
