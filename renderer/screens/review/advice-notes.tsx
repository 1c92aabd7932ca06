import type { ReactNode } from 'react';
import type { TicketId } from '../../../shared/domain/ids.ts';
import type { LikelyCause } from '../../../shared/domain/exclusion-pack.ts';
import { twoProblems } from '../../../shared/rules/standing-warnings.ts';
import type { DraftAdvice } from '../../../shared/ipc/advice-views.ts';
import { pcFindingText } from '../../app/pc-finding-text.ts';
import { useTranslation } from '../../app/translation.ts';
import { DatabankLink } from '../../components/databank-link.tsx';
import { VersionFacts } from '../../components/version-facts.tsx';
import { Why } from '../../components/why.tsx';
import { PcCheckDetails, ScoreDetails } from './advice-details.tsx';
import { TwinNote } from './twin-note.tsx';
import { WarningReason } from './warning-reason.tsx';

type NoteProps = { readonly id: TicketId; readonly advice: DraftAdvice; readonly onKept: () => void };

/** R-VERSION-1: an old version warns; anything else is told where whoever looks finds it. */
function VersionNote({ id, advice: { version, waivers }, onKept }: NoteProps): ReactNode {
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
      <WarningReason
        key={installed.text}
        id={id}
        warnings={[{ ruleId: 'R-VERSION-1', about: installed.text }]}
        waivers={waivers}
        label={t('advice.whyOld')}
        onKept={onKept}
      />
    </li>
  );
}

/** R-EXCL-1: a cause outside support that seems to apply, what speaks for it, and what to try first. */
function CauseNote({ id, cause, advice: { pcChecks, waivers }, onKept }: NoteProps & { readonly cause: LikelyCause }): ReactNode {
  const words = useTranslation();
  const { t, language } = words;
  const found = cause.checks.flatMap((check) => pcChecks?.find((item) => item.id === check) ?? []);
  return (
    <li className="card stack tight">
      <div className="row between">
        <span className="strong">{cause.name[language]}</span>
        <Why ruleId="R-EXCL-1" lookedAt={[...found.map((check) => pcFindingText(check.finding, words)), ...cause.words]} />
      </div>
      <p className="small">{cause.tryFirst[language]}</p>
      <WarningReason
        id={id}
        warnings={[{ ruleId: 'R-EXCL-1', about: cause.id }]}
        waivers={waivers}
        label={t('advice.whyNotThis')}
        onKept={onKept}
      />
    </li>
  );
}

/** What the rules add in the margin: a likely double, an old version, a cause outside support. None of it blocks. */
export function AdviceNotes({ id, advice, onKept }: NoteProps): ReactNode {
  const { t } = useTranslation();
  const { duplicates, causes, completeness, pcChecks, waivers } = advice;
  return (
    <section className="stack tight" aria-label={t('advice.title')}>
      <h2>{t('advice.title')}</h2>
      <ScoreDetails completeness={completeness} />
      <ul className="plain stack tight">
        {duplicates.twins.map((twin) => (
          <TwinNote key={twin.ticketId} id={id} twin={twin} waivers={waivers} onKept={onKept} />
        ))}
        {duplicates.split === null ? null : (
          <li className="card stack tight">
            <div className="row between">
              <span className="strong">{t('advice.twoProblems')}</span>
              <Why ruleId="R-TICKET-5" lookedAt={[]} />
            </div>
            <p className="dim small">{t('advice.secondProblem', { text: duplicates.split.second })}</p>
            <WarningReason
              id={id}
              warnings={[{ ruleId: 'R-TICKET-5', about: twoProblems }]}
              waivers={waivers}
              label={t('advice.whyTogether')}
              onKept={onKept}
            />
          </li>
        )}
        <VersionNote id={id} advice={advice} onKept={onKept} />
        {causes.map((cause) => (
          <CauseNote key={cause.id} id={id} cause={cause} advice={advice} onKept={onKept} />
        ))}
      </ul>
      {pcChecks === null ? <output className="dim small">{t('advice.looking')}</output> : <PcCheckDetails checks={pcChecks} />}
    </section>
  );
}
