import { Check, Trash2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { displayName } from '../../shared/domain/display-name.ts';
import type { Evidence } from '../../shared/domain/evidence.ts';
import type { EvidenceId } from '../../shared/domain/ids.ts';
import { useTranslation } from '../words/translation.ts';
import { shownCopy } from './evidence-preview.tsx';
import { PreviewSheet } from './preview-sheet.tsx';
import { evidenceIcons } from '../components/evidence-kinds.ts';
import { FileName } from '../components/file-name.tsx';

/** Frozen files of a request or reply, in the order they will be sent; each can be looked at and taken off. */
export function AttachedFiles({
  files,
  onRemove,
}: {
  readonly files: readonly Evidence[];
  readonly onRemove: ((id: EvidenceId) => void) | null;
}): ReactNode {
  const { t, size, day } = useTranslation();
  const [looked, setLooked] = useState<Evidence | null>(null);
  if (files.length === 0) return null;
  return (
    <>
      <ul className="list">
        {files.map((file) => {
          const Icon = evidenceIcons[file.kind];
          const shown = displayName(file.name);
          return (
            <li key={file.id} className={file.removedAt === null ? 'line linked' : 'line'}>
              <Icon size={16} aria-hidden />
              <div className="grow">
                {file.removedAt === null ? (
                  <button
                    type="button"
                    className="line-title"
                    aria-label={t('evidence.look', { name: shown })}
                    onClick={() => setLooked(file)}
                  >
                    <FileName name={file.name} />
                  </button>
                ) : (
                  <FileName name={file.name} />
                )}
                <div className="dim small">
                  {size(file.sizeBytes)} · {t(`evidenceKind.${file.kind}`)}
                  {file.tailOnly ? ` · ${t('evidence.tailOnly')}` : ''} ·{' '}
                  {file.removedAt === null ? (
                    <span className="fixed">
                      <Check size={12} aria-hidden />
                      {t('evidence.copyFixed')}
                    </span>
                  ) : (
                    t('evidence.removedOn', { day: day(file.removedAt) })
                  )}
                </div>
              </div>
              {onRemove === null ? null : (
                <button
                  type="button"
                  className="button icon raised"
                  aria-label={t('evidence.takeOff', { name: shown })}
                  title={t('evidence.takeOffShort')}
                  onClick={() => onRemove(file.id)}
                >
                  <Trash2 size={16} aria-hidden />
                </button>
              )}
            </li>
          );
        })}
      </ul>
      <PreviewSheet file={looked === null ? null : shownCopy(looked)} onClose={() => setLooked(null)} />
    </>
  );
}
