import { Check, Eye, Trash2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { displayName } from '../../shared/domain/display-name.ts';
import type { Evidence } from '../../shared/domain/evidence.ts';
import type { EvidenceId } from '../../shared/domain/ids.ts';
import { useTranslation } from '../words/translation.ts';
import { shownCopy } from './evidence-preview.tsx';
import { EvidenceThumb } from './evidence-thumb.tsx';
import { copyNameAct } from './found-row.tsx';
import { type RowAct, RowDots, RowMenu } from './row-menu.tsx';
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
          const shown = displayName(file.name);
          const GoneIcon = evidenceIcons[file.kind];
          const isHere = file.removedAt === null;
          const label = t('evidence.rowMenu', { name: shown });
          const acts: readonly RowAct[] = [
            ...(isHere ? [{ label: t('evidence.open'), icon: Eye, run: () => setLooked(file) }] : []),
            copyNameAct(file.name, t('evidence.copyName')),
            ...(onRemove === null
              ? []
              : [{ label: t('evidence.takeOffShort'), icon: Trash2, run: () => onRemove(file.id) }]),
          ];
          return (
            <RowMenu key={file.id} label={label} acts={acts}>
              <li className={isHere ? 'line linked' : 'line'}>
                {isHere ? <EvidenceThumb file={shownCopy(file)} /> : <GoneIcon size={16} aria-hidden />}
                <div className="grow">
                  {isHere ? (
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
                <RowDots label={label} acts={acts} />
              </li>
            </RowMenu>
          );
        })}
      </ul>
      <PreviewSheet file={looked === null ? null : shownCopy(looked)} onClose={() => setLooked(null)} />
    </>
  );
}
