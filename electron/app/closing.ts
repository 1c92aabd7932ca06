import {
  type BoxWords,
  type LeftBehind,
  noTrayWords,
  quitWords,
  staysWords,
} from '../../shared/i18n/closing-words.ts';
import type { Translate } from '../../shared/i18n/translator.ts';
import { closingStep, goesOnByItself } from '../../shared/flows/staying.ts';
import type { OutboxRow } from '../../shared/ipc/views.ts';
import type { LiveSession } from '../../shared/ipc/remote-views.ts';

/** A window as far as its closing goes. */
export type ClosableWindow = { readonly close: () => void; readonly isDestroyed: () => boolean };

export type ClosingParts<W extends ClosableWindow> = {
  /** Puts a question to the person, over a window where there is one; true when they go on. Closing the box changes nothing. */
  readonly ask: (box: BoxWords, window: W | null) => Promise<boolean>;
  readonly queue: () => readonly OutboxRow[];
  readonly live: () => LiveSession | null;
  readonly hasTray: () => Promise<boolean>;
  readonly isTold: () => boolean;
  readonly rememberTold: () => void;
  readonly words: () => Translate;
  /** Somebody wants the program to end already: nobody is asked any more. */
  readonly isLeaving: () => boolean;
  readonly mainWindow: () => W | null;
  readonly openWindow: () => void;
  readonly quit: () => void;
  readonly log: (error: unknown) => void;
};

export type Closing<W extends ClosableWindow> = {
  /** The main window is about to close: holds it back while the person is told or asked, and closes it then. */
  readonly onClose: (window: W, event: { readonly preventDefault: () => void }) => void;
  /** True while the program goes on without a window of its own. */
  readonly staysWithoutWindow: () => boolean;
  /** The program was started without a window; where nobody could reach it so, its window opens. */
  readonly startedHidden: () => Promise<void>;
  /** Ends the program for good, after saying what that leaves undone. */
  readonly askToQuit: () => Promise<void>;
  readonly stop: () => void;
};

/** How often a program without a window makes sure that it can still be reached, in milliseconds. */
const lookMs = 60_000;

/** What becomes of the program when its window closes, and how it ends for good. */
export function closing<W extends ClosableWindow>(parts: ClosingParts<W>): Closing<W> {
  const { ask } = parts;
  let stays = false;
  let isAsking = false;
  const mayGo = new WeakSet<W>();
  const left = (): readonly (OutboxRow & LeftBehind)[] => parts.queue().filter(goesOnByItself);

  /** A store that answers nothing any more keeps no window open. */
  const goesOn = (): boolean => {
    try {
      return parts.live() !== null || left().length > 0;
    } catch (error) {
      parts.log(error);
      return false;
    }
  };
  const oneAtATime = async (work: () => Promise<void>): Promise<void> => {
    if (isAsking) return;
    isAsking = true;
    try {
      await work();
    } finally {
      isAsking = false;
    }
  };
  const letGo = (window: W): void => {
    if (window.isDestroyed()) return;
    mayGo.add(window);
    window.close();
  };
  const remember = (): void => {
    try {
      parts.rememberTold();
    } catch (error) {
      // A disk that keeps nothing: it is told once more, and the window closes all the same.
      parts.log(error);
    }
  };
  const decide = async (window: W): Promise<void> => {
    const things = left();
    const isSessionLive = parts.live() !== null;
    const step = closingStep({
      isSessionLive,
      moving: things.length,
      hasTray: await parts.hasTray(),
      isTold: parts.isTold(),
    });
    if (parts.isLeaving() || window.isDestroyed()) return;
    const t = parts.words();
    if (step === 'no-tray') {
      if (await ask(noTrayWords(things, t), window)) parts.quit();
      return;
    }
    if (step === 'tell') {
      if (!(await ask(staysWords(things.length, isSessionLive, t), window))) return;
      remember();
    }
    stays = step !== 'end';
    letGo(window);
  };
  const look = async (): Promise<void> => {
    if (!stays || parts.mainWindow() !== null || parts.isLeaving() || parts.live() !== null) return;
    if (!(await parts.hasTray()) && parts.mainWindow() === null && !parts.isLeaving()) parts.openWindow();
  };
  const timer = setInterval(() => void look().catch(parts.log), lookMs);

  return {
    onClose: (window, event) => {
      if (parts.isLeaving() || mayGo.delete(window)) return;
      stays = false;
      if (!goesOn()) return;
      event.preventDefault();
      void oneAtATime(() => decide(window)).catch((error: unknown) => {
        parts.log(error);
        letGo(window);
      });
    },
    staysWithoutWindow: () => stays,
    startedHidden: async () => {
      stays = true;
      await look();
    },
    askToQuit: () =>
      oneAtATime(async () => {
        const box = quitWords(left(), parts.live()?.operator ?? null, parts.words());
        if (box === null || (await ask(box, parts.mainWindow()))) parts.quit();
      }),
    stop: () => clearInterval(timer),
  };
}
