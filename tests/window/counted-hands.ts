import type { Locator, Page } from '@playwright/test';

/** What a person's hands did, as the page itself saw it. */
export type Counted = {
  /** Presses of the pointer, and one more for each choice in a list of the system, which the page does not see. */
  readonly clicks: number;
  /** Fields written by keyboard, whatever their length. */
  readonly fields: number;
  /** Keys pressed beside the words in the fields. */
  readonly keys: number;
};

export type CountedHands = {
  readonly press: (control: Locator) => Promise<void>;
  /** Writes where the focus is already; presses the field first where it is not. */
  readonly write: (field: Locator, text: string) => Promise<void>;
  /** Goes to the next field of the same form by Tab, as people fill in forms, and writes. */
  readonly writeNext: (field: Locator, text: string) => Promise<void>;
  readonly choose: (list: Locator, label: string) => Promise<void>;
  /** Presses a key; fails when the focus is not where it is said to be. */
  readonly key: (name: string) => Promise<void>;
  /** Presses Tab until the control has the focus, and fails when it is further away than `most`. */
  readonly tabTo: (control: Locator, most?: number) => Promise<void>;
  readonly done: () => Promise<Counted>;
};

const isFocused = (control: Locator): Promise<boolean> =>
  control.evaluate((element) => element === document.activeElement);

/** Hands whose every press is counted by listeners in the page, before anything in it can stop the event. */
export async function countedHands(page: Page): Promise<CountedHands> {
  await page.evaluate(() => {
    const seen = { clicks: 0, keys: 0 };
    Reflect.set(window, 'handsSeen', seen);
    window.addEventListener('pointerdown', () => (seen.clicks += 1), { capture: true });
    window.addEventListener('keydown', () => (seen.keys += 1), { capture: true });
  });
  let fields = 0;
  let chosen = 0;
  const words = async (field: Locator, text: string): Promise<void> => {
    fields += 1;
    // Put in at one stroke: it comes as an input and not as keys, and counts as one field.
    await field.page().keyboard.insertText(text);
  };
  const hands: CountedHands = {
    press: async (control) => control.click(),
    write: async (field, text) => {
      await field.waitFor();
      if (!(await isFocused(field))) await field.click();
      await words(field, text);
    },
    writeNext: async (field, text) => {
      await page.keyboard.press('Tab');
      if (!(await isFocused(field))) throw new Error(`the next field is not ${field}`);
      await words(field, text);
    },
    choose: async (list, label) => {
      await list.selectOption({ label });
      chosen += 2;
    },
    key: async (name) => page.keyboard.press(name),
    tabTo: async (control, most = 12) => {
      await control.waitFor();
      for (let pressed = 0; !(await isFocused(control)); pressed += 1) {
        if (pressed === most) throw new Error(`${control} is more than ${most} keys away`);
        await page.keyboard.press('Tab');
      }
    },
    done: async () => {
      const seen = await page.evaluate(
        () => Reflect.get(window, 'handsSeen') as { clicks: number; keys: number },
      );
      return { clicks: seen.clicks + chosen, fields, keys: seen.keys };
    },
  };
  return hands;
}
