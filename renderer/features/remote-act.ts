import type { AppError } from '../../shared/domain/app-error.ts';
import type { Result } from '../../shared/domain/result.ts';
import { unwrap } from '../bridge/bridge.ts';
import { attempt } from '../stores/app-store.ts';
import { useRemote } from '../stores/remote-store.ts';

/** One command of the wizard; whatever came of it, the wizard is asked for anew. Null when it failed, which is shown above. */
export async function remoteAct<T>(call: () => Promise<Result<T, AppError>>): Promise<T | null> {
  const value = await attempt(() => unwrap(call()));
  await useRemote.getState().refresh();
  return value;
}
