import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { PracticeDb } from './practice-database.ts';
import { Problem } from './problem.ts';

const keptSchema = z.object({ fingerprint: z.string(), answer: z.string() });

/**
 * Idempotency-Key as in the IETF draft: 400 without a key, 409 while the first request with it runs, 422 when it comes back with
 * another payload, and the very first answer again otherwise. The key and what it made are kept in one transaction.
 */
export function exactlyOnce(db: PracticeDb, processingMs: number) {
  const running = new Set<string>();
  return async (key: unknown, scope: string, payload: unknown, work: () => object): Promise<unknown> => {
    const parsed = z.uuid().safeParse(key);
    if (!parsed.success) throw new Problem(400, 'key-missing');
    const fingerprint = createHash('sha256')
      .update(JSON.stringify([scope, payload]))
      .digest('hex');
    const kept = keptSchema
      .optional()
      .parse(db.prepare('SELECT fingerprint, answer FROM idempotency WHERE key = ?').get(parsed.data));
    if (kept !== undefined) {
      if (kept.fingerprint !== fingerprint) throw new Problem(422, 'key-reused');
      return JSON.parse(kept.answer);
    }
    if (running.has(parsed.data)) throw new Problem(409, 'key-in-progress');
    running.add(parsed.data);
    try {
      if (processingMs > 0) await new Promise((resolve) => setTimeout(resolve, processingMs));
      return db
        .transaction(() => {
          const answer = work();
          db.prepare('INSERT INTO idempotency(key, fingerprint, answer) VALUES (?, ?, ?)').run(
            parsed.data,
            fingerprint,
            JSON.stringify(answer),
          );
          return answer;
        })
        .immediate();
    } finally {
      running.delete(parsed.data);
    }
  };
}
