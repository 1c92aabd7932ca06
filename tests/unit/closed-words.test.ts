import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { PortalWhy } from '../../shared/domain/portal-state.ts';
import { closedWords } from '../../shared/i18n/closed-words.ts';
import { createTranslator } from '../../shared/i18n/translator.ts';

beforeEach(() => void vi.stubEnv('TZ', 'Europe/Rome'));
afterEach(() => void vi.unstubAllEnvs());

const nowMs = Date.parse('2026-12-08T11:00:00Z');
const said = (why: PortalWhy, goesAt: string | null, before: number, language: 'it' | 'en' = 'it'): string =>
  closedWords({ why, goesAt, before }, { t: createTranslator(language), language, nowMs });
const holiday: PortalWhy = {
  kind: 'holiday',
  day: '2026-12-08',
  name: { it: 'Immacolata', en: 'Immaculate' },
};
const opens = '2026-12-08T23:00:00Z';

test.each<[PortalWhy, string | null, number, string]>([
  [holiday, opens, 0, 'È festa nazionale: Immacolata. Parte da sola: mer 9 dic, 00:00.'],
  [holiday, null, 0, 'È festa nazionale: Immacolata. Parte da sola quando riapre.'],
  [
    holiday,
    opens,
    1,
    "È festa nazionale: Immacolata. Parte da sola: mer 9 dic, 00:00. Prima ne parte un'altra.",
  ],
  [
    { kind: 'closure', noticeId: 'n' },
    '2026-12-08T17:00:00Z',
    3,
    'È una chiusura annunciata. Parte da sola: 18:00. Prima ne partono 3.',
  ],
  [
    { kind: 'maintenance', noticeId: 'n' },
    null,
    0,
    'È una manutenzione annunciata. Parte da sola quando riapre.',
  ],
  [{ kind: 'portal-says' }, opens, 0, 'Lo dice il portale. Parte da sola: mer 9 dic, 00:00.'],
  [
    { kind: 'night' },
    '2026-12-09T07:30:00Z',
    0,
    "È fuori dall'orario di supporto. Parte da sola: mer 9 dic, 08:30.",
  ],
])('R-HOURS-3, R-HOURS-4: closed portal with reason %j, goes at %s, %i before, is said the same everywhere', (why, goesAt, before, line) => {
  expect(said(why, goesAt, before)).toBe(line);
});

test("R-HOURS-1: closed portal's time stands in Italian and in the PC's own time, in English", () => {
  vi.stubEnv('TZ', 'America/New_York');
  expect(said(holiday, opens, 0, 'en')).toMatch(
    /^It is a national holiday: Immaculate\. Goes by itself: Wed,? 9 Dec, 00:00 Italian time \(18:00 on this PC\)\.$/u,
  );
});
