// A property that fails once in ten thousand tries would stop a landing that has nothing to do with it: the test command tries the same
// cases on every machine, and `npm run soak` looks for new ones.
import fc from 'fast-check';

const number = (name: string, otherwise: number): number => Number(process.env[name] ?? otherwise);

fc.configureGlobal({ seed: number('OFFICINA_SEED', 20_261_125), numRuns: number('OFFICINA_RUNS', 100) });
