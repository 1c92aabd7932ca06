import { expect, test } from 'vitest';
import { closeStore } from '../../electron/store/open-store.ts';
import { freshFolder, openTestWorkshop } from './workshop-fixture.ts';

const planted: readonly (readonly [string, string])[] = [
  [
    'request_words_added',
    'drop trigger request_words_added; create trigger request_words_added after insert on tickets begin delete from tickets where id <> new.id; end',
  ],
  [
    'one_creation_a_ticket',
    'drop index one_creation_a_ticket; create index one_creation_a_ticket on outbox (id)',
  ],
];

test.each(
  planted,
)('store is mended and loses nothing when %s has other words than ours', async (name, sql) => {
  const place = freshFolder();
  const first = await openTestWorkshop(place);
  const wordsOf = 'select sql from sqlite_schema where name = ?';
  const { db } = first.services.store;
  const ours = db.prepare(wordsOf).pluck().get(name);
  for (let count = 0; count < 3; count += 1)
    await first.call('startDraft', { toolId: null, evidenceIds: [] });
  db.exec(sql);
  closeStore(db);
  const { services, call } = await openTestWorkshop(place);
  expect(services.store.health).toMatchObject({ kind: 'restored', cause: 'mended' });
  expect(services.store.db.prepare(wordsOf).pluck().get(name)).toBe(ours);
  await call('startDraft', { toolId: null, evidenceIds: [] });
  expect(services.store.db.prepare('select count(*) from tickets').pluck().get()).toBe(4);
  closeStore(services.store.db);
});
