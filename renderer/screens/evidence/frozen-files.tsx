import { Eye, FileCheck, Plus, Square, SquareCheck, Trash2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { displayName } from '../../../shared/domain/display-name.ts';
import type { Evidence } from '../../../shared/domain/evidence.ts';
import type { EvidenceId } from '../../../shared/domain/ids.ts';
import { startRequest } from '../../features/start-request.ts';
import { shownCopy } from '../../features/evidence-preview.tsx';
import { EvidenceThumb } from '../../features/evidence-thumb.tsx';
import { copyNameAct, startAct } from '../../features/found-row.tsx';
import { type RowAct, RowDots, RowMenu } from '../../features/row-menu.tsx';
import { useTranslation } from '../../words/translation.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { FileName } from '../../components/file-name.tsx';
import { useEvidence } from '../../stores/evidence-store.ts';
import { CopyUses } from './copy-uses.tsx';
import { PreviewPane } from './preview-pane.tsx';

/** Copies already made on this PC: they never change again, whatever happens to the files they came from (COMPLAINT-15). */
export function FrozenFiles(): ReactNode {
  const { t, size, moment } = useTranslation();
  const frozen = useEvidence((state) => state.frozen) ?? [];
  /** `isToGo`: it was asked to be deleted, from its menu. */
  const [looked, setLooked] = useState<{ readonly file: Evidence; readonly isToGo: boolean } | null>(null);
  const look = (file: Evidence): void => setLooked({ file, isToGo: false });
  const [chosen, setChosen] = useState<ReadonlySet<EvidenceId>>(new Set());
  if (frozen.length === 0)
    return <EmptyState icon={FileCheck} title={t('evidence.noCopiesTitle')} text={t('evidence.noCopies')} />;
  const toggle = (id: EvidenceId): void =>
    setChosen(new Set(chosen.has(id) ? [...chosen].filter((item) => item !== id) : [...chosen, id]));
  const newest = [...frozen].sort((a, b) => b.frozenAt.localeCompare(a.frozenAt));
  return (
    <div className="with-preview">
      <div className="stack">
        <div className="row between wrap sticky-bar">
          <output className="dim small">{t('evidence.chosen', { count: chosen.size })}</output>
          <button
            type="button"
            className="button primary"
            disabled={chosen.size === 0 || chosen.size > 20}
            onClick={() => startRequest(undefined, [...chosen])}
          >
            <Plus size={16} aria-hidden />
            {t('evidence.startWith')}
          </button>
        </div>
        <ul className="list">
          {newest.map((file) => {
            const isOn = chosen.has(file.id);
            const label = t('evidence.rowMenu', { name: displayName(file.name) });
            const acts: readonly RowAct[] = [
              { label: t('evidence.open'), icon: Eye, run: () => look(file) },
              {
                label: t(isOn ? 'evidence.untick' : 'evidence.tick'),
                icon: isOn ? Square : SquareCheck,
                run: () => toggle(file.id),
              },
              startAct(t('evidence.startOne'), () => startRequest(undefined, [file.id])),
              copyNameAct(file.name, t('evidence.copyName')),
              {
                label: t('evidence.removeCopy'),
                icon: Trash2,
                run: () => setLooked({ file, isToGo: true }),
                isDanger: true,
              },
            ];
            return (
              <RowMenu key={file.id} label={label} acts={acts}>
                <li className="line linked" aria-current={looked?.file.id === file.id ? 'true' : undefined}>
                  <label className="tick-room">
                    <input
                      type="checkbox"
                      className="tick"
                      aria-label={t('evidence.choose', { name: displayName(file.name) })}
                      checked={isOn}
                      onChange={() => toggle(file.id)}
                    />
                  </label>
                  <EvidenceThumb file={shownCopy(file)} />
                  <div className="grow">
                    <button type="button" className="line-title" onClick={() => look(file)}>
                      <FileName name={file.name} />
                    </button>
                    <div className="dim small">
                      {t(`evidenceKind.${file.kind}`)} · {t(`evidenceOrigin.${file.origin}`)} ·{' '}
                      {moment(file.frozenAt)}
                      {file.onRequest ? ` · ${t('evidence.inUse')}` : ''}
                    </div>
                  </div>
                  <span className="dim small number">{size(file.sizeBytes)}</span>
                  <RowDots label={label} acts={acts} />
                </li>
              </RowMenu>
            );
          })}
        </ul>
      </div>
      <PreviewPane file={looked === null ? null : shownCopy(looked.file)} onClose={() => setLooked(null)}>
        {looked === null ? null : (
          <CopyUses
            key={`${looked.file.id} ${looked.isToGo}`}
            file={looked.file}
            isToGo={looked.isToGo}
            onGone={() => setLooked(null)}
          />
        )}
      </PreviewPane>
    </div>
  );
}
