import { type Figure, judged, type JudgedFigure, line, type Unmeasured } from './measuring.ts';

/** Each bench by its name, with what it measures. */
export type Benches = Readonly<Record<string, () => Promise<readonly (Figure | Unmeasured)[]>>>;

export type BenchRun = {
  readonly results: readonly (JudgedFigure | Unmeasured)[];
  /** A bench broke, or none of that name is there. */
  readonly failed: boolean;
};

async function measured(name: string, bench: Benches[string]): Promise<BenchRun> {
  try {
    const figures = await bench();
    if (figures.length === 0) return { results: [{ name, why: 'it gave no figure' }], failed: true };
    return { results: figures.map((figure) => ('why' in figure ? figure : judged(figure))), failed: false };
  } catch (error) {
    return { results: [{ name, why: String(error) }], failed: true };
  }
}

/**
 * Runs the benches one after another and prints one line for each figure, and one for each that could not be measured: one that breaks
 * keeps no other from running.
 * @param onlyByName those that run only when they are asked for
 * @param only the one to run; left out, all but those
 */
export async function runBenches(
  benches: Benches,
  onlyByName: ReadonlySet<string>,
  only: string | undefined,
  print: (line: string) => void,
): Promise<BenchRun> {
  const chosen = Object.entries(benches).filter(([name]) =>
    only === undefined ? !onlyByName.has(name) : only === name,
  );
  if (chosen.length === 0) {
    print(`bench ${only}: there is none of that name; there are ${Object.keys(benches).join(', ')}`);
    return { results: [], failed: true };
  }
  const runs: BenchRun[] = [];
  for (const [name, bench] of chosen) {
    const run = await measured(name, bench);
    for (const result of run.results) print(line(result));
    runs.push(run);
  }
  return { results: runs.flatMap(({ results }) => results), failed: runs.some(({ failed }) => failed) };
}
