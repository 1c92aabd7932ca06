import { randomUUID } from 'node:crypto';
import { AppFault } from '../../shared/domain/app-error.ts';
import { cleanIdentifier, drawnText } from '../../shared/domain/identifier-text.ts';

/** The codes of a session, as TeamViewer's window shows them: an id of 8 to 11 digits (FACT-TV-5) and a password. */
export type Codes = { readonly id: string; readonly password: string };

/** The digits of an id as it was copied, without gaps and what is not drawn. */
export function bareId(text: string): string {
  return cleanIdentifier(text).replace(/[ .-]/gu, '');
}

/** Both as they are told on: digits without their gaps, password without what was caught beside it. @throws AppFault remote.codesInvalid */
export function checkedCodes(given: Codes): Codes {
  const codes = { id: bareId(given.id), password: drawnText(given.password).trim() };
  if (!/^\d{8,11}$/u.test(codes.id)) throw new AppFault('remote.codesInvalid', { field: 'id' });
  if (!/^[!-~]{4,64}$/u.test(codes.password))
    throw new AppFault('remote.codesInvalid', { field: 'password' });
  return codes;
}

/** Longest that codes are held, in milliseconds (THREAT-10). */
export const codesLifeMs = 15 * 60_000;

/** Holds what is on its way, with the key of its sending, so that a second try is the same telling. In memory only. */
export type SessionCodes = {
  /** Key and reference for these words: the same as before while they are the same. */
  readonly take: (text: string) => { readonly idempotencyKey: string; readonly clientReference: string };
  readonly wipe: () => void;
};

export function sessionCodes(onWiped: () => void): SessionCodes {
  let held: {
    readonly text: string;
    readonly idempotencyKey: string;
    readonly clientReference: string;
  } | null = null;
  let timer: NodeJS.Timeout | undefined;
  const wipe = (): void => {
    clearTimeout(timer);
    const had = held !== null;
    held = null;
    if (had) onWiped();
  };
  return {
    take: (text) => {
      if (held?.text !== text) held = { text, idempotencyKey: randomUUID(), clientReference: randomUUID() };
      clearTimeout(timer);
      timer = setTimeout(wipe, codesLifeMs);
      timer.unref();
      return { idempotencyKey: held.idempotencyKey, clientReference: held.clientReference };
    },
    wipe,
  };
}
