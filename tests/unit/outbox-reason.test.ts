import { afterEach, describe, expect, test } from 'vitest';
import {
  asInQueue,
  followsRequest,
  isInLine,
  outboxCause,
  outboxReason,
  reasonOf,
  requestCause,
  shownFailure,
  type WaitingItem,
} from '../../renderer/features/outbox-reason.ts';
import { stopOf } from '../../renderer/features/stopped.ts';
import { usePortal } from '../../renderer/stores/portal-store.ts';
import { errorTextId } from '../../renderer/words/error-text.ts';
import type { Words } from '../../renderer/words/translation.ts';
import { appError, errorCodes } from '../../shared/domain/app-error.ts';
import { evidenceIdSchema, outboxItemIdSchema } from '../../shared/domain/ids.ts';
import { outboxItemSchema } from '../../shared/domain/outbox-item.ts';
import type { WaitReason } from '../../shared/domain/wait-reason.ts';
import { personCodes } from '../../shared/flows/queue-wait.ts';
import { createTranslator } from '../../shared/i18n/translator.ts';
import { outboxRowSchema, type PortalStatus, portalStatusSchema } from '../../shared/ipc/views.ts';

const words: Words = {
  t: createTranslator('it'),
  language: 'it',
  moment: (instant) => instant.slice(11, 16),
  moments: (instants) => instants,
  day: (instant) => instant.slice(0, 10),
  ago: () => '',
  size: String,
};
const itemId = '7d9e7f0e-2b42-4b8e-9a55-0a4e6f0e2d11';
const ahead = '2999-01-01T18:05:00.000Z';
const waiting = (given: Partial<WaitingItem>): WaitingItem => ({
  state: 'queued',
  nextTryAt: null,
  lastError: null,
  ...given,
});

describe('what a waiting item says of itself', () => {
  test('in doubt, that it may have arrived is said beside the next look', () => {
    expect(outboxReason(waiting({ state: 'unknown', nextTryAt: ahead }), words)).toBe(
      'La risposta si è persa: prima di inviare di nuovo il programma chiede al portale se è arrivata. Prossimo tentativo: 18:05.',
    );
    expect(outboxReason(waiting({ state: 'unknown' }), words)).toBe(
      'La risposta si è persa: prima di inviare di nuovo il programma chiede al portale se è arrivata.',
    );
  });

  test('what is carried by hand says to look on the portal first where it may be there already', () => {
    const byHand = waiting({ state: 'by-hand', attempts: 0 });
    expect(outboxReason(byHand, words)).toBe('Va inserita sul sito del fornitore.');
    expect(outboxReason({ ...byHand, attempts: 1 }, words)).toContain(
      'Guarda sul portale prima di portarla.',
    );
  });

  test('what the program set aside because its row is spoiled is not said to be the doing of the person', () => {
    const spoiled = waiting({ state: 'set-aside', lastError: appError('outbox.unreadable') });
    expect(reasonOf(spoiled)).toEqual({ kind: 'spoiled' });
    expect(outboxReason(spoiled, words)).toContain("il programma l'ha messa da parte");
    expect(outboxReason(waiting({ state: 'set-aside' }), words)).toContain("L'hai messa da parte");
  });

  test('what waits behind others says so instead of promising the next answer of the portal', () => {
    const turn = { waitReason: { kind: 'turn' } } as const;
    expect(outboxReason(waiting({ ...turn, before: 2 }), words)).toBe(
      'Parte dopo le 2 richieste che ha davanti.',
    );
    expect(outboxReason(waiting({ ...turn, before: 1 }), words)).toBe(
      'Parte dopo la richiesta che ha davanti.',
    );
    expect(outboxReason(waiting({ ...turn, before: 0 }), words)).toBe('Parte appena il portale risponde.');
  });
});

