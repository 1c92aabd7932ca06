import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { type ClosableWindow, type Closing, type ClosingParts, closing } from '../../electron/app/closing.ts';
import { outboxItemIdSchema, ticketIdSchema } from '../../shared/domain/ids.ts';
import { closingStep, goesOnByItself } from '../../shared/flows/staying.ts';
import { type BoxWords, quitWords, staysWords } from '../../shared/i18n/closing-words.ts';
import { createTranslator } from '../../shared/i18n/translator.ts';
import type { LiveSession } from '../../shared/ipc/remote-views.ts';
import type { OutboxRow } from '../../shared/ipc/views.ts';

const id = '00000000-0000-4000-8000-000000000001';
const row = (changes: Partial<OutboxRow> = {}): OutboxRow => ({
  id: outboxItemIdSchema.parse(id),
  ticketId: ticketIdSchema.parse(id),
  title: 'Non trovo il driver',
  number: null,
  work: { kind: 'create-ticket' },
  fileName: null,
  state: 'queued',
  attempts: 0,
  nextTryAt: null,
  lastError: null,
  createdAt: '2026-11-24T10:00:00Z',
  sentBytes: null,
  waitReason: null,
  goesAt: null,
  before: 0,
  hold: null,
  totalBytes: null,
  ...changes,
});
const session: LiveSession = {
  sessionId: id,
  ticketId: ticketIdSchema.parse(id),
  number: null,
  operator: 'Anna',
  reason: '',
  elapsedMs: 0,
  seen: 'active',
  ending: false,
  step: null,
};

type Program = {
  readonly closing: Closing<ClosableWindow>;
  readonly asked: BoxWords[];
  readonly done: string[];
  /** Presses the cross of the window and waits until everything that follows has. */
  readonly press: () => Promise<void>;
  told: boolean;
  tray: boolean;
  rows: OutboxRow[];
  live: LiveSession | null;
  leaving: boolean;
  answer: boolean;
};

function program(changes: Partial<ClosingParts<ClosableWindow>> = {}): Program {
  const asked: BoxWords[] = [];
  const done: string[] = [];
  let open = true;
  const window: ClosableWindow = {
    isDestroyed: () => !open,
    close: () => {
      let held = false;
      made.closing.onClose(window, {
        preventDefault: () => {
          held = true;
        },
      });
      if (held) return;
      open = false;
      done.push('closed');
      if (!made.closing.staysWithoutWindow()) done.push('ended');
    },
  };
  const made: Program = {
    asked,
    done,
    told: false,
    tray: true,
    rows: [],
    live: null,
    leaving: false,
    answer: true,
    press: async () => {
      window.close();
      await wait(5);
    },
    closing: closing<ClosableWindow>({
      ask: async (box) => {
        asked.push(box);
        return made.answer;
      },
      queue: () => made.rows,
      live: () => made.live,
      hasTray: async () => made.tray,
      isTold: () => made.told,
      rememberTold: () => {
        made.told = true;
      },
      words: () => createTranslator('it'),
      isLeaving: () => made.leaving,
      mainWindow: () => (open ? window : null),
      openWindow: () => {
        open = true;
        done.push('opened');
      },
      quit: () => void done.push('quit'),
      log: (error) => void done.push(String(error)),
      ...changes,
    }),
  };
  made.closing.stop();
  return made;
}

test('program ends with its window when nothing is on its way, and asks nobody', async () => {
  const made = program();
  made.rows = [row({ state: 'by-hand' }), row({ waitReason: { kind: 'terms' } }), row({ state: 'rejected' })];
  await made.press();
  expect([made.done, made.asked]).toEqual([['closed', 'ended'], []]);
});

test('program goes on without its window when something waits, and says so once', async () => {
  const made = program();
  made.rows = [row()];
  await made.press();
  expect(made.done).toEqual(['closed']);
  expect(made.asked.map(({ message }) => message)).toEqual([
    "Officina Support resta acceso vicino all'orologio",
  ]);
  expect(made.asked[0]?.detail).toContain('«Esci»');
  const again = program();
  again.told = made.told;
  again.rows = [row({ state: 'sending' })];
  await again.press();
  expect([again.done, again.asked]).toEqual([['closed'], []]);
});

test('window stays open when the person changes their mind, and is told again the next time', async () => {
  const made = program();
  made.rows = [row()];
  made.answer = false;
  await made.press();
  expect([made.done, made.told]).toEqual([[], false]);
  await made.press();
  expect(made.asked).toHaveLength(2);
});

