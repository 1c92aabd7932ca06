import { type AppError, appError } from '../../shared/domain/app-error.ts';
import { fail, type Result } from '../../shared/domain/result.ts';
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

/** The answer to a call; one that main never gave counts as an unexpected fault. Never rejects. */
export function answered<T>(call: Promise<Result<T, AppError>>): Promise<Result<T, AppError>> {
  return call.catch(() => fail(appError('E_UNEXPECTED')));
}

/** The value of a call, or `CallFailed`. */
export async function unwrap<T>(call: Promise<Result<T, AppError>>): Promise<T> {
  const result = await answered(call);
  if (!result.ok) throw new CallFailed(result.error);
  return result.value;
}

/** For refreshes nobody asked for: null when they fail, and what is on screen stays. */
export async function quietly<T>(call: Promise<Result<T, AppError>>): Promise<T | null> {
  try {
    return await unwrap(call);
  } catch (error) {
    if (error instanceof CallFailed) return null;
    throw error;
  }
}
