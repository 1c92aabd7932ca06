import { expect, test } from 'vitest';
import type { Evidence } from '../../shared/domain/evidence.ts';
import { portal, shop } from './restored-stand.ts';
import { freshFolder, frozenFile, type OpenedServices, sentWith, until } from './workshop-fixture.ts';

const frozen = (one: OpenedServices, name: string): Promise<Evidence> =>
  frozenFile(one, name, `${name} 18:01:44 ERR back checksum\n`.repeat(50));

test('portal keeps no file without a receipt here, by its own words, over a restart, and it goes with the data of its request', async () => {
  const server = await portal();
  const place = freshFolder();
  const one = await shop(server, place);
  await one.services.start();
  const files = [await frozen(one, 'ktag.log'), await frozen(one, 'kess.log')];
  const id = await sentWith(one, files);
  await until(() => one.services.context.outbox.open().length === 0);
  const { fileReceipts, ticket } = await one.call('ticket', { id });
  const said = server
    .journal()
    .flatMap((entry) => (entry.kind === 'attachment' ? [entry.clientReference] : []));
  expect(fileReceipts.map(({ reference }) => reference).toSorted()).toEqual(said.toSorted());
  expect(
    fileReceipts
      .map(({ name, sizeBytes, sha256, evidenceId }) => [name, sizeBytes, sha256, evidenceId])
      .toSorted(),
  ).toEqual(files.map((file) => [file.name, file.sizeBytes, file.sha256, file.id]).toSorted());
  for (const { receivedAt } of fileReceipts)
    expect(Math.abs(Date.parse(receivedAt) - Date.now())).toBeLessThan(60_000);
  await one.services.stop();

  const next = await shop(server, place);
  await next.services.start();
  expect((await next.call('ticket', { id })).fileReceipts).toEqual(fileReceipts);
  const words = ticket.number ?? '';
  const { requests } = await next.call('deletionPreview', { words });
  await next.call('deleteData', { words, ids: requests.map((request) => request.id), fromBackups: false });
  const rows = next.services.store.db.prepare('select count(*) from file_receipts').pluck();
  expect([requests.length, rows.get()]).toEqual([1, 0]);
});

test('what a person carries by hand has no receipt, for no portal said a word of it', async () => {
  const one = await shop(await portal(), freshFolder());
  await one.services.start();
  await one.call('choosePortal', { kind: 'manual' });
  const id = await sentWith(one, [await frozen(one, 'ktag.log')]);
  await one.call('setManualNumber', { id, number: 'P-77' });
  expect(one.services.context.outbox.ofTicket(id).map(({ state }) => state)).toEqual([
    'accepted',
    'accepted',
  ]);
  expect((await one.call('ticket', { id })).fileReceipts).toEqual([]);
});
