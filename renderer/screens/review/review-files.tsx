import type { ReactNode } from 'react';
import type { AppError } from '../../../shared/domain/app-error.ts';
import type { Evidence } from '../../../shared/domain/evidence.ts';
import { useTranslation } from '../../words/translation.ts';
import { CopyButton } from '../../features/copy-button.tsx';
import { ErrorNotice } from '../../features/error-notice.tsx';
import { SizeMeter } from '../../features/size-meter.tsx';
import { evidenceIcons } from '../../components/evidence-kinds.ts';
import { FileName } from '../../components/file-name.tsx';
import { Identifier } from '../../components/identifier.tsx';

/** The files that leave, with size and whole hash: the list is what is sent (COMPLAINT-9). */
export function ReviewFiles({
  files,
  problem,
}: {
  readonly files: readonly Evidence[];
  readonly problem: AppError | null;
}): ReactNode {
  const { t, size } = useTranslation();
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
            const Icon = evidenceIcons[file.kind];
            return (
              <li key={file.id} className="line tall">
                <Icon size={16} aria-hidden />
                <div className="grow">
                  <FileName name={file.name} />{' '}
                  <span className="dim small">
                    {size(file.sizeBytes)}
                    {file.tailOnly ? ` · ${t('evidence.tailOnly')}` : ''}
                  </span>
                  <div className="hash small dim">
                    <Identifier text={file.sha256} />
                  </div>
                </div>
                <CopyButton text={file.sha256} label={t('review.copyHash')} />
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}
