import { type ReactNode, useEffect, useId, useReducer } from 'react';
import { italianMoment } from '../../../shared/i18n/italian-time.ts';
import { portalRule } from '../../../shared/rules/portal-rule.ts';
import { portalNowMs } from '../../features/portal-now.ts';
import { portalAhead, portalMoment, portalSentence, portalWhy } from '../../features/portal-words.ts';
import { useTranslation } from '../../words/translation.ts';
import { DayLine, dayLineText, type DayMark, saysNothing } from '../../charts/day-line.tsx';
import { CopyButton } from '../../features/copy-button.tsx';
import { Why } from '../../components/why.tsx';
import { useOutbox } from '../../stores/outbox-store.ts';
import { usePortal } from '../../stores/portal-store.ts';

const minuteMs = 60_000;

/** What is known beforehand: the days to come on which nobody answers or nothing is taken (R-HOURS-2). */
function ComingDays({
  lines,
  further,
}: {
  readonly lines: readonly string[];
  readonly further: number;
}): ReactNode {
  const { t } = useTranslation();
  const title = useId();
  if (lines.length === 0) return null;
  return (
    <div className="coming-days">
      <h3 id={title}>{t('ahead.title')}</h3>
      <ul aria-labelledby={title}>
        {lines.map((line, index) => (
          <li key={`${index} ${line}`}>{line}</li>
        ))}
        {further === 0 ? null : <li>{t('ahead.more', { count: further })}</li>}
      </ul>
    </div>
  );
}

/** The vendor's day in words and as a line: hours, closures, now, and what waits in the outbox (R-HOURS-1 to R-HOURS-5). */
export function PortalDay(): ReactNode {
  const words = useTranslation();
  const { t, language } = words;
  const status = usePortal((state) => state.status);
  const rows = useOutbox((state) => state.rows) ?? [];
  const [, redraw] = useReducer((turn: number) => turn + 1, 0);
  useEffect(() => {
    const timer = setInterval(redraw, minuteMs);
    return () => clearInterval(timer);
  }, []);
  if (status === null || status.dayLine.length === 0) return null;
  const nowMs = portalNowMs();
  const [startMs, endMs] = [
    Date.parse(status.dayLine[0]?.from ?? ''),
    Date.parse(status.dayLine.at(-1)?.to ?? ''),
  ];
  const stretches = status.dayLine.map((span) => ({
    fromMs: Date.parse(span.from),
    toMs: Date.parse(span.to),
    kind: span.state,
    words: `${t(`portalState.${span.state}`)}. ${portalWhy(span.why, words)}`,
    from: italianMoment(span.from, language, nowMs),
    to: italianMoment(span.to, language, nowMs),
  }));
  const leaving = rows.filter(
    (row) => row.goesAt !== null && Date.parse(row.goesAt) >= startMs && Date.parse(row.goesAt) < endMs,
  );
  const marks: readonly DayMark[] = [
    ...leaving.map((row) => ({
      kind: 'leaves' as const,
      atMs: Date.parse(row.goesAt ?? ''),
      words: t('day.leaves', { time: portalMoment(row.goesAt ?? '', words), title: row.title }),
    })),
    ...status.sessions.map(({ number, startedAt, endedAt }) => ({
      kind: 'session' as const,
      atMs: Date.parse(startedAt),
      words: t(endedAt === null ? 'day.sessionSince' : 'day.session', {
        number: number ?? '',
        start: portalMoment(startedAt, words),
        end: portalMoment(endedAt ?? startedAt, words),
      }),
    })),
  ];
  const isBare = saysNothing(stretches, marks);
  const sentence = portalSentence(status, words);
  const ahead = status.ahead.map((told) => portalAhead(told, words));
  const daysToCome = ahead.length === 0 ? [] : ['', `${t('ahead.title')}:`, ...ahead];
  const rule = portalRule(status.state, status.why);
  return (
    <section className="card day-card" aria-label={t('day.title')}>
      <div className="row">
        <h2>{t('day.title')}</h2>
        <span className="grow" />
        <CopyButton
          text={[t('day.title'), dayLineText(stretches, marks), ...daysToCome].join('\n')}
          label={t('day.copy')}
        />
      </div>
      <p>
        {sentence}{' '}
        {rule === null ? null : (
          <Why
            ruleId={rule}
            answer="inform"
            lookedAt={[t(`portalState.${status.state}`), portalWhy(status.why, words).replace(/\.$/u, '')]}
          />
        )}
      </p>
      {isBare ? null : (
        <DayLine
          sentence={t('day.sentence', { sentence })}
          caption={t('day.title')}
          headings={[t('day.from'), t('day.to'), t('day.state')]}
          stretches={stretches}
          marks={marks}
          nowMs={nowMs}
          now={t('day.now')}
          nowTime={italianMoment(new Date(nowMs).toISOString(), language, nowMs)}
        />
      )}
      <ComingDays lines={ahead} further={status.furtherAhead} />
    </section>
  );
}
