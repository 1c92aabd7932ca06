import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type AppError, appError } from '../../shared/domain/app-error.ts';
import { fail, ok, type Result } from '../../shared/domain/result.ts';
import { saveLoop } from '../../renderer/stores/save-loop.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A page with one text, and a store that answers as it is told, in order; after that it takes everything. */
function pageWith(...answers: (() => Promise<Result<null, AppError>>)[]) {
  let typed = '';
  const disk: string[] = [];
  const failures: AppError[] = [];
  const loop = saveLoop<string, null>({
    unstored: () => (typed === (disk.at(-1) ?? '') ? null : typed),
    store: () => answers.shift()?.() ?? Promise.resolve(ok(null)),
    onStored: (text) => disk.push(text),
    onFailed: (_text, error) => failures.push(error),
  });
  const type = (text: string): void => {
    typed = text;
    loop.edited();
  };
  return { disk, failures, loop, type };
}

const noAnswer = (): Promise<never> => Promise.reject(new Error('reply was never sent'));
const answer = (error: AppError) => async () => fail(error);

test('edit is told as unsaved and stored by itself two seconds later when main never answered its save', async () => {
  const { disk, failures, type } = pageWith(noAnswer);
  type('una riga');
  await vi.advanceTimersByTimeAsync(150);
  expect(failures).toEqual([appError('E_UNEXPECTED')]);
  expect(disk).toEqual([]);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(disk).toEqual(['una riga']);
});

test('next edit is stored at its own pause, after the one whose answer was lost came again as it was', async () => {
  const { disk, type } = pageWith(noAnswer);
  type('una riga');
  await vi.advanceTimersByTimeAsync(150);
  type('una riga, e altre parole');
  await vi.advanceTimersByTimeAsync(150);
  expect(disk).toEqual(['una riga', 'una riga, e altre parole']);
});

test('flush answers false and does not reject when main never answered, and true when the next one is answered', async () => {
  const { disk, loop, type } = pageWith(noAnswer);
  type('una riga');
  expect(await loop.flush()).toBe(false);
  expect(await loop.flush()).toBe(true);
  expect(disk).toEqual(['una riga']);
});

test('save that cannot pass is not tried again by itself, but is at the next edit', async () => {
  const { disk, failures, type } = pageWith(answer(appError('draft.frozen')));
  type('una riga');
  await vi.advanceTimersByTimeAsync(60_000);
  expect(failures).toEqual([appError('draft.frozen')]);
  expect(disk).toEqual([]);
  type('altre parole');
  await vi.advanceTimersByTimeAsync(150);
  expect(disk).toEqual(['altre parole']);
});

test('what the disk refused for certain does not come again before what was typed since', async () => {
  const { disk, type } = pageWith(answer(appError('store.diskFull')));
  type('una riga');
  await vi.advanceTimersByTimeAsync(150);
  type('una riga, e altre parole');
  await vi.advanceTimersByTimeAsync(150);
  expect(disk).toEqual(['una riga, e altre parole']);
});

test('what was typed while a save was under way follows it, and no two saves run at once', async () => {
  const under: (() => void)[] = [];
  const slow = (): Promise<Result<null, AppError>> => new Promise((done) => under.push(() => done(ok(null))));
  const { disk, loop, type } = pageWith(slow, slow);
  type('prima');
  const first = loop.flush();
  await vi.advanceTimersByTimeAsync(0);
  type('seconda');
  const second = loop.flush();
  await vi.advanceTimersByTimeAsync(0);
  expect(under).toHaveLength(1);
  under[0]?.();
  await vi.advanceTimersByTimeAsync(0);
  under[1]?.();
  expect(await Promise.all([first, second])).toEqual([true, true]);
  expect(disk).toEqual(['prima', 'seconda']);
});

test('fault of the page itself reaches who asked for the save, and the next save runs all the same', async () => {
  const stored: string[] = [];
  let spoiled = true;
  const loop = saveLoop<string, null>({
    unstored: () => (stored.length === 0 ? 'una riga' : null),
    store: async () => ok(null),
    onStored: (text) => {
      if (spoiled) throw new Error('of the page');
      stored.push(text);
    },
    onFailed: () => undefined,
  });
  await expect(loop.flush()).rejects.toThrow('of the page');
  spoiled = false;
  expect(await loop.flush()).toBe(true);
  expect(stored).toEqual(['una riga']);
});
