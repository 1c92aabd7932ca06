import { randomUUID } from 'node:crypto';
import { startStore } from '../../electron/store/start-store.ts';
import { closeStore } from '../../electron/store/open-store.ts';
import { portalRepository } from '../../electron/store/portal-repository.ts';
import { profileRepository } from '../../electron/store/profile-repository.ts';
import { emptyDraftContent } from '../../shared/domain/draft.ts';
import type { Realm } from '../../shared/domain/portal-kind.ts';

/** Nobody listens at port 9: the portal of a workshop that is off line, asked over the contract. */
const realm: Realm = 'contract';
const portalUrl = 'http://127.0.0.1:9';

/**
 * The store of a workshop after years: 10 000 tickets with two messages each, mostly closed, some open, some waiting for the
 * person, and a few drafts. Written through SQL, for speed; the app reads it as any other.
 */
export async function fillStore(dataFolder: string, tickets: number): Promise<void> {
  const { db } = await startStore(dataFolder, '2026-11-24T08:00:00.000Z');
  profileRepository(db).saveProfile({
    customerCode: 'ALI-20417',
    company: 'Officina Rossi',
    email: 'mario@rossi.example',
    ticketLanguage: 'it',
  });
  portalRepository(db).choose({ kind: 'contract', url: portalUrl, proxy: null });
  const insert =
    db.prepare(`insert into tickets (id, stage, realm, number, state, content, revision, text, terms, operator, created_at, frozen_at, received_at, updated_at, product_id, serial, search)
    values (?, ?, ?, ?, ?, ?, 3, ?, null, ?, ?, ?, ?, ?, 'ktag-master', '310077', ?)`);
  const say = db.prepare(
    "insert into messages (id, ticket_id, author, text, attachments, at, delivery, read, portal_reference) values (?, ?, ?, ?, '[]', ?, 'delivered', 1, ?)",
  );
  const startMs = Date.parse('2021-01-01T08:00:00.000Z');
  const content = (text: string): string =>
    JSON.stringify({
      ...emptyDraftContent('it'),
      productId: 'ktag-master',
      requestType: 'read-failure',
      fields: {
        problem: { text, source: { kind: 'typed' } },
        vehicleMake: { text: 'Volkswagen', source: { kind: 'typed' } },
        vehicleModel: { text: 'Golf VI', source: { kind: 'typed' } },
      },
    });
  db.transaction(() => {
    for (let index = 0; index < tickets; index += 1) {
      const id = randomUUID();
      const at = new Date(startMs + index * 5 * 3_600_000).toISOString();
      const subject = `K-TAG Master - la lettura numero ${index} si ferma al 38 %`;
      const isDraft = index >= tickets - 12;
      const state = index < tickets * 0.97 ? 'closed' : index % 5 === 0 ? 'waiting-customer' : 'assigned';
      const number = isDraft ? null : `T-${String(index).padStart(6, '0')}`;
      insert.run(
        id,
        isDraft ? 'draft' : 'frozen',
        isDraft ? null : realm,
        number,
        isDraft ? 'open' : state,
        content(subject),
        isDraft ? null : JSON.stringify({ language: 'it', subject, body: `${subject}\n`.repeat(30) }),
        isDraft ? null : 'Laura',
        at,
        isDraft ? null : at,
        isDraft ? null : at,
        at,
        `${number ?? ''} 310077 ${subject}`.toLowerCase(),
      );
      if (isDraft) continue;
      for (let message = 0; message < 2; message += 1)
        say.run(
          randomUUID(),
          id,
          JSON.stringify(message === 0 ? { kind: 'customer' } : { kind: 'operator', name: 'Laura' }),
          'Provi con un altro alimentatore e ci dica la tensione misurata. '.repeat(4),
          at,
          randomUUID(),
        );
    }
  }).immediate();
  closeStore(db);
}
