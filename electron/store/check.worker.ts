import { parentPort, workerData } from 'node:worker_threads';
import type { CheckOrder, IntegrityResult } from './begin-check.ts';
import { openDatabase } from './native-binding.ts';
import { hasOrphans, isStructurallySound, isWhole } from './integrity-check.ts';
import { storeError } from './store-error.ts';

function result({ file, depth }: CheckOrder): IntegrityResult {
  try {
    const db = openDatabase(file, { readonly: true });
    try {
      if (depth === 'quick') return isStructurallySound(db) ? 'sound' : 'damaged';
      if (!isWhole(db)) return 'damaged';
      return hasOrphans(db) ? 'orphans' : 'sound';
    } finally {
      db.close();
    }
  } catch (error) {
    return storeError(error)?.code === 'store.damaged' ? 'damaged' : 'cannot-tell';
  }
}

// Closed before it is told: whoever hears "damaged" moves the file, and Windows moves no file that somebody holds open.
const found = result(workerData as CheckOrder);
parentPort?.postMessage(found);
