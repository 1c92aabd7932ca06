import type { TicketId } from '../../shared/domain/ids.ts';
import type { Translate } from '../../shared/i18n/translator.ts';
import { attempt } from '../stores/app-store.ts';
import { useToast } from '../stores/toast-store.ts';
import { unwrap } from '../bridge/bridge.ts';

/** Removes a draft without asking, for one press takes it back. */
export async function removeDraft(
  { id, title }: { readonly id: TicketId; readonly title: string },
  t: Translate,
): Promise<boolean> {
  const done = await attempt(async () => {
    await unwrap(window.officina.removeDraft({ id }));
    return true;
  });
  if (done !== true) return false;
  const undo = (): void => void attempt(() => unwrap(window.officina.bringDraftBack({ id })));
  useToast.getState().say(t('requests.removed', { title: title === '' ? t('requests.untitled') : title }), {
    label: t('action.undo'),
    run: undo,
  });
  return true;
}
