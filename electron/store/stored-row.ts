import { z } from 'zod';
import { AppFault } from '../../shared/domain/app-error.ts';
import { jsonOf } from '../../shared/domain/json-of.ts';

/** A column that holds, as JSON, what `schema` says; a text that is no JSON is refused like one of another shape. */
export function storedJson<T>(schema: z.ZodType<T>): z.ZodType<T, string> {
  return z.string().transform(jsonOf).pipe(schema);
}

const isMalformed = (error: unknown): boolean =>
  error instanceof Error && /malformed JSON/u.test(error.message);

/**
 * Reads one row; what is no row of ours concerns itself alone.
 * @throws AppFault store.unreadable when somebody edited it by hand or a disk changed it (DAMAGE-3). The row stays where it is.
 */
export function readRow<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof z.ZodError || isMalformed(error)) throw new AppFault('store.unreadable');
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
