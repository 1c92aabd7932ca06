import type { ReactNode } from 'react';
import type { LikelyCause } from '../../../shared/domain/exclusion-pack.ts';
import { causeFacts } from '../../words/pc-finding-text.ts';
import { PcCheckDetails } from '../../components/pc-check-details.tsx';
import { useTranslation } from '../../words/translation.ts';
import { DatabankLink } from '../../features/databank-link.tsx';
import { VersionFacts } from '../../components/version-facts.tsx';
import { Why } from '../../components/why.tsx';
import type { NoteProps } from './note-props.ts';
import { SplitNote } from './split-note.tsx';
import { DuplicateNote, DuplicateAdvice } from './duplicate-note.tsx';
import { WarningReason } from './warning-reason.tsx';

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
        <span className="strong">
          {t('advice.oldVersion', { installed: installed.text, latest: latest.text })}
        </span>
        <Why ruleId="R-VERSION-1" answer="warn" lookedAt={[installed.text, latest.text]} />
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
function CauseNote({
  id,
  cause,
  advice: { pcChecks, waivers },
  onKept,
}: NoteProps & { readonly cause: LikelyCause }): ReactNode {
  const words = useTranslation();
  const { t, language } = words;
  return (
    <li className="card stack tight">
      <div className="row between">
        <span className="strong">{cause.name[language]}</span>
        <Why ruleId="R-EXCL-1" answer="warn" lookedAt={causeFacts(cause, pcChecks, words)} />
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
export function AdviceNotes({
  id,
  advice,
  onKept,
  onSplit,
}: NoteProps & { readonly onSplit: () => Promise<void> }): ReactNode {
  const { t } = useTranslation();
  const { duplicates, causes, completeness, pcChecks, waivers } = advice;
  return (
    <section className="stack tight" aria-label={t('advice.title')}>
      <h2>{t('advice.title')}</h2>
      <p className="dim small">{t('advice.score', { score: completeness.score })}</p>
      <DuplicateAdvice duplicates={duplicates} />
      <ul className="plain stack tight">
        {duplicates.found.map((duplicate) => (
          <DuplicateNote
            key={duplicate.ticketId}
            id={id}
            duplicate={duplicate}
            waivers={waivers}
            onKept={onKept}
          />
        ))}
        <SplitNote id={id} advice={advice} onKept={onKept} onSplit={onSplit} />
        <VersionNote id={id} advice={advice} onKept={onKept} />
        {causes.map((cause) => (
          <CauseNote key={cause.id} id={id} cause={cause} advice={advice} onKept={onKept} />
        ))}
      </ul>
      {pcChecks === null ? (
        <output className="dim small">{t('advice.looking')}</output>
      ) : (
        <PcCheckDetails checks={pcChecks} />
      )}
    </section>
  );
}
