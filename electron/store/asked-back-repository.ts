import { z } from 'zod';
import type { MessageId } from '../../shared/domain/ids.ts';
import type { CheckId } from '../../shared/rules/rule-definitions.ts';
import { checkIds } from '../../shared/rules/draft-checks.ts';
import type { AskedBack } from '../../shared/rules/completeness-score.ts';
import type { Db } from './open-store.ts';

const countSchema = z.object({ checkId: z.string(), times: z.number().int().nonnegative() });
const isCheckId = (text: string): text is CheckId => checkIds.some((id) => id === text);

/** What operators asked back for, learned from this PC's own conversations and kept on it only. */
export type AskedBackRepository = {
  readonly add: (
    messageId: MessageId,
    about: { readonly productId: string; readonly requestType: string },
    asked: readonly CheckId[],
  ) => void;
  /** How often each thing was asked for, over requests of one product and kind. */
  readonly counts: (productId: string, requestType: string) => AskedBack;
  /** Forgets everything learned. */
  readonly reset: () => void;
};

export function askedBackRepository(db: Db): AskedBackRepository {
  const insert = db.prepare(
    'insert or replace into asked_back (message_id, product_id, request_type, findings) values (?, ?, ?, ?)',
  );
  const count =
    db.prepare(`select f.value as checkId, count(*) as times from asked_back a, json_each(case when json_valid(a.findings) then a.findings else '[]' end) f
    where a.product_id = ? and a.request_type = ? and typeof(f.value) = 'text' group by f.value`);
  const clear = db.prepare('delete from asked_back');
  return {
    add: (messageId, { productId, requestType }, asked) => {
      insert.run(messageId, productId, requestType, JSON.stringify(asked));
    },
    counts: (productId, requestType) =>
      Object.fromEntries(
        count.all(productId, requestType).flatMap((row) => {
          const { checkId, times } = countSchema.parse(row);
          return isCheckId(checkId) ? [[checkId, times] as const] : [];
        }),
      ),
    reset: () => {
      clear.run();
    },
  };
}
