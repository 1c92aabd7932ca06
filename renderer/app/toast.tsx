import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useToast } from '../stores/toast-store.ts';
import { toScreen } from '../components/to-screen.ts';
import { useTranslation } from '../words/translation.ts';

/** The sentence at the foot of the window; the region is always there, so that screen readers hear what comes into it. */
export function Toast(): ReactNode {
  const { t } = useTranslation();
  const { text, action, dismiss } = useToast();
  return (
    <output className={text === null ? 'toast empty-toast' : 'toast'}>
      {text === null ? null : (
        <>
          <span className="grow">{text}</span>
          {action === null ? null : (
            <button
              type="button"
              className="button"
              onClick={() => {
                action.run();
                dismiss();
                toScreen();
              }}
            >
              {action.label}
            </button>
          )}
          <button
            type="button"
            className="button icon"
            aria-label={t('action.dismiss')}
            title={t('action.dismiss')}
            onClick={dismiss}
          >
            <X size={16} aria-hidden />
          </button>
        </>
      )}
    </output>
  );
}
