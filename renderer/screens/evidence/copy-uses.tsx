import { Trash2 } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { displayName } from '../../../shared/domain/display-name.ts';
import type { Evidence } from '../../../shared/domain/evidence.ts';
import type { CopyUse } from '../../../shared/ipc/views.ts';
import { quietly, unwrap } from '../../bridge/bridge.ts';
import { Confirm } from '../../components/confirm.tsx';
import { attempt } from '../../stores/app-store.ts';
import { useEvidence } from '../../stores/evidence-store.ts';
import { useTranslation } from '../../words/translation.ts';

/** What names a copy, and the way to delete it. What is needed is not asked about: the refusal says what needs it. */
export function CopyUses({
  file,
  isToGo = false,
  onGone,
}: {
  readonly file: Evidence;
  /** True where somebody asked to delete it before they came here. */
  readonly isToGo?: boolean;
  readonly onGone: () => void;
}): ReactNode {
  const { t } = useTranslation();
  const [uses, setUses] = useState<readonly CopyUse[] | null>(null);
  const isWanted = useRef(isToGo);
  const [asking, setAsking] = useState(false);
  useEffect(() => {
    let current = true;
    void quietly(window.officina.copyUses({ evidenceId: file.id })).then((found) => {
      if (current) setUses(found ?? []);
    });
    return () => {
      current = false;
    };
  }, [file.id]);
  const remove = (): void =>
    void attempt(async () => {
      await unwrap(window.officina.removeCopy({ evidenceId: file.id }));
      onGone();
    }).finally(() => void useEvidence.getState().refresh());
  const ask = (): void => ((uses ?? []).some((use) => use.isNeeded) ? remove() : setAsking(true));
  const askNow = useRef(ask);
  askNow.current = ask;
  useEffect(() => {
    if (uses === null || !isWanted.current) return;
    isWanted.current = false;
    askNow.current();
  }, [uses]);
  const nameOf = ({ kind, request }: CopyUse): string =>
    t(`copyUse.${kind}`, { request: request === '' ? t('requests.untitled') : request });
  return (
    <div className="stack tight">
      {(uses ?? []).map((use) => (
        <p key={use.ticketId} className="dim small">
          {t(use.isNeeded ? 'evidence.usedBy' : 'evidence.wasUsedBy', { use: nameOf(use) })}
        </p>
      ))}
      <div>
        <button type="button" className="button quiet danger-quiet" onClick={ask}>
          <Trash2 size={16} aria-hidden />
          {t('evidence.removeCopy')}
        </button>
      </div>
      <Confirm
        open={asking}
        onOpenChange={setAsking}
        title={t('evidence.removeCopyTitle')}
        text={t('evidence.removeCopyText', { name: displayName(file.name) })}
        keep={t('evidence.removeCopyKeep')}
        go={t('evidence.removeCopy')}
        onGo={remove}
      />
    </div>
  );
}
