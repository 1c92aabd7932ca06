import { type ReactNode, useId, useState } from 'react';

/** One stretch of the day; `kind` chooses the pattern, `words` say it. */
export type DayStretch = {
  readonly fromMs: number;
  readonly toMs: number;
  readonly kind: string;
  readonly words: string;
  readonly from: string;
  readonly to: string;
};
export type DayMark = { readonly atMs: number; readonly words: string; readonly kind: 'leaves' | 'session' };

const height = 28;
/** A stretch narrower than this share of the day gets no label of its own: it would lie over the next one. */
const leastLabelled = 0.055;
const percent = (share: number): string => `${(share * 100).toFixed(3)}%`;

const stretchSaid = (stretch: DayStretch): string => `${stretch.from} - ${stretch.to}: ${stretch.words}`;

/** The same day as lines of text, to be pasted somewhere else. */
export function dayLineText(stretches: readonly DayStretch[], marks: readonly DayMark[]): string {
  return [...stretches.map(stretchSaid), ...marks.map((mark) => mark.words)].join('\n');
}

function Stretch({
  stretch,
  fromShare,
  toShare,
  hatching,
}: {
  readonly stretch: DayStretch;
  readonly fromShare: number;
  readonly toShare: number;
  readonly hatching: string;
}): ReactNode {
  const across = { x: percent(fromShare), width: percent(toShare - fromShare) };
  const isTall = stretch.kind === 'staffed';
  return (
    <>
      <rect
        className={`stretch ${stretch.kind}`}
        {...across}
        y={isTall ? 4 : height / 2}
        height={isTall ? height : height / 2 + 4}
      />
      {stretch.kind === 'read-only' || stretch.kind === 'unreachable' ? (
        <rect {...across} y={height / 2} height={height / 2 + 4} fill={`url(#${hatching})`} />
      ) : null}
    </>
  );
}

