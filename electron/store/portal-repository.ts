import { z } from 'zod';
import { type Notice, noticeSchema } from '../../shared/domain/notice.ts';
import { type PortalChoice, portalChoiceSchema } from '../../shared/domain/portal-choice.ts';
import type { Recipient } from '../../shared/domain/recipient.ts';
import { type LatestVersions, latestVersionsSchema } from '../../shared/domain/vendor-version.ts';
import { requirementsSchema, type WireRequirements } from '../../shared/portal/wire.ts';
import type { AgreedTimes } from '../../shared/calendar/agreed-times.ts';
import { type TermsDocument, termsDocumentSchema } from '../../shared/ipc/views.ts';
import type { Db } from './open-store.ts';
import { storedJson } from './stored-row.ts';

/** Terms in force as a portal last named them. */
export const knownTermsSchema = z.object({
  version: z.string().min(1).max(40),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  url: z.url().nullable(),
});
export type KnownTerms = z.infer<typeof knownTermsSchema>;

export type PortalRepository = {
  /** `practice` until a person chose another. */
  readonly choice: () => PortalChoice;
  readonly choose: (choice: PortalChoice) => void;
  /** How far this PC has read what `portal` holds; null: nothing yet. */
  readonly cursor: (portal: string) => string | null;
  readonly keepCursor: (portal: string, cursor: string) => void;
  readonly terms: (portal: string) => KnownTerms | null;
  readonly keepTerms: (portal: string, terms: KnownTerms) => void;
  /** Newest versions as `portal` last named them (R-VERSION-1); null: it never did. */
  readonly latestVersions: (portal: string) => LatestVersions | null;
  readonly keepLatestVersions: (portal: string, latest: LatestVersions) => void;
  /** When PC and portal last agreed on the time; see `agreed-times.ts`. */
  readonly agreedTimes: () => AgreedTimes;
  readonly keepAgreedTimes: (times: AgreedTimes) => void;
  /** Names in the keychain under which something was ever kept; no secret, and never a secret's value. */
  readonly accounts: () => readonly string[];
  readonly keepAccount: (account: string) => void;
  /** Everybody this store ever made a request for or read from. */
  readonly recipients: () => readonly Recipient[];
  readonly notices: () => readonly Notice[];
  /** The official document the person brought in for the terms of that hash; null: none. */
  readonly termsDocument: (termsSha256: string) => TermsDocument | null;
  readonly keepTermsDocument: (termsSha256: string, document: TermsDocument) => void;
  /** What a portal takes, as it last said; null: not asked yet. */
  readonly requirements: (portal: string) => WireRequirements | null;
  readonly keepRequirements: (portal: string, requirements: WireRequirements) => void;
  /** Replaces what the portal announces; notices typed by hand stay (R-HOURS-2). */
  readonly keepPortalNotices: (notices: readonly Notice[]) => void;
  /** Typed in by hand (R-HOURS-2). */
  readonly addNotice: (notice: Notice) => void;
  /** Removes a notice typed by hand; false for one of the portal's, or none. */
  readonly removeTypedNotice: (id: string) => boolean;
};

const accountsSchema = z.array(z.string());
const agreedTimesSchema = z.array(z.number()).max(1_000);

/**
 * Null where nothing is stored, or nothing that can be read: a portal says it again, and no hand-edited value may keep the program from
 * starting (DAMAGE-3).
 */
function known<T>(schema: z.ZodType<T>, text: unknown): T | null {
  return storedJson(schema).safeParse(text).data ?? null;
}