describe('what a card says of a failure', () => {
  /** What each wait may say: whether the queue goes on by itself. */
  const waits: Readonly<Record<WaitReason['kind'], readonly [WaitReason, boolean]>> = {
    recipient: [{ kind: 'recipient', address: 'https://a.example', customerCode: 'A' }, false],
    closed: [{ kind: 'closed', state: 'unreachable', why: { kind: 'portal-says' } }, true],
    held: [{ kind: 'held', hold: { kind: 'staffed' } }, false],
    terms: [{ kind: 'terms' }, false],
    person: [{ kind: 'person' }, false],
    number: [{ kind: 'number' }, false],
    unheard: [{ kind: 'unheard' }, true],
    retry: [{ kind: 'retry' }, true],
    turn: [{ kind: 'turn' }, true],
    'look-up': [{ kind: 'look-up' }, true],
    decision: [{ kind: 'decision' }, false],
    refused: [{ kind: 'refused' }, false],
    'by-hand': [{ kind: 'by-hand' }, false],
    'set-aside': [{ kind: 'set-aside' }, false],
    spoiled: [{ kind: 'spoiled' }, false],
  };
  const byItself = /coda (?:riprova|riparte) da sola|queue (?:tries again|goes on) by itself/u;
  const promising = errorCodes.filter((code) =>
    (['it', 'en'] as const).some((language) =>
      byItself.test(createTranslator(language)(`error.${errorTextId(code)}.next`)),
    ),
  );

  test.each(Object.entries(waits))('where it waits for %s it promises no more than the queue does', (_kind, [
    waitReason,
    goesOn,
  ]) => {
    expect(promising.length).toBeGreaterThanOrEqual(8);
    for (const code of promising) {
      const lastError = appError(code);
      const shown = shownFailure(waiting({ waitReason, lastError, attempts: 3 }), false);
      expect(shown, code).toEqual(goesOn ? lastError : null);
    }
    const refused = appError('portal.textTooLarge');
    const told = shownFailure(waiting({ waitReason, lastError: refused, attempts: 1 }), false);
    expect(told).toEqual(waitReason.kind === 'spoiled' ? null : refused);
  });

  test('what is merely in line offers no try, and a file waits for the way of the files', () => {
    const turn = { waitReason: { kind: 'turn' }, attempts: 0 } as const;
    const file = {
      work: { kind: 'upload-attachment', evidenceId: evidenceIdSchema.parse(itemId), messageId: null },
    } as const;
    expect([isInLine(waiting({ ...turn, before: 1 })), isInLine(waiting({ ...turn, before: 0 }))]).toEqual([
      true,
      false,
    ]);
    expect(isInLine(waiting({ ...turn, before: 1, attempts: 2 }))).toBe(false);
    expect(isInLine(waiting({ waitReason: { kind: 'retry' }, before: 1, attempts: 0 }))).toBe(false);
    expect(outboxReason(waiting({ ...turn, ...file, before: 1 }), words)).toBe(
      'Parte quando tocca a lui: i file vanno uno alla volta.',
    );
  });

  test('a file is spoken of as a file', () => {
    const file = {
      work: { kind: 'upload-attachment', evidenceId: evidenceIdSchema.parse(itemId), messageId: null },
    } as const;
    const said = (['set-aside', 'rejected', 'to-verify', 'accepted', 'unknown', 'by-hand'] as const).map(
      (state) => outboxReason(waiting({ ...file, state }), words),
    );
    expect(said.join(' ')).not.toMatch(/messa|ferma |rifiutata|arrivata|ricevuta|inserita/u);
    expect(said[0]).toBe("L'hai messo da parte: resta fermo finché non lo riprendi o lo togli.");
  });
});

describe('R-ACCEPT-1: what waits for terms', () => {
  test('says so on every screen while the portal is away as well', () => {
    const item = waiting({
      waitReason: { kind: 'terms' },
      lastError: appError('portal.unreachable'),
      nextTryAt: ahead,
    });
    expect(outboxReason(item, words)).toMatch(/^I termini del fornitore sono cambiati/u);
    expect(outboxCause(item, words)).toBe(outboxReason(item, words));
  });
});

describe('what waiting cannot mend', () => {
  afterEach(() => usePortal.setState({ status: null }));

  test.each(personCodes)('%s says that it is stopped and by what, never when it is tried again', (code) => {
    const stopped = waiting({ lastError: appError(code), nextTryAt: ahead });
    for (const language of ['it', 'en'] as const) {
      const said = { ...words, t: createTranslator(language), language };
      const why = stopOf(appError(code), said)?.why ?? '';
      expect(why).toMatch(language === 'it' ? /^Ferma: / : /^Stopped: /);
      expect(outboxReason(stopped, said)).toBe(why);
      expect(outboxCause(stopped, said)).toBe(why);
    }
  });

  test('a refused key is called so, and one that is missing is not called refused', () => {
    const stop = (): unknown => stopOf(appError('portal.keyRefused'), words);
    expect(stop()).toMatchObject({
      why: 'Ferma: il server ha rifiutato la chiave.',
      go: 'Riscrivi la chiave',
      field: 'password',
    });
    usePortal.setState({
      status: portalStatusSchema.partial().parse({ credentials: 'absent' }) as PortalStatus,
    });
    expect(stop()).toMatchObject({ why: 'Ferma: manca la chiave del server.', go: 'Scrivi la chiave' });
    usePortal.setState({ status: null });
  });

  test('a refused password leads to its field, and one that is missing is not called refused', () => {
    const stop = (): unknown => stopOf(appError('portal.unauthorized'), words);
    expect(stop()).toMatchObject({
      why: 'Ferma: il portale ha rifiutato la password.',
      go: 'Riscrivi la password',
      field: 'password',
    });
    usePortal.setState({
      status: portalStatusSchema.partial().parse({ credentials: 'absent' }) as PortalStatus,
    });
    expect(stop()).toMatchObject({
      why: 'Ferma: manca la password del portale.',
      go: 'Scrivi la password',
      field: 'password',
    });
  });

  test('what passes by itself is no stop', () => {
    expect(stopOf(appError('portal.serverFault'), words)).toBeNull();
    expect(stopOf(null, words)).toBeNull();
    expect(outboxReason(waiting({ lastError: appError('portal.serverFault') }), words)).toBe(
      'Parte appena il portale risponde.',
    );
  });
});