/** The day as a table, for those who do not see the line. */
function DayTable({
  caption,
  headings,
  stretches,
  marks,
}: {
  readonly caption: string;
  readonly headings: readonly [string, string, string];
  readonly stretches: readonly DayStretch[];
  readonly marks: readonly DayMark[];
}): ReactNode {
  return (
    <div className="unseen">
      <table>
        <caption>{caption}</caption>
        <thead>
          <tr>
            {headings.map((heading) => (
              <th key={heading} scope="col">
                {heading}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {stretches.map((stretch) => (
            <tr key={stretch.fromMs}>
              <td>{stretch.from}</td>
              <td>{stretch.to}</td>
              <td>{stretch.words}</td>
            </tr>
          ))}
          {marks.map((mark) => (
            <tr key={`${mark.atMs} ${mark.words}`}>
              <td colSpan={3}>{mark.words}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** True when a day is one stretch and nothing happens in it: its sentence says everything. */
export function saysNothing(stretches: readonly DayStretch[], marks: readonly DayMark[]): boolean {
  return new Set(stretches.map(({ kind }) => kind)).size < 2 && marks.length === 0;
}

/** What is drawn for a mark: a square for a session, a dot for work that leaves. */
function Mark({ kind, atShare }: { readonly kind: DayMark['kind']; readonly atShare: number }): ReactNode {
  if (kind === 'leaves') return <circle className="mark" cx={percent(atShare)} cy={height / 2 + 4} r="5" />;
  return (
    <rect
      className="mark session"
      x={percent(atShare)}
      y={height / 2 - 1}
      width="10"
      height="10"
      transform="translate(-5 0)"
    />
  );
}

/** The hours beneath the line, the one it is now among them; what would lie under that one gives way. */
function Times({
  stretches,
  share,
  nowMs,
  now,
  nowTime,
}: {
  readonly stretches: readonly DayStretch[];
  readonly share: (ms: number) => number;
  readonly nowMs: number;
  readonly now: string;
  readonly nowTime: string;
}): ReactNode {
  return (
    <>
      {stretches
        .filter(
          (stretch) =>
            share(stretch.toMs) - share(stretch.fromMs) > leastLabelled &&
            Math.abs(share(stretch.fromMs) - share(nowMs)) > leastLabelled,
        )
        .map((stretch) => (
          <text
            key={stretch.fromMs}
            aria-hidden
            x={percent(share(stretch.fromMs))}
            y={height + 24}
            className="tick"
          >
            {stretch.from}
          </text>
        ))}
      {share(nowMs) > 1 - 2 * leastLabelled ? null : (
        <text aria-hidden x="100%" y={height + 24} className="tick" textAnchor="end">
          24:00
        </text>
      )}
      <g className="now">
        <text
          aria-hidden
          x={percent(share(nowMs))}
          y={height + 24}
          textAnchor={share(nowMs) < 0.03 ? 'start' : share(nowMs) > 0.97 ? 'end' : 'middle'}
        >
          {nowTime}
        </text>
        <line x1={percent(share(nowMs))} x2={percent(share(nowMs))} y1="0" y2={height + 8} />
        <title>{now}</title>
      </g>
    </>
  );
}

/**
 * A day from midnight to midnight as one line: stretches by height and hatching first, colour second, with marks on top. The same
 * stands in the sentence it is named by and in a table for those who do not see it; the arrow keys walk from stop to stop, and what
 * stands there is said below the line.
 */
export function DayLine({
  sentence,
  caption,
  headings,
  stretches,
  marks,
  nowMs,
  now,
  nowTime,
}: {
  readonly sentence: string;
  readonly caption: string;
  readonly headings: readonly [string, string, string];
  readonly stretches: readonly DayStretch[];
  readonly marks: readonly DayMark[];
  readonly nowMs: number;
  readonly now: string;
  /** The time it is, said beneath the mark. */
  readonly nowTime: string;
}): ReactNode {
  const hatching = useId();
  const [active, setActive] = useState(0);
  const [isWalked, setWalked] = useState(false);
  const [pointed, setPointed] = useState<string | null>(null);
  const [first, last] = [stretches[0], stretches.at(-1)];
  if (first === undefined || last === undefined) return null;
  const share = (ms: number): number =>
    Math.min(1, Math.max(0, (ms - first.fromMs) / (last.toMs - first.fromMs)));
  const stops = [
    ...stretches.map((stretch) => ({
      key: `${stretch.fromMs}`,
      atMs: stretch.fromMs,
      words: stretchSaid(stretch),
      stretch,
      kind: null,
    })),
    ...marks.map((mark) => ({
      key: `${mark.atMs} ${mark.words}`,
      atMs: mark.atMs,
      words: mark.words,
      stretch: null,
      kind: mark.kind,
    })),
  ]
    .toSorted((a, b) => a.atMs - b.atMs)
    .map((stop, place) => ({ ...stop, place }));
  const current = Math.min(active, stops.length - 1);
  // The tall ones late, the marks last: a neighbour drawn later would lie over their edge.
  const layer = (stop: (typeof stops)[number]): number =>
    stop.stretch === null ? 2 : Number(stop.stretch.kind === 'staffed');
  const drawn = stops.toSorted((a, b) => layer(a) - layer(b));
  const walked = stops[current]?.words ?? '';
  return (
    <figure className="day-line">
      <input
        type="range"
        className="day-line-walk"
        aria-label={caption}
        aria-valuetext={walked}
        min={0}
        max={stops.length - 1}
        value={current}
        onChange={(event) => setActive(event.target.valueAsNumber)}
        onFocus={() => setWalked(true)}
        onBlur={() => setWalked(false)}
      />
      <svg role="img" aria-label={sentence} width="100%" height={height + 28} className="day-line-drawing">
        <defs>
          <pattern
            id={hatching}
            width="6"
            height="6"
            patternUnits="userSpaceOnUse"
            patternTransform="rotate(45)"
          >
            <line x1="0" y1="0" x2="0" y2="6" className="hatch" />
          </pattern>
        </defs>
        {drawn.map(({ key, place, words, atMs, stretch, kind }) => (
          <g
            key={key}
            className={isWalked && place === current ? 'walked' : undefined}
            onPointerEnter={() => setPointed(words)}
            onPointerLeave={() => setPointed(null)}
          >
            {stretch === null ? (
              <Mark kind={kind} atShare={share(atMs)} />
            ) : (
              <Stretch
                stretch={stretch}
                fromShare={share(stretch.fromMs)}
                toShare={share(stretch.toMs)}
                hatching={hatching}
              />
            )}
          </g>
        ))}
        <Times stretches={stretches} share={share} nowMs={nowMs} now={now} nowTime={nowTime} />
      </svg>
      <figcaption className="dim small said" aria-hidden>
        {pointed ?? (isWalked ? walked : '')}
      </figcaption>
      <DayTable caption={caption} headings={headings} stretches={stretches} marks={marks} />
    </figure>
  );
}
