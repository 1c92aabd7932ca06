import { FileSearch, Plus } from 'lucide-react';
import { type ReactNode, useMemo, useState } from 'react';
import { likelyTool, startRequest } from '../../features/start-request.ts';
import { shownFound } from '../../features/evidence-preview.tsx';
import { useTranslation } from '../../words/translation.ts';
import { type CandidateGroup, candidateGroups, groupIds } from '../../components/candidate-groups.ts';
import { FoundRow, startAct } from '../../features/found-row.tsx';
import { Confirm } from '../../components/confirm.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { takeFiles, useEvidence } from '../../stores/evidence-store.ts';
import { PreviewPane } from './preview-pane.tsx';

/** Files seen on disk, newest first, by day. A press shows one where it lies; starting a request copies the ticked ones. */
export function FoundFiles(): ReactNode {
  const { t, day } = useTranslation();
  const candidates = useEvidence((state) => state.candidates);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [looked, setLooked] = useState<CandidateGroup | null>(null);
  const [asking, setAsking] = useState<readonly CandidateGroup[] | null>(null);
  const toggle = (id: string): void =>
    setChosen(new Set(chosen.has(id) ? [...chosen].filter((item) => item !== id) : [...chosen, id]));
  const groups = useMemo(() => candidateGroups(candidates), [candidates]);
  const picked = groups.filter((group) => chosen.has(group.key));
  const start = (wanted: readonly CandidateGroup[]): void =>
    void takeFiles(() =>
      window.officina.freezeCandidates({
        candidateIds: wanted.flatMap(groupIds).slice(0, 40),
        tailOfLarge: true,
      }),
    ).then((frozen) => {
      if (frozen.length > 0)
        startRequest(
          likelyTool(wanted[0]?.lead.productGuess ?? null),
          frozen.map((file) => file.id).slice(0, 20),
        );
    });
  // An ECU read is the customer's: nobody takes it along by accident.
  const ask = (wanted: readonly CandidateGroup[]): void =>
    wanted.some((group) => group.lead.kind === 'ecu-read') ? setAsking(wanted) : start(wanted);
  const days = [...new Set(groups.map((group) => day(group.lead.modifiedAt)))];
  if (candidates.length === 0)
    return <EmptyState icon={FileSearch} title={t('evidence.nothingTitle')} text={t('evidence.nothing')} />;
  return (
    <div className="with-preview">
      <div className="stack">
        <div className="row between wrap sticky-bar">
          <output className="dim small">{t('evidence.chosen', { count: picked.length })}</output>
          <button
            type="button"
            className="button primary"
            disabled={picked.length === 0}
            onClick={() => ask(picked)}
          >
            <Plus size={16} aria-hidden />
            {t('evidence.startWith')}
          </button>
        </div>
        {days.map((name) => (
          <section key={name} className="stack tight" aria-label={name}>
            <h2 className="day">{name}</h2>
            <ul className="list">
              {groups
                .filter((group) => day(group.lead.modifiedAt) === name)
                .map((group) => (
                  <FoundRow
                    key={group.key}
                    group={group}
                    isOn={chosen.has(group.key)}
                    onToggle={() => toggle(group.key)}
                    onLook={() => setLooked(group)}
                    isLooked={looked?.key === group.key}
                    tick={{ on: t('evidence.tick'), off: t('evidence.untick') }}
                    further={[startAct(t('evidence.startOne'), () => ask([group]))]}
                  />
                ))}
            </ul>
          </section>
        ))}
      </div>
      <PreviewPane file={looked === null ? null : shownFound(looked.lead)} onClose={() => setLooked(null)} />
      <Confirm
        open={asking !== null}
        onOpenChange={(open) => (open ? undefined : setAsking(null))}
        title={t('evidence.readTitle')}
        text={t('evidence.readText')}
        keep={t('evidence.readKeep')}
        go={t('evidence.readGo')}
        tone="plain"
        onGo={() => (asking === null ? undefined : start(asking))}
      />
    </div>
  );
}
