import { join } from 'node:path';
import { expect, test } from 'vitest';
import { migrate } from '../../electron/store/migrate.ts';
import { type Db, openStore } from '../../electron/store/open-store.ts';
import {
  countedBucketsSql,
  countedElsewhereSql,
  requestRepository,
} from '../../electron/store/request-repository.ts';
import { freshFolder } from './workshop-fixture.ts';

const many = 10_000;
const states = ['open', 'closed', 'waiting-customer', 'assigned'];

/** A store with as many requests as a workshop has after years, each as long as a usual one. */
function fullStore(): Db {
  const db = openStore(join(freshFolder(), 'store.db'));
  migrate(db);
  const insert = db.prepare(
    `insert into tickets (id, stage, realm, number, state, content, revision, text, created_at, frozen_at, updated_at)
     values (?, 'frozen', ?, ?, ?, ?, 1, ?, 'a', 'a', ?)`,
  );
  const content = JSON.stringify({ fields: { problem: { text: 'x'.repeat(1_500) } } });
  const text = JSON.stringify({ language: 'it', subject: 's', body: 'b'.repeat(2_000) });
  db.transaction(() => {
    for (let index = 0; index < many; index += 1)
      insert.run(
        crypto.randomUUID(),
        index % 5 === 0 ? 'manual' : 'practice',
        `P-${index}`,
        states[index % 4],
        content,
        text,
        `2026-${String(index).padStart(5, '0')}`,
      );
  })();
  return db;
}

const planOf = (db: Db, sql: string): string =>
  db
    .prepare(`explain query plan ${sql}`)
    .all('practice')
    .map((step) => (step as { detail: string }).detail)
    .join('; ');

/** The median of seven first looks, in milliseconds, and what they counted. */
function firstLooks(db: Db): { readonly ms: number; readonly counted: string } {
  const looks = Array.from({ length: 7 }, () => {
    const requests = requestRepository(db);
    const from = performance.now();
    const { counts, total } = requests.page('practice', 'all', '', { offset: 0, limit: 50 });
    const elsewhere = requests.countsElsewhere('practice');
    return { ms: performance.now() - from, counted: JSON.stringify([counts, total, elsewhere]) };
  });
  return {
    ms: looks.map(({ ms }) => ms).toSorted((a, b) => a - b)[3] ?? 0,
    counted: looks.at(-1)?.counted ?? '',
  };
}

test('requests are counted from an index, and no row of 10 000 is read, when the first list is shown', () => {
  const db = fullStore();
  const withIndex = firstLooks(db);
  for (const sql of [countedBucketsSql, countedElsewhereSql])
    expect(planOf(db, sql)).toContain('COVERING INDEX tickets_to_count');
  db.exec('drop index tickets_to_count');
  for (const sql of [countedBucketsSql, countedElsewhereSql])
    expect(planOf(db, sql)).not.toContain('COVERING INDEX');
  const without = firstLooks(db);
  expect(withIndex.counted).toBe(without.counted);
  expect(JSON.parse(withIndex.counted)).toMatchObject([
    { all: 8_000 },
    8_000,
    [{ recipient: 'manual  ', count: 2_000 }],
  ]);
  console.log(
    `first list of ${many} requests: ${without.ms.toFixed(1)} ms without the index, ${withIndex.ms.toFixed(1)} ms with it`,
  );
  db.close();
});
