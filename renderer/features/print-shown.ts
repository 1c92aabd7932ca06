import type { TicketId } from '../../shared/domain/ids.ts';
import { useApp } from '../stores/app-store.ts';
import { useDraft } from '../stores/draft-store.ts';
import { useRemote } from '../stores/remote-store.ts';
import { useToast } from '../stores/toast-store.ts';
import type { Words } from '../words/translation.ts';
import { saveToFolder } from './save-folder.ts';
import { saveReceipt } from './save-receipt.ts';

/** Saves a request as it stands in the window: what the disk did not take goes along (D1). */
export async function saveAsShown(id: TicketId, t: Words['t']): Promise<void> {
  await useDraft.getState().flush();
  const { draft, dirty } = useDraft.getState();
  await saveToFolder(id, t, dirty && draft?.id === id ? draft.content : null);
}

/** What is on screen as a document to print: the request as page and PDF, or the receipt of a session that is over; elsewhere it is said what can be printed. */
export function printShown({ t }: Pick<Words, 't'>): void {
  const { route } = useApp.getState();
  if (!('id' in route)) {
    useToast.getState().say(t('print.openFirst'));
    return;
  }
  const { view } = useRemote.getState();
  const receipt = route.screen === 'remote' && view?.ticketId === route.id ? view.receipt : null;
  void (receipt === null
    ? saveAsShown(route.id, t)
    : saveReceipt(() => window.officina.saveReceipt({ receiptId: receipt.id }), { t }));
}
