import { type ReactNode, useEffect, useRef } from 'react';
import { Confirm } from '../components/confirm.tsx';
import { useDraft } from '../stores/draft-store.ts';
import { useUnsaved } from '../stores/unsaved-store.ts';
import { useTranslation } from '../words/translation.ts';

/** Hands over the last keystrokes when the window goes, and asks first when some of them cannot be stored. */
export function LeaveGuard(): ReactNode {
  const { t } = useTranslation();
  const leaving = useUnsaved((state) => state.leaving);
  const agreed = useRef(false);
  useEffect(() => {
    const flush = (): void => void useDraft.getState().flush();
    const leave = (event: BeforeUnloadEvent): void => {
      flush();
      if (useUnsaved.getState().places.size === 0 || agreed.current) return;
      event.preventDefault();
      useUnsaved.getState().askToLeave(true);
    };
    window.addEventListener('blur', flush);
    window.addEventListener('beforeunload', leave);
    return () => {
      window.removeEventListener('blur', flush);
      window.removeEventListener('beforeunload', leave);
    };
  }, []);
  const go = (): void => {
    agreed.current = true;
    window.close();
  };
  return (
    <Confirm
      open={leaving}
      onOpenChange={useUnsaved.getState().askToLeave}
      title={t('leave.title')}
      text={t('leave.text')}
      keep={t('leave.keep')}
      go={t('leave.go')}
      onGo={go}
    />
  );
}
