import { type ReactNode, useEffect, useState } from 'react';
import type { TicketId } from '../../../shared/domain/ids.ts';
import type { DraftAdvice } from '../../../shared/ipc/advice-views.ts';
import { quietly } from '../../app/bridge.ts';
import { pcFindingText } from '../../app/pc-finding-text.ts';
import { useTranslation } from '../../app/translation.ts';
import { DatabankLink } from '../../components/databank-link.tsx';
import { VersionFacts } from '../../components/version-facts.tsx';
import { Why } from '../../components/why.tsx';
import { PcCheckDetails, ScoreDetails } from './advice-details.tsx';
import { TwinNote } from './twin-note.tsx';

function useAdvice(id: TicketId): readonly [DraftAdvice | null, () => void] {
  const [advice, setAdvice] = useState<DraftAdvice | null>(null);
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    let current = true;
    void turn;
    void quietly(window.officina.draftAdvice({ id })).then((view) => {
      if (current && view !== null) setAdvice(view);
    });
    return () => {
      current = false;
    };
  }, [id, turn]);
  return [advice, () => setTurn((before) => before + 1)];
}

/** R-VERSION-1: an old version warns; anything else is told where whoever looks finds it. */
function VersionNote({ version }: { readonly version: DraftAdvice['version'] }): ReactNode {
  const { t } = useTranslation();
  const { status, installed, latest } = version;
  if (installed === null && latest === null) return null;
  if (status !== 'outdated' || installed === null || latest === null)
    return (
      <li className="card small">
        <VersionFacts version={version} />
      </li>
    );
  return (
    <li className="card stack tight">
      <div className="row between">
        <span className="strong">{t('advice.oldVersion', { installed: installed.text, latest: latest.text })}</span>
        <Why ruleId="R-VERSION-1" lookedAt={[installed.text, latest.text]} />
      </div>
      <div className="small">
        <VersionFacts version={version} />
      </div>
      <div className="row wrap">
        <span className="dim small">{t('version.update')}</span>
        <DatabankLink />
      </div>
    </li>
  );
}

/** What the rules add in the margin: a likely double, an old version, a cause outside support. None of it blocks. */
export function AdviceNotes({ id }: { readonly id: TicketId }): ReactNode {
  const words = useTranslation();
  const { t, language } = words;
  const [advice, again] = useAdvice(id);
  if (advice === null) return null;
  const { duplicates, causes, version, completeness, pcChecks, waivers } = advice;
  const open = duplicates.twins.filter(
    (twin) => !waivers.some((waiver) => waiver.ruleId === 'R-TICKET-4' && waiver.about === twin.ticketId),
  );
  const finding = (check: string): string => {
    const found = pcChecks.find((item) => item.id === check);
    return found === undefined ? check : pcFindingText(found.finding, words);
  };
  return (
    <section className="stack tight" aria-label={t('advice.title')}>
      <h2>{t('advice.title')}</h2>
      <ScoreDetails completeness={completeness} />
      <ul className="plain stack tight">
        {open.map((twin) => (
          <TwinNote key={twin.ticketId} id={id} twin={twin} onWaived={again} />
        ))}
        {duplicates.split === null ? null : (
          <li className="card stack tight">
            <div className="row between">
              <span className="strong">{t('advice.twoProblems')}</span>
              <Why ruleId="R-TICKET-5" lookedAt={[]} />
            </div>
            <p className="dim small">{t('advice.secondProblem', { text: duplicates.split.second })}</p>
          </li>
        )}
        <VersionNote version={version} />
        {causes.map((cause) => (
          <li key={cause.id} className="card stack tight">
            <div className="row between">
              <span className="strong">{cause.name[language]}</span>
              <Why ruleId="R-EXCL-1" lookedAt={[...cause.checks.map(finding), ...cause.words]} />
            </div>
            <p className="small">{cause.tryFirst[language]}</p>
          </li>
        ))}
      </ul>
      <PcCheckDetails checks={pcChecks} />
    </section>
  );
}