export function portalRepository(db: Db): PortalRepository {
  const readSetting = db.prepare('select value from settings where key = ?').pluck();
  const writeSetting = db.prepare('insert or replace into settings (key, value) values (?, ?)');
  const readCursor = db.prepare('select cursor from portal_cursors where portal = ?').pluck();
  const writeCursor = db.prepare('insert or replace into portal_cursors (portal, cursor) values (?, ?)');
  const accountsNow = (): readonly string[] => known(accountsSchema, readSetting.get('accounts')) ?? [];
  const allRecipients = db
    .prepare(
      'select portal from portal_cursors union select recipient from tickets where recipient is not null',
    )
    .pluck();
  const allNotices = db.prepare('select notice from notices order by id').pluck();
  const clearNotices = db.prepare(
    "delete from notices where case when json_valid(notice) then json_extract(notice, '$.origin') = 'portal' else 1 end",
  );
  const addNotice = db.prepare('insert or replace into notices (id, notice) values (?, ?)');
  const removeTyped = db.prepare(
    "delete from notices where id = ? and case when json_valid(notice) then json_extract(notice, '$.origin') = 'typed' else 1 end",
  );
  // Asked for at every step of the queue and written only here; one list until it changes, so that it is merged once.
  let merged: readonly Notice[] | null = null;
  const noticesNow = (): readonly Notice[] =>
    (merged ??= allNotices.all().flatMap((text) => known(noticeSchema, text) ?? []));
  const inOrder = (notices: readonly Notice[]): string =>
    JSON.stringify(notices.toSorted((a, b) => (a.id < b.id ? -1 : 1)));
  return {
    choice: () => known(portalChoiceSchema, readSetting.get('portal')) ?? { kind: 'practice' },
    choose: (choice) => {
      writeSetting.run('portal', JSON.stringify(choice));
    },
    cursor: (portal) =>
      z
        .string()
        .nullable()
        .parse(readCursor.get(portal) ?? null),
    keepCursor: (portal, cursor) => {
      writeCursor.run(portal, cursor);
    },
    terms: (portal) => known(knownTermsSchema, readSetting.get(`terms ${portal}`)),
    keepTerms: (portal, terms) => {
      writeSetting.run(`terms ${portal}`, JSON.stringify(terms));
    },
    latestVersions: (portal) => known(latestVersionsSchema, readSetting.get(`versions ${portal}`)),
    keepLatestVersions: (portal, latest) => {
      writeSetting.run(`versions ${portal}`, JSON.stringify(latest));
    },
    agreedTimes: () => known(agreedTimesSchema, readSetting.get('agreed times')) ?? [],
    keepAgreedTimes: (times) => {
      writeSetting.run('agreed times', JSON.stringify(times));
    },
    accounts: accountsNow,
    keepAccount: (account) => {
      const kept = accountsNow();
      if (!kept.includes(account)) writeSetting.run('accounts', JSON.stringify([...kept, account]));
    },
    recipients: () => z.array(z.string()).parse(allRecipients.all()),
    notices: noticesNow,
    addNotice: (notice) => {
      merged = null;
      addNotice.run(notice.id, JSON.stringify(notice));
    },
    removeTypedNotice: (id) => {
      merged = null;
      return removeTyped.run(id).changes === 1;
    },
    termsDocument: (termsSha256) =>
      known(termsDocumentSchema, readSetting.get(`terms document ${termsSha256}`)),
    keepTermsDocument: (termsSha256, document) => {
      writeSetting.run(`terms document ${termsSha256}`, JSON.stringify(document));
    },
    requirements: (portal) => known(requirementsSchema, readSetting.get(`requirements ${portal}`)),
    keepRequirements: (portal, requirements) => {
      writeSetting.run(`requirements ${portal}`, JSON.stringify(requirements));
    },
    keepPortalNotices: (notices) => {
      const next = notices.map((notice): Notice => ({ ...notice, origin: 'portal' }));
      // A portal says the same again and again: nothing is written for that.
      if (inOrder(next) === inOrder(noticesNow().filter(({ origin }) => origin === 'portal'))) return;
      merged = null;
      clearNotices.run();
      for (const notice of next) addNotice.run(notice.id, JSON.stringify(notice));
    },
  };
}
