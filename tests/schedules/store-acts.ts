import { cpSync, existsSync, writeFileSync } from 'node:fs';
import { writeBackup } from '../../electron/store/backup.ts';
import { freshFolder } from '../integration/workshop-fixture.ts';
import type { MessageId } from '../../shared/domain/ids.ts';
import { type Acknowledged, copyOf } from './acknowledged.ts';
import type { Act, Walk } from './walk.ts';

const hourMs = 3_600_000;
const clockHours = [-24 * 365, -24, -1, 0, 1, 24, 24 * 3_650];

/**
 * What was known when the act wrote its backup, as the restored store has it: a backup that the program made by itself since may hold a
 * reply under the name its words were sent again in, and no longer under the one they had.
 */
function asRestored({ replaced, shop }: Walk, backedUp: Acknowledged): Acknowledged {
  const { messages } = shop.services.context;
  const nameNow = (written: MessageId): MessageId => {
    const next = replaced.get(written);
    return next === undefined || messages.find(written) !== null ? written : nameNow(next);
  };
  const replies = [...backedUp.replies].map(([id, written]) => [id, written.map(nameNow)] as const);
  return { ...copyOf(backedUp), replies: new Map(replies) };
}

/** What happens to the program and its store; none of it may ever fail. */
export const storeActs: Readonly<Record<string, Act>> = {
  restart: async (walk) => {
    const { dataFolder, services } = walk.shop;
    await services.stop();
    walk.shop = await walk.open(dataFolder);
    return true;
  },
  // A copy of the store at a moment when nothing more reaches the portal: what the copy does not know of never happened on this PC, and what was on its way may have arrived.
  crash: async (walk) => {
    const copy = freshFolder();
    walk.cutOff();
    cpSync(walk.shop.dataFolder, copy, { recursive: true });
    const known = copyOf(walk.acknowledged);
    await walk.shop.services.stop();
    walk.acknowledged = known;
    walk.goOn();
    walk.shop = await walk.open(copy);
    return true;
  },
  'back-up': async (walk) => {
    const { db, folders } = walk.shop.services.store;
    if ((await writeBackup(db, folders.backups, 'quarter', walk.clock.instant())) === null)
      throw new Error('no backup');
    walk.backedUp = copyOf(walk.acknowledged);
    walk.resent.clear();
    return true;
  },
  restore: async (walk) => {
    if (walk.backedUp === null) return false;
    const { dataFolder, services } = walk.shop;
    const { database } = services.store.folders;
    await services.stop();
    for (const suffix of ['', '-wal'])
      if (existsSync(database + suffix)) writeFileSync(database + suffix, Buffer.alloc(8_192, 1));
    walk.shop = await walk.open(dataFolder);
    const { kind } = walk.shop.services.store.health;
    if (kind !== 'restored') throw new Error(`not restored but ${kind}`);
    // A backup the program made by itself may be the newest, of a moment in which the other address was chosen.
    await walk.home();
    for (const id of walk.acknowledged.closings)
      if (!walk.backedUp.closings.has(id)) walk.closedSince.add(id);
    walk.acknowledged = asRestored(walk, walk.backedUp);
    for (const text of walk.resent) walk.excused.add(text);
    return true;
  },
  clock: async ({ clock, draw }) => {
    clock.shiftMs = (clockHours[Math.floor(draw() * clockHours.length)] ?? 0) * hourMs;
    return true;
  },
};
