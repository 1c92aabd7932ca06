import { randomBytes } from 'node:crypto';
import type { z } from 'zod';
import { type AppError, appError } from '../../shared/domain/app-error.ts';
import { fail, ok, type Result } from '../../shared/domain/result.ts';
import { channels, dropChannel } from '../../shared/ipc/contract.ts';
import { markStart } from '../platform/start-marks.ts';
import { storeError } from '../store/store-error.ts';
import type { Dispatch } from './register-channels.ts';
import type { Handlers } from './handlers.ts';
import { payloadMeasure, type PayloadLimits } from './payload-measure.ts';

/** Keeps an unknown fault under the reference that is shown to the person. */
export type LogFault = (reference: string, error: unknown) => void;

/** Largest payload taken from the window (1 MB, BOUND-IPC). The largest real one has a thousand values, six deep. */
const payloadLimits: PayloadLimits = { chars: 1_000_000, nodes: 20_000, depth: 100 };
/** A name of a field that the window made up is told back so far. */
const maxFieldChars = 120;

async function answer(
  schema: z.ZodType,
  handler: (input: unknown) => Promise<unknown>,
  payload: unknown,
  log: LogFault,
): Promise<Result<unknown, AppError>> {
  try {
    const measure = payloadMeasure(payload, payloadLimits);
    if (measure === 'odd') return fail(appError('E_INPUT', { field: '' }));
    if (measure === 'too-large') return fail(appError('E_TOO_LARGE', { limitChars: payloadLimits.chars }));
    const input = schema.safeParse(payload);
    if (!input.success)
      return fail(
        appError('E_INPUT', { field: (input.error.issues[0]?.path.join('.') ?? '').slice(0, maxFieldChars) }),
      );
    const answered = ok(await handler(input.data));
    markStart('first-answer');
    return answered;
  } catch (error) {
    const known = storeError(error);
    if (known !== null) return fail(known);
    const reference = randomBytes(4).toString('hex');
    log(reference, error);
    return fail({ ...appError('E_UNEXPECTED'), reference });
  }
}

/** Answers what came over a channel; a store that could not be opened answers each question with its reason. @param ready asked anew for each question */
export function dispatch(ready: () => Promise<Handlers>, log: LogFault): Dispatch {
  return (name, payload) => {
    const { input } = name === dropChannel.name ? dropChannel : channels[name];
    const handler = async (given: unknown): Promise<unknown> => {
      const work = (await ready())[name] as (parsed: unknown) => unknown;
      return work(given);
    };
    return answer(input, handler, payload, log);
  };
}
