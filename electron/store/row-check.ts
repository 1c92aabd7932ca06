import { AppFault } from '../../shared/domain/app-error.ts';
import {
  noneUnreadable,
  type RowKind,
  rowKinds,
  type UnreadableRows,
} from '../../shared/domain/row-kinds.ts';
import { readRow } from './stored-row.ts';

/** One kind of row: which there are, and how one is read as the program reads it. */
export type RowsOfKind = { readonly ids: () => readonly string[]; readonly read: (id: string) => unknown };

export type RowCheck = {
  readonly start: () => void;
  readonly stop: () => void;
  /** How many rows of each kind could not be read when they were looked at last. */
  readonly unreadable: () => UnreadableRows;
};

export type RowCheckParts = {
  readonly rows: Readonly<Record<RowKind, RowsOfKind>>;
  /** The answer of `unreadable` changed. */
  readonly onChange: () => void;
  readonly log: (error: unknown) => void;
  /** How long after the start the first look is taken, in milliseconds, so that a start is not slowed. */
  readonly firstMs: number;
};

const everyMs = 24 * 3_600_000;
/** Work and rest of one slice, in milliseconds: the window never waits for the look (LAW-8). */
const sliceMs = 8;
const restMs = 24;

function isUnreadable(read: () => unknown): boolean {
  try {
    readRow(read);
    return false;
  } catch (error) {
    if (error instanceof AppFault && error.error.code === 'store.unreadable') return true;
    throw error;
  }
}

/**
 * Reads every row once a day, so that one that somebody edited by hand or a disk changed is told before it is missed: a list leaves
 * it out, and a screen that shows six of a kind would never come to it (DAMAGE-3).
 */
export function rowCheck({ rows, onChange, log, firstMs }: RowCheckParts): RowCheck {
  let told: UnreadableRows = noneUnreadable;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const rest = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      timer = setTimeout(resolve, ms);
    });
  const countOf = async ({ ids, read }: RowsOfKind): Promise<number> => {
    let count = 0;
    let sliceEnds = performance.now() + sliceMs;
    for (const id of ids()) {
      if (performance.now() > sliceEnds) {
        await rest(restMs);
        sliceEnds = performance.now() + sliceMs;
      }
      if (stopped) return count;
      if (isUnreadable(() => read(id))) count += 1;
    }
    return count;
  };
  const look = async (): Promise<void> => {
    const found: Record<RowKind, number> = { ...noneUnreadable };
    for (const kind of rowKinds) found[kind] = await countOf(rows[kind]);
    if (stopped || rowKinds.every((kind) => found[kind] === told[kind])) return;
    told = found;
    onChange();
  };
  const keepLooking = async (): Promise<void> => {
    await rest(firstMs);
    while (!stopped) {
      await look().catch(log);
      await rest(everyMs);
    }
  };
  return {
    unreadable: () => told,
    start: () => void keepLooking(),
    stop: () => {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
