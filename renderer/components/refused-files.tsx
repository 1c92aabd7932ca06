import type { ReactNode } from 'react';
import { useTranslation } from '../app/translation.ts';
import { useEvidence } from '../stores/evidence-store.ts';
import { ErrorNotice } from './error-notice.tsx';
import { FileName } from './file-name.tsx';

/** Files that could not be taken, each with its reason; a large one may be taken by its end. */
export function RefusedFiles({ onTail }: { readonly onTail?: (name: string) => void }): ReactNode {
  const { t } = useTranslation();
  const refused = useEvidence((state) => state.refused);
  if (refused.length === 0) return null;
  return (
    <div className="stack tight">
      {refused.map((item) => (
        <div key={item.name} className="stack tight">
          <FileName name={item.name} />
          <ErrorNotice error={item.error} onDismiss={() => useEvidence.setState({ refused: refused.filter((other) => other !== item) })} />
          {item.error.code === 'evidence.tooLarge' && onTail !== undefined ? <div><button type="button" className="button" onClick={() => onTail(item.name)}>{t('evidence.takeTail')}</button></div> : null}
        </div>
      ))}
    </div>
  );
}