test('program never goes on out of reach when the system has no tray: it says what does not go, and the person decides', async () => {
  const made = program();
  made.tray = false;
  made.rows = [row(), row({ work: { kind: 'close-ticket' }, number: null, title: 'Altra' })];
  await made.press();
  expect(made.done).toEqual(['quit']);
  expect(made.asked[0]?.message).toMatch(/^Questo sistema non mostra icone/u);
  expect(made.asked[0]?.detail).toBe(
    '2 cose in coda non partono finché non riapri il programma:\n• Invio della richiesta: Non trovo il driver\n• Chiusura della richiesta: Altra',
  );
  const stays = program();
  stays.tray = false;
  stays.answer = false;
  stays.rows = [row()];
  await stays.press();
  expect(stays.done).toEqual([]);
});

test('R-REMOTE-6: session goes on without the window, in reach by its strip where there is no tray', async () => {
  const made = program();
  made.live = session;
  made.tray = false;
  await made.press();
  expect([made.done, made.asked]).toEqual([['closed'], []]);
  const told = program();
  told.live = session;
  await told.press();
  expect(told.asked[0]?.detail).toMatch(/^La sessione remota va avanti\./u);
});

test('nobody is asked when the program is ending already, nor where the store answers nothing', async () => {
  const made = program();
  made.rows = [row()];
  made.leaving = true;
  await made.press();
  expect(made.asked).toEqual([]);
  const broken = program({
    queue: () => {
      throw new RangeError('closed');
    },
  });
  await broken.press();
  expect(broken.done).toEqual(['RangeError: closed', 'closed', 'ended']);
});

test('program that cannot keep that it said so closes its window all the same', async () => {
  const made = program({
    rememberTold: () => {
      throw new RangeError('full');
    },
  });
  made.rows = [row()];
  await made.press();
  expect(made.done).toEqual(['RangeError: full', 'closed']);
});

test('program ended for good says what does not go, once at a time, and stays when the person wants to', async () => {
  const made = program();
  made.rows = [row()];
  made.answer = false;
  await Promise.all([made.closing.askToQuit(), made.closing.askToQuit()]);
  expect([made.done, made.asked.length]).toEqual([[], 1]);
  made.answer = true;
  await made.closing.askToQuit();
  expect(made.done).toEqual(['quit']);
  const idle = program();
  await idle.closing.askToQuit();
  expect([idle.done, idle.asked]).toEqual([['quit'], []]);
});

test('program started without a window opens one where nothing shows it', async () => {
  const made = program({ mainWindow: () => null });
  await made.closing.startedHidden();
  expect([made.done, made.closing.staysWithoutWindow()]).toEqual([[], true]);
  made.tray = false;
  await made.closing.startedHidden();
  expect(made.done).toEqual(['opened']);
});

test('every way of closing has one outcome, and only what moves by itself keeps the program', () => {
  const flags = [true, false];
  const steps = flags.flatMap((isSessionLive) =>
    [0, 3].flatMap((moving) =>
      flags.flatMap((hasTray) =>
        flags.map((isTold) => closingStep({ isSessionLive, moving, hasTray, isTold })),
      ),
    ),
  );
  expect(steps).toHaveLength(16);
  expect(steps.filter((step) => step === 'end')).toHaveLength(4);
  expect(steps.filter((step) => step === 'no-tray')).toHaveLength(2);
  expect(steps.filter((step) => step === 'tell')).toHaveLength(3);
  expect(goesOnByItself({ state: 'queued', waitReason: { kind: 'recipient' } })).toBe(false);
  expect(goesOnByItself({ state: 'unknown', waitReason: { kind: 'look-up' } })).toBe(true);
});

test('boxes name at most eight things, cut what is too long, and speak both languages', () => {
  const t = createTranslator('en');
  const many = Array.from({ length: 30 }, () => row({ title: 'x'.repeat(4_000) }));
  const box = quitWords(many, 'Anna', t);
  expect(box?.detail.split('\n')).toHaveLength(1 + 1 + 8 + 1);
  expect(box?.detail).toMatch(/and 22 more$/u);
  expect(box?.detail.length).toBeLessThan(1_400);
  expect(quitWords([], null, t)).toBeNull();
  expect(staysWords(1, false, t).detail).toContain('“Quit”');
});
