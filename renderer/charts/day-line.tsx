import { type ReactNode, useId } from 'react';

/** One stretch of the day; `kind` chooses the pattern, `words` say it. */
export type DayStretch = { readonly fromMs: number; readonly toMs: number; readonly kind: string; readonly words: string; readonly from: string; readonly to: string };
export type DayMark = { readonly atMs: number; readonly words: string };

const height = 28;
/** A stretch narrower than this share of the day gets no label of its own: it would lie over the next one. */
const leastLabelled = 0.055;
const percent = (share: number): string => `${(share * 100).toFixed(3)}%`;

/**
 * A day from midnight to midnight as one line: stretches by height and hatching first, colour second, with marks on top. The same
 * stands in the sentence it is named by and in a table for those who do not see it.
 */
export function DayLine({ sentence, caption, headings, stretches, marks, nowMs, now }: { readonly sentence: string; readonly caption: string; readonly headings: readonly [string, string, string]; readonly stretches: readonly DayStretch[]; readonly marks: readonly DayMark[]; readonly nowMs: number; readonly now: string }): ReactNode {
  const hatching = useId();
  const [first, last] = [stretches[0], stretches.at(-1)];
  if (first === undefined || last === undefined) return null;
  const share = (ms: number): number => Math.min(1, Math.max(0, (ms - first.fromMs) / (last.toMs - first.fromMs)));
  return (
    <figure className="day-line">
      <svg role="img" aria-label={sentence} width="100%" height={height + 28} className="day-line-drawing">
        <defs><pattern id={hatching} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><line x1="0" y1="0" x2="0" y2="6" className="hatch" /></pattern></defs>
        {stretches.map((stretch) => (
          <g key={stretch.fromMs}>
            <rect className={`stretch ${stretch.kind}`} x={percent(share(stretch.fromMs))} width={percent(share(stretch.toMs) - share(stretch.fromMs))} y={stretch.kind === 'staffed' ? 4 : height / 2} height={stretch.kind === 'staffed' ? height : height / 2 + 4} />
            {stretch.kind === 'read-only' || stretch.kind === 'unreachable' ? <rect x={percent(share(stretch.fromMs))} width={percent(share(stretch.toMs) - share(stretch.fromMs))} y={height / 2} height={height / 2 + 4} fill={`url(#${hatching})`} /> : null}
            <title>{`${stretch.from} - ${stretch.to}: ${stretch.words}`}</title>
          </g>
        ))}
        {marks.map((mark) => <g key={`${mark.atMs} ${mark.words}`} className="mark"><circle cx={percent(share(mark.atMs))} cy={height / 2 + 4} r="5" /><title>{mark.words}</title></g>)}
        {stretches.filter((stretch) => share(stretch.toMs) - share(stretch.fromMs) > leastLabelled).map((stretch) => <text key={stretch.fromMs} x={percent(share(stretch.fromMs))} y={height + 24} className="tick">{stretch.from}</text>)}
        <g className="now"><line x1={percent(share(nowMs))} x2={percent(share(nowMs))} y1="0" y2={height + 8} /><title>{now}</title></g>
      </svg>
      <div className="unseen">
        <table>
          <caption>{caption}</caption>
          <thead><tr>{headings.map((heading) => <th key={heading} scope="col">{heading}</th>)}</tr></thead>
          <tbody>
            {stretches.map((stretch) => <tr key={stretch.fromMs}><td>{stretch.from}</td><td>{stretch.to}</td><td>{stretch.words}</td></tr>)}
            {marks.map((mark) => <tr key={`${mark.atMs} ${mark.words}`}><td colSpan={3}>{mark.words}</td></tr>)}
          </tbody>
        </table>
      </div>
    </figure>
  );
}
