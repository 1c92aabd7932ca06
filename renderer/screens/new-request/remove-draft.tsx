import { AlertDialog } from '@base-ui/react/alert-dialog';
import { Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from '../../app/translation.ts';

/** Asks before a draft is deleted; keeping it is the answer the focus rests on. */
export function RemoveDraft({ onRemove }: { readonly onRemove: () => void }): ReactNode {
  const { t } = useTranslation();
  return (
    <AlertDialog.Root>
      <AlertDialog.Trigger className="button quiet"><Trash2 size={16} aria-hidden />{t('draft.remove')}</AlertDialog.Trigger>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className="scrim" />
        <AlertDialog.Popup className="dialog stack">
          <AlertDialog.Title>{t('draft.removeTitle')}</AlertDialog.Title>
          <AlertDialog.Description>{t('draft.removeText')}</AlertDialog.Description>
          <div className="row">
            <AlertDialog.Close className="button primary">{t('draft.keep')}</AlertDialog.Close>
            <AlertDialog.Close className="button" onClick={onRemove}>{t('draft.remove')}</AlertDialog.Close>
          </div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
