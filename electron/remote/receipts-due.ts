import { type AppError, AppFault, appError } from '../../shared/domain/app-error.ts';
import type { ServiceContext } from '../store/service-context.ts';
import type { StoredSession } from '../store/remote-repository.ts';
import { storeError } from '../store/store-error.ts';
import type { KeyAnswer } from './proof/signing-key.ts';
import type { ReceiptService } from './receipt-service.ts';

export type ReceiptsDueParts = {
  readonly context: Pick<ServiceContext, 'remote' | 'publish'>;
  readonly receipts: Pick<ReceiptService, 'keep' | 'make'>;
  /** Of the installation, or of its practice sessions: what a session was begun as decides. */
  readonly key: (practice: boolean) => Promise<KeyAnswer>;
  /** What of the tool is still there after this session, by name. */
  readonly stayed: (session: StoredSession) => Promise<readonly string[]>;
  readonly log: (error: unknown) => string;
};

export type ReceiptsDue = {
  /** Makes every receipt that is missing, and writes every file of one that is. One run after the other. */
  readonly makeAll: () => Promise<void>;
  /** Why the receipt of this session could not be made; null when it could, or nobody has tried yet. */
  readonly problem: (sessionId: string) => AppError | null;
  /** Nothing is begun or told from now on. */
  readonly stop: () => void;
};

/** Receipts of sessions that are over: not the last one's alone, for one that failed must not be lost because another one was begun. */
export function receiptsDue({ context, receipts, key, stayed, log }: ReceiptsDueParts): ReceiptsDue {
  const problems = new Map<string, AppError>();
  let making: Promise<void> = Promise.resolve();
  let isStopped = false;
  /** The receipt of one session, and its files; what keeps it from being made is told where it would stand. */
  const make = async (session: StoredSession): Promise<void> => {
    try {
      if (session.facts.receiptId !== null) await receipts.keep(session.facts.receiptId);
      else {
        const answer = await key(session.facts.practice);
        if (answer.kind === 'unavailable') throw AppFault.of(answer.error);
        await receipts.make(session, await stayed(session), answer.key);
      }
      problems.delete(session.id);
    } catch (error) {
      if (isStopped) return;
      problems.set(session.id, storeError(error) ?? { ...appError('E_UNEXPECTED'), reference: log(error) });
    }
  };
  return {
    makeAll: () => {
      const before = making.catch(() => undefined);
      making = before.then(async () => {
        for (const session of isStopped ? [] : context.remote.ended()) {
          if (isStopped) return;
          await make(session);
        }
        if (!isStopped) context.publish({ kind: 'remoteChanged' });
      });
      return making;
    },
    problem: (sessionId) => problems.get(sessionId) ?? null,
    stop: () => {
      isStopped = true;
    },
  };
}
