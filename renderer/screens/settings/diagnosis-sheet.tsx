import { type ReactNode, useEffect, useState } from 'react';
import type { AppInfo } from '../../../shared/ipc/views.ts';
import { quietly } from '../../bridge/bridge.ts';
import { Sheet } from '../../components/sheet.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { CopyButton } from '../../features/copy-button.tsx';
import { diagnosisText } from '../../features/diagnosis-text.ts';
import { useTranslation } from '../../words/translation.ts';

/** What the program knows of itself, as text to read and then to copy for whoever helps; asked for anew each time it is opened. */
export function DiagnosisSheet({
  info,
  onClose,
}: {
  readonly info: AppInfo;
  readonly onClose: () => void;
}): ReactNode {
  const { t } = useTranslation();
  const [text, setText] = useState<string | null>(null);
  useEffect(() => {
    let current = true;
    const { officina } = window;
    void Promise.all([
      quietly(officina.portalStatus({})),
      quietly(officina.outbox({})),
      quietly(officina.requests({ filter: 'all', text: '', offset: 0, limit: 1 })),
      quietly(officina.packStatus({})),
    ]).then(([status, queue, list, packs]) => {
      if (current)
        setText(diagnosisText({ info, status, queue, list, packs, at: new Date().toISOString() }, t));
    });
    return () => {
      current = false;
    };
  }, [info, t]);
  return (
    <Sheet
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={t('diagnosis.title')}
      close={t('action.close')}
    >
      <div className="stack">
        <p className="dim small">{t('diagnosis.text')}</p>
        {text === null ? (
          <Skeleton lines={8} label={t('action.loading')} />
        ) : (
          <>
            <pre className="text-preview">{text}</pre>
            <CopyButton text={text} label={t('diagnosis.copy')} words />
          </>
        )}
      </div>
    </Sheet>
  );
}
