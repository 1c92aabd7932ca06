import { AppFault } from '../../shared/domain/app-error.ts';
import { failpoint } from '../platform/failpoint.ts';
import { firstTables } from './migrations/0001-first-tables.ts';
import { listAndSearch } from './migrations/0002-list-and-search.ts';
import { wordsAndWaivers } from './migrations/0003-words-and-waivers.ts';
import { remoteSessions } from './migrations/0004-remote-sessions.ts';
import { keptFiles } from './migrations/0005-kept-files.ts';
import { recipients } from './migrations/0006-recipients.ts';
import { pace } from './migrations/0007-pace.ts';
import { countedRequests } from './migrations/0008-counted-requests.ts';
import { outboxHolds } from './migrations/0009-holds.ts';
import { keptBeside } from './migrations/0010-kept-beside.ts';
import { portalLimits } from './migrations/0011-portal-limits.ts';
import { namedTemplates } from './migrations/0012-templates.ts';
import { carriedCustomers } from './migrations/0013-carried-customers.ts';
import type { Db } from './open-store.ts';

/**
 * Append-only: a released step is never edited. Index + 1 is the `user_version` it leads to (LAW-9). Each makes a table, a column, an
 * index or a trigger: a number above ours with nothing new beside it is taken for a turned bit.
 */
export const migrations: readonly string[] = [
  firstTables,
  listAndSearch,
  wordsAndWaivers,
  remoteSessions,
  keptFiles,
  recipients,
  pace,
  countedRequests,
  outboxHolds,
  keptBeside,
  portalLimits,
  namedTemplates,
  carriedCustomers,
];

/** True when the file was written by an older version of the program and steps are due. */
export function needsMigration(db: Db): boolean {
  return schemaVersion(db) < migrations.length;
}

export function schemaVersion(db: Db): number {
  return Number(db.pragma('user_version', { simple: true }));
}

/**
 * Runs the missing steps, each in one transaction together with its version number, so that a power cut leaves the old or the
 * new shape and never one between (K5).
 * @throws AppFault store.newerThanApp when the file was written by a newer program.
 */
export function migrate(db: Db): void {
  if (schemaVersion(db) > migrations.length)
    throw new AppFault('store.newerThanApp', { found: schemaVersion(db), known: migrations.length });
  for (const [index, step] of migrations.entries()) {
    if (schemaVersion(db) > index) continue;
    db.transaction(() => {
      db.exec(step);
      failpoint('migrate.stepK');
      db.pragma(`user_version = ${index + 1}`);
    }).immediate();
    failpoint('migrate.versionSet');
  }
}
