import { z } from 'zod';
import { type SignedPack, signedPackSchema } from '../../../shared/domain/data-pack.ts';
import { jsonOf } from '../../../shared/domain/json-of.ts';
import { type Notice, noticeSchema } from '../../../shared/domain/notice.ts';
import type { PracticeDb } from './practice-database.ts';
import { readable } from './practice-rows.ts';

/** What the portal lets through: everything, reading only (R-HOURS-3), or nothing (R-HOURS-4). */
export const practiceModes = ['normal', 'read-only', 'maintenance'] as const;
export type PracticeMode = (typeof practiceModes)[number];

const modeSchema = z.enum(practiceModes).catch('normal');

/** What the practice portal tells everybody: notices, signed data, and the mode it is in. */
export function practiceBulletin(db: PracticeDb, now: () => string) {
  const mode = (): PracticeMode =>
    modeSchema.parse(db.prepare("SELECT value FROM setting WHERE name = 'mode'").pluck().get());
  const notices = (): Notice[] =>
    readable(
      noticeSchema,
      readable(z.string(), db.prepare('SELECT content FROM notice ORDER BY rowid').pluck().all()).map(jsonOf),
    );
  return {
    publish(notice: Notice): void {
      db.prepare('INSERT OR REPLACE INTO notice(id, content) VALUES (?, ?)').run(
        notice.id,
        JSON.stringify(notice),
      );
    },
    notices,
    /** When the mode the portal is in ends, by the latest notice that runs now; null where none says so. */
    modeEndsAt(): string | null {
      const kind = { normal: null, 'read-only': 'closure', maintenance: 'maintenance' }[mode()];
      const at = now();
      return (
        notices()
          .filter(
            (notice) =>
              notice.kind === kind && notice.startsAt <= at && notice.endsAt !== null && notice.endsAt > at,
          )
          .map((notice) => notice.endsAt)
          .sort()
          .at(-1) ?? null
      );
    },
    /** Signed data the portal hands out; whoever runs it puts it there. */
    packs: (): SignedPack[] =>
      z
        .array(signedPackSchema)
        .catch([])
        .parse(
          jsonOf(
            z
              .string()
              .catch('[]')
              .parse(db.prepare("SELECT value FROM setting WHERE name = 'packs'").pluck().get()),
          ),
        ),
    setPacks(packs: readonly SignedPack[]): void {
      db.prepare("INSERT OR REPLACE INTO setting(name, value) VALUES ('packs', ?)").run(
        JSON.stringify(packs),
      );
    },
    mode,
    setMode(mode: PracticeMode): void {
      db.prepare("INSERT OR REPLACE INTO setting(name, value) VALUES ('mode', ?)").run(mode);
    },
  };
}
