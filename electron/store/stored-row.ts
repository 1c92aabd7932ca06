import { z } from 'zod';
import { AppFault } from '../../shared/domain/app-error.ts';

const isMalformed = (error: unknown): boolean => error instanceof Error && /malformed JSON/u.test(error.message);

/**
 * Reads one row; what is no row of ours concerns itself alone.
 * @throws AppFault store.unreadable when somebody edited it by hand or a disk changed it (C3). The row stays where it is.
 */
export function readRow<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof z.ZodError || error instanceof SyntaxError || isMalformed(error)) throw new AppFault('store.unreadable');
    throw error;
  }
}

/** The rows of ours among these, in their order: one bad row must not hold up its neighbours. */
export function readable<T>(rows: readonly unknown[], parse: (row: unknown) => T): T[] {
  return rows.flatMap((row) => readRowOrNull(() => parse(row)) ?? []);
}

/** As `readRow`, for places where one bad row must not hold up its neighbours: null for it. */
export function readRowOrNull<T>(read: () => T): T | null {
  try {
    return readRow(read);
  } catch (error) {
    if (error instanceof AppFault && error.error.code === 'store.unreadable') return null;
    throw error;
  }
}
