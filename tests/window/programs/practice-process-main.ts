import { app } from 'electron';
import { startPracticeProcess } from '../../../electron/portal/practice/practice-process.ts';

// A main process with nothing but the practice portal in it; the test reads `practice` and calls its `stop`.
const [programFolder = '', dataFolder = ''] = process.argv.slice(-2);
Reflect.set(
  globalThis,
  'practice',
  app
    .whenReady()
    .then(() =>
      startPracticeProcess({ programFolder, dataFolder, operatorDelayMs: null, lastNumber: () => 0 }),
    ),
);
