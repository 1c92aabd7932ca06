import { Eye, FileSearch, Plus } from 'lucide-react';
import { type ReactNode, useMemo, useState } from 'react';
import { displayName } from '../../../shared/domain/display-name.ts';
import type { Evidence } from '../../../shared/domain/evidence.ts';
import { likelyTool, startRequest } from '../../features/start-request.ts';
import { useTranslation } from '../../words/translation.ts';
import { type CandidateGroup, candidateGroups, groupIds } from '../../components/candidate-groups.ts';
import { CandidateWords } from '../../components/candidate-words.tsx';
import { Confirm } from '../../components/confirm.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { evidenceIcons } from '../../components/evidence-kinds.ts';
import { takeFiles, useEvidence } from '../../stores/evidence-store.ts';
import { PreviewPane } from './preview-pane.tsx';

/** Files seen on disk, newest first, by day. Looking at one makes a copy of it; starting a request takes the ticked ones. */
export function FoundFiles(): ReactNode {
  const { t, day, size } = useTranslation();
  const candidates = useEvidence((state) => state.candidates);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [looked, setLooked] = useState<Evidence | null>(null);
  const [asking, setAsking] = useState(false);
  const toggle = (id: string): void => setChosen(new Set(chosen.has(id) ? [...chosen].filter((item) => item !== id) : [...chosen, id]));
  const look = (group: CandidateGroup): void =>
    void takeFiles(() => window.officina.freezeCandidates({ candidateIds: [group.lead.id], tailOfLarge: true })).then((frozen) =>
      setLooked(frozen[0] ?? null),
    );
  const groups = useMemo(() => candidateGroups(candidates), [candidates]);
  const picked = groups.filter((group) => chosen.has(group.key));
  const start = (): void =>
    void takeFiles(() => window.officina.freezeCandidates({ candidateIds: picked.flatMap(groupIds).slice(0, 40), tailOfLarge: true })).then(
      (frozen) => {
        if (frozen.length > 0) startRequest(likelyTool(picked[0]?.lead.productGuess ?? null), frozen.map((file) => file.id).slice(0, 20));
      },
    );
  const days = [...new Set(groups.map((group) => day(group.lead.modifiedAt)))];
  if (candidates.length === 0) return <EmptyState icon={FileSearch} title={t('evidence.nothingTitle')} text={t('evidence.nothing')} />;
  return (
    <div className="with-preview">
      <div className="stack">
        <div className="row between wrap sticky-bar">
          <output className="dim small">{t('evidence.chosen', { count: picked.length })}</output>
          <button
            type="button"
            className="button primary"
            disabled={picked.length === 0}
            onClick={() => (picked.some((group) => group.lead.kind === 'ecu-read') ? setAsking(true) : start())}
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
                .map((group) => {
                  const Icon = evidenceIcons[group.lead.kind];
                  return (
                    <li key={group.key} className="line">
                      <label className="candidate">
                        <input type="checkbox" className="tick" checked={chosen.has(group.key)} onChange={() => toggle(group.key)} />
                        <Icon size={16} aria-hidden />
                        <CandidateWords group={group} />
                      </label>
                      <span className="dim small number">{size(group.sizeBytes)}</span>
                      <button
                        type="button"
                        className="button icon"
                        aria-label={t('evidence.look', { name: displayName(group.lead.name) })}
                        title={t('evidence.lookCopies')}
                        onClick={() => look(group)}
                      >
                        <Eye size={16} aria-hidden />
                      </button>
                    </li>
                  );
                })}
            </ul>
          </section>
        ))}
      </div>
      <PreviewPane file={looked} onClose={() => setLooked(null)} />
      <Confirm
        open={asking}
        onOpenChange={setAsking}
        title={t('evidence.readTitle')}
        text={t('evidence.readText')}
        keep={t('evidence.readKeep')}
        go={t('evidence.readGo')}
        tone="plain"
        onGo={start}
      />
    </div>
  );
}