describe('the same on the page of the request', () => {
  const item = outboxItemSchema.parse({
    id: '7d9e7f0e-2b42-4b8e-9a55-0a4e6f0e2d11',
    sequence: 1,
    ticketId: '0f6f5e0a-97c1-4e58-8f52-0d5d6a3b8a22',
    work: { kind: 'create-ticket' },
    idempotencyKey: '3b7f2a4c-7d3e-4f45-9a31-5a2f1c9d8e33',
    state: 'queued',
    attempts: 0,
    absentLookups: 0,
    nextTryAt: null,
    lastError: null,
    resume: null,
    createdAt: '2026-11-24T18:00:00.000Z',
    updatedAt: '2026-11-24T18:00:00.000Z',
  });
  const row = outboxRowSchema.parse({
    ...item,
    hold: null,
    title: 'La lettura si ferma',
    number: null,
    fileName: null,
    sentBytes: null,
    totalBytes: null,
    waitReason: { kind: 'recipient', address: 'https://old.example', customerCode: 'ALI-20417' },
    goesAt: null,
    before: 0,
  });

  test('an item of another portal names it there too, and does not promise to go', () => {
    expect(outboxCause(asInQueue(item, [row]), words)).toContain(
      'È per old.example, codice cliente ALI-20417',
    );
  });

  test('R-HOURS-3: a file behind its request says the closure as the request does, and else that it follows it', () => {
    const closed = {
      ...row,
      waitReason: { kind: 'closed', state: 'read-only', why: { kind: 'closure', noticeId: 'n' } },
    } as const;
    const file = {
      ...closed,
      id: outboxItemIdSchema.parse('00000000-0000-4000-8000-000000000009'),
      work: { ...item.work, kind: 'close-ticket' },
    } as const;
    const queue = [closed, file];
    expect(followsRequest(file, queue)).toBe(true);
    expect(followsRequest(closed, queue)).toBe(false);
    expect(followsRequest(file, [{ ...closed, state: 'accepted' }, file])).toBe(false);
    const why = 'È una chiusura annunciata. Parte da sola quando riapre.';
    expect(queue.map((one) => outboxCause(one, words, followsRequest(one, queue)))).toEqual([why, why]);
    expect(requestCause({ id: item.ticketId }, queue, words)).toBe(why);
    expect(requestCause({ id: item.ticketId }, [{ ...closed, state: 'accepted' }], words)).toBeNull();
    expect(requestCause({ id: item.ticketId }, null, words)).toBeNull();
    const inTurn = { ...file, waitReason: { kind: 'number' } } as const;
    expect(outboxCause(inTurn, words, followsRequest(inTurn, [closed, inTurn]))).toBe(
      'Parte dopo che la richiesta è aperta sul portale.',
    );
  });

  test('a row of the queue that is behind the times says nothing about the item', () => {
    expect(asInQueue(item, [{ ...row, state: 'sending' }])).toBe(item);
    expect(asInQueue(item, null)).toBe(item);
  });
});

describe.each(['it', 'en'] as const)('failures that the queue outlives by itself, in %s', (language) => {
  const t = createTranslator(language);
  test.each([
    'portal_unreachable',
    'portal_timeout',
    'portal_rateLimited',
    'portal_serverFault',
    'portal_readOnly',
    'portal_maintenance',
    'portal_badAnswer',
  ] as const)('%s sends nobody to do what the queue does', (code) => {
    expect(t(`error.${code}.next`)).toMatch(
      language === 'it'
        ? /la coda (riprova|riparte) da sola/iu
        : /the queue (tries again|goes on) by itself/iu,
    );
  });
});
