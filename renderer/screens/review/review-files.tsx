import { type ReactNode, useState } from 'react';
import { displayName } from '../../../shared/domain/display-name.ts';
import type { AppError } from '../../../shared/domain/app-error.ts';
import type { Evidence } from '../../../shared/domain/evidence.ts';
import { useTranslation } from '../../words/translation.ts';
import { CopyButton } from '../../features/copy-button.tsx';
import { shownCopy } from '../../features/evidence-preview.tsx';
import { EvidenceThumb } from '../../features/evidence-thumb.tsx';
import { PreviewSheet } from '../../features/preview-sheet.tsx';
import { ErrorNotice } from '../../features/error-notice.tsx';
import { SizeMeter } from '../../features/size-meter.tsx';
import { FileName } from '../../components/file-name.tsx';
import { Identifier } from '../../components/identifier.tsx';

/** The files that leave, pictures in small, with size and behind it the whole hash: the list is what is sent (COMPLAINT-9). */
export function ReviewFiles({
  files,
  problem,
}: {
  readonly files: readonly Evidence[];
  readonly problem: AppError | null;
}): ReactNode {
  const { t, size } = useTranslation();
  const [looked, setLooked] = useState<Evidence | null>(null);
  const bytes = files.reduce((sum, file) => sum + file.sizeBytes, 0);
  return (
    <section className="stack tight" aria-label={t('review.files')}>
      <div className="row between">
        <h2>{t('review.files')}</h2>
        <span className="dim small">
          {t('draft.fileCount', { count: files.length })} · {size(bytes)}
        </span>
      </div>
      {problem === null ? null : <ErrorNotice error={problem} />}
      <SizeMeter files={files} />
      {files.length === 0 ? (
        <p className="dim">{t('review.noFiles')}</p>
      ) : (
        <ul className="list">
          {files.map((file) => {
            const shown = displayName(file.name);
            return (
              <li key={file.id} className="line tall">
                <button
                  type="button"
                  className="look"
                  aria-label={t('evidence.look', { name: shown })}
                  title={t('evidence.look', { name: shown })}
                  onClick={() => setLooked(file)}
                >
                  <EvidenceThumb file={shownCopy(file)} />
                </button>
                <div className="grow">
                  <FileName name={file.name} />{' '}
                  <span className="dim small">
                    {size(file.sizeBytes)}
                    {file.tailOnly ? ` · ${t('evidence.tailOnly')}` : ''}
                  </span>
                  <details className="licence small">
                    <summary aria-label={`${t('action.details')}: ${shown}`}>{t('action.details')}</summary>
                    <div className="row dim">
                      <span className="hash">
                        SHA-256 <Identifier text={file.sha256} />
                      </span>
                      <CopyButton text={file.sha256} label={t('review.copyHash')} />
                    </div>
                  </details>
                </div>
              </li>
            );
          })}
        </ul>
      )}
      <PreviewSheet file={looked === null ? null : shownCopy(looked)} onClose={() => setLooked(null)} />
    </section>
  );
}
