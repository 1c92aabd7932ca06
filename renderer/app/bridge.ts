import type { AppError } from '../../shared/domain/app-error.ts';
import type { Result } from '../../shared/domain/result.ts';
import type { OfficinaApi } from '../../shared/ipc/api.ts';

declare global {
  interface Window {
    readonly officina: OfficinaApi;
  }
}

/** A failed call, as an exception inside the page only; `error` is what main said. */
export class CallFailed extends Error {
  readonly error: AppError;
  constructor(error: AppError) {
    super(error.code);
    this.error = error;
  }
}

/** The value of a call, or `CallFailed`. */
export async function unwrap<T>(call: Promise<Result<T, AppError>>): Promise<T> {
  const result = await call;
  if (!result.ok) throw new CallFailed(result.error);
  return result.value;
}
