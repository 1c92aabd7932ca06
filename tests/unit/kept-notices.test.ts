import { expect, test } from 'vitest';
import type { Notice } from '../../shared/domain/notice.ts';
import { announced, keptNotices, noticesToKeep, noticesToShow } from '../../shared/rules/announcements.ts';

const nowMs = Date.parse('2026-11-29T12:00:00.000Z');
const day = 86_400_000;
const notice = (id: string, fromDay: number, toDay: number | null): Notice => ({
  id,
  kind: 'closure',
  title: { it: id, en: id },
  startsAt: new Date(nowMs + fromDay * day).toISOString(),
  endsAt: toDay === null ? null : new Date(nowMs + toDay * day).toISOString(),
  origin: 'portal',
});

test('few announcements are all kept, in their order', () => {
  const few = [notice('b', -5, -4), notice('a', 1, 2)];
  expect(noticesToKeep(few, nowMs)).toBe(few);
});

test('of ten thousand announcements those that are not over are kept, and the closure of today among them', () => {
  const over = Array.from({ length: 9_000 }, (_, index) => notice(`over ${index}`, -index - 2, -index - 1));
  const ahead = Array.from({ length: 998 }, (_, index) => notice(`ahead ${index}`, index + 10, index + 11));
  const kept = noticesToKeep([...over, notice('open', -1, null), ...ahead, notice('today', -1, 1)], nowMs);
  expect(kept).toHaveLength(keptNotices);
  const ids = new Set(kept.map(({ id }) => id));
  expect(['today', 'open', 'ahead 0', 'ahead 997'].every((id) => ids.has(id))).toBe(true);
  expect(announced(kept).closures.some(({ fromMs, toMs }) => fromMs <= nowMs && nowMs < toMs)).toBe(true);
});

test('of ten thousand announcements one that ends before it starts is kept and shown, for somebody meant something by it', () => {
  const ahead = Array.from({ length: 9_999 }, (_, index) => notice(`ahead ${index}`, index + 1, index + 2));
  const kept = noticesToKeep([...ahead, notice('odd', 0.1, -0.1)], nowMs);
  expect(kept).toHaveLength(keptNotices);
  const { shown, further } = noticesToShow(kept, nowMs);
  expect(shown.map(({ id }) => id).slice(0, 2)).toEqual(['odd', 'ahead 0']);
  expect(shown).toHaveLength(50);
  expect(further).toBe(keptNotices - 50);
});

test('a thousand announcements that end before they start hide no true closure, neither kept nor shown', () => {
  const odd = Array.from({ length: 1_200 }, (_, index) => notice(`odd ${index}`, -index, -index - 1));
  const kept = noticesToKeep([...odd, notice('true', 400, 401)], nowMs);
  expect(kept.map(({ id }) => id)).toEqual(['odd 0', 'odd 1', 'odd 2', 'odd 3', 'odd 4', 'true']);
  expect(noticesToShow([...odd, notice('true', 400, 401)], nowMs).shown.map(({ id }) => id)).toContain(
    'true',
  );
});
