import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { PortalStatus } from '../../shared/ipc/views.ts';
import { shortened, tooltipUnits, type TrayFacts, trayWords } from '../../shared/i18n/tray-words.ts';
import { createTranslator } from '../../shared/i18n/translator.ts';

beforeEach(() => void vi.stubEnv('TZ', 'Europe/Rome'));
afterEach(() => void vi.unstubAllEnvs());

const words = (facts: TrayFacts, language: 'it' | 'en' = 'it') =>
  trayWords(facts, { t: createTranslator(language), language, nowMs: Date.parse('2026-11-24T10:00:00Z') });
type Span = PortalStatus['dayLine'][number];
const span = (from: string, to: string, state: Span['state'], why: Span['why']): Span => ({
  from: `2026-11-${from}:00Z`,
  to: `2026-11-${to}:00Z`,
  state,
  why,
});
const ordinary: readonly Span[] = [
  span('23T23:00', '24T07:30', 'unstaffed', { kind: 'night' }),
  span('24T07:30', '24T11:30', 'staffed', { kind: 'hours' }),
  span('24T11:30', '24T13:00', 'unstaffed', { kind: 'break' }),
  span('24T13:00', '24T17:00', 'staffed', { kind: 'hours' }),
  span('24T17:00', '24T23:00', 'unstaffed', { kind: 'night' }),
];
const quiet: TrayFacts = {
  status: {
    state: 'staffed',
    until: '2026-11-24T11:30:00Z',
    why: { kind: 'hours' },
    dayLine: [...ordinary],
    waiting: 0,
    ahead: [],
    furtherAhead: 0,
  },
  queue: [],
  session: null,
  hasWorkshop: true,
};
const holiday: TrayFacts['status'] = {
  state: 'read-only',
  until: '2026-11-24T23:00:00Z',
  why: { kind: 'closure', noticeId: 'a' },
  waiting: 2,
  ahead: [],
  furtherAhead: 0,
  dayLine: [span('23T23:00', '24T23:00', 'read-only', { kind: 'closure', noticeId: 'a' })],
};
const held = {
  state: 'queued',
  waitReason: { kind: 'closed', state: 'read-only', why: { kind: 'weekend' } },
  goesAt: '2026-11-30T07:30:00Z',
} as const;

test('R-HOURS-1, R-HOURS-5: tray says the state with its next change, its reason and the hours of today when nothing waits', () => {
  expect(words(quiet)).toEqual({
    state: 'staffed',
    tooltip:
      'Supporto attivo fino alle 12:30\nNiente in coda\nSupporto oggi (ora italiana): 08:30–12:30, 14:00–18:00',
    lines: [
      'Supporto attivo fino alle 12:30. È orario di supporto.',
      'Supporto oggi (ora italiana): 08:30–12:30, 14:00–18:00',
      'Niente in coda',
    ],
    open: 'Apri Officina Support',
    newRequest: 'Nuova richiesta',
    endSession: null,
    quit: 'Esci',
  });
  expect(words(quiet, 'en').lines).toEqual([
    expect.stringMatching(/^Support open until 12:30\. /u),
    'Support hours today (Italian time): 08:30–12:30, 14:00–18:00',
    'Nothing in the queue',
  ]);
});

test('R-HOURS-3: tray says that nobody answers, why, how many wait and when they go when the portal is closed', () => {
  const { tooltip, lines } = words({
    ...quiet,
    status: holiday,
    queue: [held, { ...held, goesAt: '2026-12-01T07:30:00Z' }],
  });
  expect(lines).toEqual([
    'Sola lettura fino a mer 25 nov, 00:00. È una chiusura annunciata.',
    'Oggi nessun supporto',
    'Sola lettura 00:00–24:00. È una chiusura annunciata.',
    '2 in coda · È il fine settimana. Parte da sola: lun 30 nov, 08:30.',
  ]);
  expect(tooltip).toBe(
    'Sola lettura fino a mer 25 nov, 00:00\n2 in coda · parte da sola: lun 30 nov, 08:30\nOggi nessun supporto',
  );
});

test.each([
  ['goes in its turn', { waiting: 1 }, [{ state: 'sending', waitReason: null, goesAt: null }], '1 in coda'],
  [
    'waits for an end nobody announced',
    { waiting: 1 },
    [{ ...held, goesAt: null }],
    '1 in coda · È il fine settimana. Parte da sola quando riapre.',
  ],
  [
    'needs a decision',
    { waiting: 1 },
    [{ state: 'to-verify', waitReason: null, goesAt: null }],
    '1 in coda · serve una tua decisione',
  ],
  [
    'waits for a person to see what came meanwhile',
    { waiting: 1 },
    [{ state: 'queued', waitReason: { kind: 'held', hold: { kind: 'conflict' } }, goesAt: null }],
    '1 in coda · serve una tua decisione',
  ],
  [
    'was rejected',
    { waiting: 0 },
    [{ state: 'rejected', waitReason: null, goesAt: null }],
    'Niente in coda · serve una tua decisione',
  ],
] as const)('R-TICKET-2: tray says when the queue goes when the first %s', (_, { waiting }, queue, line) => {
  expect(words({ ...quiet, status: { ...quiet.status, waiting }, queue }).lines.at(-1)).toBe(line);
});

