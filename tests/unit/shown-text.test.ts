import fc from 'fast-check';
import { expect, test } from 'vitest';
import { displayName } from '../../shared/domain/display-name.ts';
import { identifierGroups } from '../../shared/domain/identifier-groups.ts';
import { agoText, dayText, momentsApart, momentText, sizeText, spanText } from '../../shared/i18n/amounts.ts';

const now = new Date(2026, 11, 4, 18, 5).getTime();
const at = (...parts: [number, number, number, number, number]): string => new Date(...parts).toISOString();

test('displayName shows an override as its code point when a name carries one', () => {
  expect(displayName('foto\u202Egpj.exe')).toBe('foto⟨U+202E⟩gpj.exe');
  expect(displayName('riga\nnuova\u0000')).toBe('riga⟨U+000A⟩nuova⟨U+0000⟩');
  expect(displayName('a\u2800\uFFA0\u034F.exe')).toBe('a⟨U+2800⟩⟨U+FFA0⟩⟨U+034F⟩.exe');
  expect(displayName('a\u200Bb\u2066c\uFEFF')).toBe('a⟨U+200B⟩b⟨U+2066⟩c⟨U+FEFF⟩');
});

test('displayName leaves accents, spaces and other scripts alone when they can be seen', () => {
  expect(displayName('Città è 日本 (1).log')).toBe('Città è 日本 (1).log');
});

test('displayName lets no unseen character through whatever the name is', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary' }),
      (name) => !/[\p{Cc}\u202A-\u202E\u2066-\u2069\u200B-\u200F]/u.test(displayName(name)),
    ),
  );
});

test('identifierGroups joined give the text whatever it is', () => {
  fc.assert(fc.property(fc.string(), (text) => identifierGroups(text).join('') === text));
  expect(identifierGroups('48213')).toEqual(['48', '213']);
  expect(identifierGroups('310077')).toEqual(['310', '077']);
  expect(identifierGroups('03L906018')).toEqual(['03L', '906', '018']);
  expect(identifierGroups('1M8GDM9AXKP042788')).toEqual(['1M8', 'GDM9AX', 'KP042788']);
  expect(identifierGroups('ALI-20417')).toEqual(['ALI-20417']);
});

test('sizeText says bytes as the file manager does', () => {
  expect(sizeText(812, 'it')).toBe('812 B');
  expect(sizeText(214 * 1024, 'it')).toBe('214 KB');
  expect(sizeText(5.2 * 1024 * 1024, 'it')).toBe('5,2 MB');
  expect(sizeText(5.2 * 1024 * 1024, 'en')).toBe('5.2 MB');
});

test('momentsApart says seconds only of moments that would look alike, and the zone where an hour comes twice', () => {
  const second = (instant: string, seconds: number): string =>
    new Date(Date.parse(instant) + seconds * 1_000).toISOString();
  const nine = at(2026, 11, 4, 9, 30);
  expect(momentsApart([second(nine, 41), at(2026, 11, 3, 9, 30), second(nine, 2)], 'it', now)).toEqual([
    '09:30:41',
    'ieri 09:30',
    '09:30:02',
  ]);
  expect(momentsApart([nine, at(2026, 11, 4, 9, 31)], 'en', now)).toEqual(['09:30', '09:31']);
  const twice = ['2026-10-25T00:30:00.000Z', '2026-10-25T01:30:00.000Z'];
  expect(new Set(momentsApart(twice, 'en', now)).size).toBe(2);
  expect(momentsApart([nine, nine], 'it', now)).toEqual(['09:30', '09:30']);
  expect(momentsApart([], 'it', now)).toEqual([]);
});

test('momentText says the day only when it is not today', () => {
  expect(momentText(at(2026, 11, 4, 9, 30), 'it', now)).toBe('09:30');
  expect(momentText(at(2026, 11, 3, 16, 42), 'it', now)).toBe('ieri 16:42');
  expect(momentText(at(2026, 11, 7, 8, 30), 'it', now)).toBe('lun 7 dic, 08:30');
  expect(dayText(at(2025, 11, 3, 16, 42), 'it', now)).toContain('2025');
  expect(agoText(at(2026, 11, 4, 18, 1), 'it', now)).toBe('4 minuti fa');
});

test.each([
  [125_000, '2 minuti', '2 minutes'],
  [90 * 60_000, '90 minuti', '90 minutes'],
  [26 * 3_600_000, '26 ore', '26 hours'],
  [365 * 86_400_000, '365 giorni', '365 days'],
])('spanText says %i ms in the unit a person would use', (ms, italian, english) => {
  expect([spanText(ms, 'it'), spanText(ms, 'en')]).toEqual([italian, english]);
});
