import { mkdtempSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Both sides of one comparison, measured in the same run: medians of turns. The ratio is what is judged; `longestStallMs` is how
 * long our event loop stood still meanwhile, kept beside it where the window would feel it.
 */
export type Figure = {
  readonly name: string;
  readonly ours: number;
  readonly baseline: number;
  readonly baselineName: string;
  readonly unit: 's' | 'ms' | 'MB';
  readonly goalRatio: number;
  readonly longestStallMs?: number;
};

/** What could not be measured here, by its name, and why: a bench that says nothing would pass for one that had nothing to say. */
export type Unmeasured = { readonly name: string; readonly why: string };

export type JudgedFigure = Figure & { readonly ratio: number; readonly met: boolean };

/** A figure whose sides were both measured, judged by its goal; else that it was not. */
export function judged(figure: Figure): JudgedFigure | Unmeasured {
  const ratio = figure.ours / figure.baseline;
  if (!Number.isFinite(ratio))
    return { name: figure.name, why: `ours ${figure.ours}, ${figure.baselineName} ${figure.baseline}` };
  return { ...figure, ratio, met: ratio <= figure.goalRatio };
}

/** One figure as one line, in one form, so that two runs can be compared by eye or by a script. */
export function line(result: JudgedFigure | Unmeasured): string {
  if ('why' in result) return `bench ${result.name}: NOT MEASURED (${result.why})`;
  const { name, ours, baseline, baselineName, unit, goalRatio, ratio, met } = result;
  const shown = (value: number): string => `${value.toFixed(unit === 'MB' ? 0 : 2)} ${unit}`;
  return `bench ${name}: ${ratio.toFixed(2)}x of ${baselineName} (ours ${shown(ours)}, baseline ${shown(baseline)}; goal <= ${goalRatio}x)${met ? '' : ' MISSED'}`;
}

export const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

export const benchFolder = (): string => mkdtempSync(join(realpathSync(tmpdir()), 'officina-bench-'));

export async function seconds(work: () => Promise<unknown> | unknown): Promise<number> {
  const startedMs = performance.now();
  await work();
  return (performance.now() - startedMs) / 1_000;
}
