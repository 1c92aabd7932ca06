import { join } from 'node:path';
import { expect, test } from 'vitest';
import { migrate } from '../../electron/store/migrate.ts';
import { openStore } from '../../electron/store/open-store.ts';
import { requestRepository } from '../../electron/store/request-repository.ts';
import { freshFolder } from './workshop-fixture.ts';

const rows = [
  { id: '1', number: 'P-9', product: 'kess', problem: 'Zeta', make: 'Audi', at: '2026-01' },
  { id: '2', number: null, product: 'ktag', problem: 'alfa', make: '', at: '2026-03' },
  { id: '3', number: 'P-10', product: 'ktag', problem: 'Mu', make: 'volvo', at: '2026-02' },
] as const;

test('list of requests stands in the order asked for, turned round when asked, and what lacks the value comes last', () => {
  const db = openStore(join(freshFolder(), 'store.db'));
  migrate(db);
  const insert = db.prepare(
    `insert into tickets (id, stage, realm, number, state, content, revision, text, created_at, frozen_at, updated_at, product_id)
     values (?, ?, 'practice', ?, 'open', ?, 1, ?, 'a', 'a', ?, ?)`,
  );
  const idOf = (id: string): string => `00000000-0000-4000-8000-00000000000${id}`;
  for (const { id, number, product, problem, make, at } of rows) {
    const fields = { problem: { text: problem }, ...(make === '' ? {} : { vehicleMake: { text: make } }) };
    const stage = number === null ? 'draft' : 'frozen';
    const text = JSON.stringify({ language: 'it', subject: 's', body: 'b' });
    insert.run(idOf(id), stage, number, JSON.stringify({ fields }), text, at, product);
  }
  // Somebody's edit by hand is no JSON: it is put last and breaks no list.
  insert.run(idOf('4'), 'frozen', 'P-11', '{', '{}', '2026-00', 'zzz');
  const requests = requestRepository(db);
  const listed = (sort: 'moved' | 'number' | 'tool' | 'subject' | 'vehicle', isTurned = false): string =>
    requests
      .page('practice', 'all', '', { offset: 0, limit: 50 }, { sort, isTurned })
      .ids.map((id) => id.at(-1))
      .join('');
  expect(
    requests
      .page('practice', 'all', '', { offset: 0, limit: 50 })
      .ids.map((id) => id.at(-1))
      .join(''),
  ).toBe('2314');
  expect(listed('moved', true)).toBe('4132');
  expect(listed('number')).toBe('1342');
  expect(listed('number', true)).toBe('4312');
  expect(listed('tool')).toBe('1234');
  expect(listed('subject')).toBe('2314');
  expect(listed('subject', true)).toBe('1324');
  expect(listed('vehicle')).toBe('1324');
  expect(
    requests.page('practice', 'all', '', { offset: 1, limit: 1 }, { sort: 'number', isTurned: false }).ids[0],
  ).toBe(idOf('3'));
});