test('R-HOURS-2: tray names the holidays and closures of the next fourteen days, five of them and how many more', () => {
  const closure = {
    why: { kind: 'closure', noticeId: 'n' },
    title: { it: 'Inventario', en: 'Stocktaking' },
  } as const;
  const ahead: PortalStatus['ahead'] = [
    { ...closure, from: '2026-11-26T17:00:00Z', to: '2026-11-27T07:30:00Z' },
    { ...closure, from: '2026-11-29T23:00:00Z', to: '2026-12-01T23:00:00Z', title: { it: '', en: '' } },
    {
      from: '2026-12-07T23:00:00Z',
      to: '2026-12-08T23:00:00Z',
      why: { kind: 'holiday', day: '2026-12-08', name: { it: 'Immacolata', en: 'Immaculate' } },
      title: null,
    },
    { from: '2026-12-08T10:00:00Z', to: null, why: { kind: 'maintenance', noticeId: 'm' }, title: null },
  ];
  const of = (count: number, furtherAhead: number, language: 'it' | 'en') =>
    words(
      {
        ...quiet,
        status: {
          ...quiet.status,
          ahead: Array.from({ length: count }, (_, at) => ahead[at % 4]).filter((one) => one !== undefined),
          furtherAhead,
        },
      },
      language,
    ).lines;
  expect(of(4, 0, 'it').slice(2)).toEqual([
    'Nei prossimi 14 giorni:',
    'gio 26 nov, 18:00 - ven 27 nov, 08:30: chiusura annunciata, Inventario',
    'lun 30 nov - mar 1 dic: chiusura annunciata',
    'mar 8 dic: festa nazionale, Immacolata',
    'da mar 8 dic, 11:00, senza una fine annunciata: manutenzione annunciata',
    'Niente in coda',
  ]);
  // The short day has a comma after it or none, by the system's tables.
  expect(
    of(7, 3, 'en')
      .slice(-4)
      .map((line) => line.replace(/(Tue|Thu|Fri),/gu, '$1')),
  ).toEqual([
    'from Tue 8 Dec, 11:00, no end announced: announced maintenance',
    'Thu 26 Nov, 18:00 - Fri 27 Nov, 08:30: announced closure, Stocktaking',
    'and 5 more',
    'Nothing in the queue',
  ]);
});

test('R-REMOTE-1, R-REMOTE-6: tray heads with the session, and offers to end it only while it can be ended', () => {
  const live = { kind: 'live', number: 'T-7', operator: 'Anna & Luca', ending: false } as const;
  const shown = words({ ...quiet, session: live });
  expect([shown.lines[0], shown.tooltip.split('\n')[0], shown.endSession]).toEqual([
    'Sessione remota in corso: Anna & Luca, T-7',
    'Sessione remota in corso: Anna & Luca, T-7',
    'Termina la sessione remota',
  ]);
  expect(words({ ...quiet, session: { ...live, ending: true } }).endSession).toBeNull();
  expect(words({ ...quiet, session: { kind: 'asked', numbers: ['T-7'] } })).toMatchObject({
    endSession: null,
    lines: expect.arrayContaining(["L'operatore chiede una sessione remota: T-7"]),
  });
  expect(words({ ...quiet, session: { kind: 'asked', numbers: ['T-7', 'T-8'] } }, 'en').lines[0]).toBe(
    '2 requests for which a remote session is asked',
  );
});

test('tray shows an operator name with its hidden characters laid open when it would turn the text around it', () => {
  expect(
    words({ ...quiet, session: { kind: 'live', number: 'T-7', operator: 'A\u202Eb', ending: false } })
      .lines[0],
  ).toBe('Sessione remota in corso: A⟨U+202E⟩b, T-7');
});

test("R-HOURS-1: tooltip keeps the whole state in both times and leaves the day to the menu when the PC's zone is another", () => {
  vi.stubEnv('TZ', 'America/New_York');
  const { tooltip, lines } = words({ ...quiet, session: { kind: 'asked', numbers: ['T-7'] } });
  expect(tooltip).toBe(
    "L'operatore chiede una sessione remota: T-7\nSupporto attivo fino alle 12:30 ora italiana (06:30 su questo PC)\nNiente in coda",
  );
  expect(lines).toContain('Supporto oggi (ora italiana): 08:30–12:30, 14:00–18:00');
});

test('tray offers no new request and says no hours when there is neither a workshop nor a calendar yet', () => {
  const shown = words({
    ...quiet,
    hasWorkshop: false,
    status: { ...quiet.status, state: 'unknown', until: null, why: { kind: 'no-calendar' }, dayLine: [] },
  });
  expect([shown.newRequest, shown.lines]).toEqual([
    null,
    ["Orari non disponibili. Non c'è ancora un calendario.", 'Niente in coda'],
  ]);
});

test('tray says that there are answers at every hour when the practice portal never closes', () => {
  expect(
    words({
      ...quiet,
      status: { ...quiet.status, dayLine: [span('23T23:00', '24T23:00', 'staffed', { kind: 'always' })] },
    }).lines[1],
  ).toBe('Oggi il supporto risponde sempre');
});

test.each([
  ['short', 10, 'short'],
  ['exactly10!', 10, 'exactly10!'],
  ['one two three four', 12, 'one two…'],
  ['uninterruptedly', 10, 'uninterru…'],
  ['ends here. And goes on', 14, 'ends here…'],
  ['abc😀😀😀', 6, 'abc😀…'],
] as const)('shortened cuts %j to %i units as %j', (text, units, cut) => {
  expect(shortened(text, units)).toBe(cut);
});

test('tooltip never passes what Windows holds, never parts a pair of surrogates, and loses no whole line when it has room', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', maxLength: 300 }),
      fc.string({ unit: 'grapheme', maxLength: 40 }),
      (operator, number) => {
        const { tooltip, lines } = words({
          ...quiet,
          session: { kind: 'live', number, operator, ending: false },
        });
        expect(tooltip.length).toBeLessThanOrEqual(tooltipUnits);
        expect(tooltip).not.toMatch(/\p{Cs}/u);
        expect(tooltip).toContain((lines[0] ?? '').slice(0, 25));
      },
    ),
  );
});
