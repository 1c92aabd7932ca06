import { Eye, FileSearch, Plus } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { displayName } from '../../../shared/domain/display-name.ts';
import type { Evidence, EvidenceCandidate } from '../../../shared/domain/evidence.ts';
import type { CandidateId } from '../../../shared/domain/ids.ts';
import { likelyTool, startRequest } from '../../app/start-request.ts';
import { useTranslation } from '../../app/translation.ts';
import { candidateReason } from '../../components/candidate-list.tsx';
import { Confirm } from '../../components/confirm.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { evidenceIcons } from '../../components/evidence-kinds.ts';
import { FileName } from '../../components/file-name.tsx';
import { takeFiles, useEvidence } from '../../stores/evidence-store.ts';
import { PreviewPane } from './preview-pane.tsx';

/** Files seen on disk, newest first, by day. Looking at one makes a copy of it; starting a request takes the ticked ones. */
export function FoundFiles(): ReactNode {
  const words = useTranslation();
  const { t, day, size } = words;
  const candidates = useEvidence((state) => state.candidates);
  const [chosen, setChosen] = useState<ReadonlySet<CandidateId>>(new Set());
  const [looked, setLooked] = useState<Evidence | null>(null);
  const [asking, setAsking] = useState(false);
  const toggle = (id: CandidateId): void => setChosen(new Set(chosen.has(id) ? [...chosen].filter((item) => item !== id) : [...chosen, id]));
  const look = (candidate: EvidenceCandidate): void => void takeFiles(() => window.officina.freezeCandidates({ candidateIds: [candidate.id], tailOfLarge: true })).then((frozen) => setLooked(frozen[0] ?? null));
  const picked = candidates.filter((item) => chosen.has(item.id));
  const start = (): void => void takeFiles(() => window.officina.freezeCandidates({ candidateIds: picked.map((item) => item.id), tailOfLarge: true })).then((frozen) => {
    if (frozen.length > 0) startRequest(likelyTool(picked[0]?.productGuess ?? null), frozen.map((file) => file.id).slice(0, 20));
  });
  const days = [...new Set(candidates.map((item) => day(item.modifiedAt)))];
  if (candidates.length === 0) return <EmptyState icon={FileSearch} title={t('evidence.nothingTitle')} text={t('evidence.nothing')} />;
  return (
    <div className="with-preview">
      <div className="stack">
        <div className="row between wrap sticky-bar"><output className="dim small">{t('evidence.chosen', { count: picked.length })}</output><button type="button" className="button primary" disabled={picked.length === 0} onClick={() => (picked.some((item) => item.kind === 'ecu-read') ? setAsking(true) : start())}><Plus size={16} aria-hidden />{t('evidence.startWith')}</button></div>
        {days.map((name) => (
          <section key={name} className="stack tight" aria-label={name}>
            <h3>{name}</h3>
            <ul className="list">
              {candidates.filter((item) => day(item.modifiedAt) === name).map((item) => {
                const Icon = evidenceIcons[item.kind];
                return (
                  <li key={item.id} className="line">
                    <label className="candidate">
                      <input type="checkbox" className="tick" checked={chosen.has(item.id)} onChange={() => toggle(item.id)} />
                      <Icon size={16} aria-hidden />
                      <span className="grow"><FileName name={item.name} /> <bdi className="dim small">{displayName(item.folderLabel)}</bdi><span className="reason dim small">{candidateReason(item, words)}</span></span>
                    </label>
                    <span className="dim small number">{size(item.sizeBytes)}</span>
                    <button type="button" className="button icon" aria-label={t('evidence.look', { name: displayName(item.name) })} title={t('evidence.lookCopies')} onClick={() => look(item)}><Eye size={16} aria-hidden /></button>
                  </li>
                );
              })}
            </ul>
          </section>
        ))}
      </div>
      <PreviewPane file={looked} onClose={() => setLooked(null)} />
      <Confirm open={asking} onOpenChange={setAsking} title={t('evidence.readTitle')} text={t('evidence.readText')} keep={t('evidence.readKeep')} go={t('evidence.readGo')} tone="plain" onGo={start} />
    </div>
  );
}
