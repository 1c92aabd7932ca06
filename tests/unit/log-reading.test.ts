import fc from 'fast-check';
import { expect, test } from 'vitest';
import { attemptsOf } from '../../shared/logs/attempts.ts';
import { errorFacts } from '../../shared/logs/error-facts.ts';
import { tellsOfFailure } from '../../shared/logs/failure-messages.ts';
import { lastFailure } from '../../shared/logs/failure-words.ts';
import { identificationBlock } from '../../shared/logs/identification-block.ts';
import { lineStamp, withoutStamp } from '../../shared/logs/line-stamp.ts';
import { textLines } from '../../shared/logs/text-lines.ts';

const facts = (...lines: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(errorFacts(lines.join('\n'), 'a.log').fields).map(([key, field]) => [key, field.text]),
  );
const block = (text: string): Readonly<Record<string, string>> =>
  Object.fromEntries(identificationBlock(text).map(({ key, text: value }) => [key, value]));

/** Shapes in which tools write when a line was written: what stands in front, and the time it says. */
const stamps: readonly (readonly [string, string | null])[] = [
  ['17:04:09 ', '17:04:09'],
  ['17:04 ', '17:04:00'],
  ['17:04:09.5 - ', '17:04:09'],
  ['(17:04:09,250) ', '17:04:09'],
  ['<', null],
  ['[17:04:09:250]\t', '17:04:09'],
  ['17:04:09.250: ', '17:04:09'],
  ['5:04:09 PM ', '17:04:09'],
  ['5:04:09 p.m. ', '17:04:09'],
  ['12:04:09 AM ', '00:04:09'],
  ['12:04:09 pm ', '12:04:09'],
  ['23/11/2026 17:04:09 | ', '17:04:09'],
  ['23.11.26 17:04:09;', '17:04:09'],
  ['11/23/2026 5:04:09 PM, ', '17:04:09'],
  ['2026/11/23 17:04:09.250 > ', '17:04:09'],
  ['2026-11-23T17:04:09Z ', '17:04:09'],
  ['2026-11-23T17:04:09.250+0100 ', '17:04:09'],
  ['2026-11-23 17:04:09,250 INFO ', '17:04:09'],
  ['2026-11-23 17:04:09 [WARN] ', '17:04:09'],
  ['2026-11-23 17:04:09 (Debug): ', '17:04:09'],
  ['23-Nov-2026 17:04:09 USER: ', '17:04:09'],
  ['23 novembre 2026 17:04:09 ', '17:04:09'],
  ['Mon Nov 23 17:04:09 2026 ', '17:04:09'],
  ['lun 23/11/2026 17:04:09 ', '17:04:09'],
  ['Nov 23 17:04:09 ', '17:04:09'],
  ['[  249.004183] ', '00:04:09'],
  ['23/11/2026 ', null],
];

test.each(stamps)('lineStamp reads %j, and what follows is the message', (stamp, clock) => {
  for (const message of ['Timeout', 'Tempo scaduto', 'VIN: ZAR94000007123456', 'a 12:00']) {
    const said = lineStamp(`${stamp}${message}`);
    if (stamp === '<') expect(said.end).toBe(0);
    else expect(withoutStamp(`${stamp}${message}`)).toBe(message);
    expect(said.atMs === null ? null : new Date(said.atMs).toISOString().slice(11, 19)).toBe(clock);
  }
});

test.each([
  'Tool not found',
  '03L906018DM 9977',
  '1037516245',
  '12.6 V',
  '38 %',
  '1-2-3 via',
  '24 V supply',
  'Marta',
  'Set 4 of 5',
])('lineStamp leaves %j whole', (line) => {
  expect(lineStamp(line)).toMatchObject({ end: 0, atMs: null });
});

test('a column that says error makes a failure of words that do not, and other columns make none', () => {
  const lines = [
    '17:04:09 [INFO] collegato',
    '2026-11-23 17:04:10 ERROR ECU refuses the key',
    '17:04:11 [DEBUG] fine',
  ];
  expect(lastFailure(lines.join('\n'))?.errorText).toBe('ECU refuses the key');
  expect(lines.map(tellsOfFailure)).toEqual([false, true, false]);
});

const harmless = [
  'USB timeout = 30 s',
  'Time-out: 2,5 s',
  'timeout lettura: 800 ms',
  'Default timeout 5000',
  'Stop on error: no',
  'Interrompi in caso di errore = sì',
  'Error log: C:\\KSuite\\errors.txt',
  'Errors found: 0',
  'Errori rilevati: nessuno',
  'Failures: none',
  'Error code: 0x0000',
  'Exit code 0',
  'Timeouts: 0',
  'Zero errors',
  'If the checksum is not ok, repeat the reading',
  'In caso di errore di comunicazione controlla il cavo',
  'Se compare Wake up error scollega lo strumento',
  'To avoid a timeout keep the ignition on',
  'Checksum error: fixed',
  'Errore checksum corretto',
  'Communication error recovered after 2 s',
];
test.each(harmless)('%j tells of no failure', (line) => {
  expect([tellsOfFailure(line), tellsOfFailure(`23/11/2026 17:04:09  ${line}`)]).toEqual([false, false]);
});

const failures = [
  'Timeout: the ECU does not answer',
  'Timeout',
  'Read timeout after 5000 ms',
  'Error code: 0x31',
  'Error code: 10',
  'Errors: 3',
  'Errore: 07 durante la scrittura',
  'Checksum error, not corrected',
  'Errore di checksum: impossibile correggere, blocco non riparato',
  'Checksum could not be fixed: error 4',
  'Reading failed: 0 bytes received',
  'Errore di comunicazione: la centralina non risponde',
];
test.each(failures)('%j tells of a failure', (line) => {
  expect([tellsOfFailure(line), tellsOfFailure(`23/11/2026 17:04:09  ${line}`)]).toEqual([true, true]);
});

test('facts are of the vehicle whose attempt failed, whichever stands first in the LOG', () => {
  const one = [
    '08:10:00 VIN: WAUZZZ8K9BA000011',
    '08:10:01 HW: 0281000011',
    '08:11:00 Reading: 40 %',
    '08:11:02 Communication error',
  ];
  const other = [
    '15:30:00 VIN: ZFA31200000000022',
    '15:30:01 SW: 1037000022',
    '15:31:00 Writing: 100 %',
    '15:31:05 Done',
  ];
  expect(facts(...other.map((line) => line.replace('15:3', '07:3')), ...one)).toMatchObject({
    vehicleVin: 'WAUZZZ8K9BA000011',
    ecuHw: '0281000011',
    errorText: 'Communication error (40 %)',
  });
  const after = facts(...one, ...other);
  expect(after).toMatchObject({
    vehicleVin: 'WAUZZZ8K9BA000011',
    ecuHw: '0281000011',
    errorText: 'Communication error (40 %)',
  });
  expect(after['ecuSw']).toBeUndefined();
});

test('facts of another vehicle do not fill what the LOG does not say of this one', () => {
  const lines = ['08:10:00 VIN: WAUZZZ8K9BA000011', '08:10:01 SW: 1037000011', '08:11:00 Done'];
  const next = facts(
    ...lines,
    '08:12:00 VIN: ZFA31200000000022',
    '08:13:00 Writing: 3 %',
    '08:13:01 Wake up error',
  );
  expect([next['vehicleVin'], next['ecuSw'], next['vehicleMake']]).toEqual([
    'ZFA31200000000022',
    undefined,
    'Fiat',
  ]);
  const later = facts(...lines, '16:13:00 Writing: 3 %', '16:13:01 Wake up error');
  expect([later['vehicleVin'], later['errorText']]).toEqual([undefined, 'Wake up error (3 %)']);
});

test('a second try on the same vehicle keeps what the first one read', () => {
  const said = facts(
    '08:10:00 VIN: WAUZZZ8K9BA000011',
    '08:10:05 Identification: 100 %',
    '08:10:06 OK',
    '08:11:00 Writing: 20 %',
    '08:11:02 Wake up error',
    '08:11:03 Operation closed',
    '08:12:00 Writing: 71 %',
    '08:12:02 Error 7: erase refused',
  );
  expect(said).toMatchObject({
    vehicleVin: 'WAUZZZ8K9BA000011',
    errorText: 'Error 7: erase refused (71 %)',
    stage: 'Writing: 71 %',
  });
});

test('a long operation that goes on after a silence is one attempt', () => {
  const lines = [
    '08:10:00 VIN: WAUZZZ8K9BA000011',
    '08:11:00 Reading: 20 %',
    '08:40:00 Reading: 21 %',
    '08:59:00 Timeout',
  ];
  expect(attemptsOf(lines)).toHaveLength(1);
  expect(facts(...lines)).toMatchObject({ vehicleVin: 'WAUZZZ8K9BA000011', errorText: 'Timeout (21 %)' });
  expect(attemptsOf(['23:58:00 Reading: 20 %', '00:03:00 Writing: 1 %'])).toHaveLength(1);
});

test.each([
  ['Lettura: 100 %', 'Scrittura: avviata', 'Tensione: 12,1 V'],
  ['Writing: 100%', 'Reading: started', 'Battery: 64 %'],
  ['Reading: 12 %', 'Identification: started', 'USB load 9 %'],
])('progress is of the act that failed: none after %j', (...lines) => {
  expect(facts(...lines, 'Wake up error')['errorText']).toBe('Wake up error');
});

test.each([
  ['Scrittura: 71 %', 'Tensione: 12,1 V'],
  ['Writing: started', '71 %'],
  ['Writing block 4', 'Progress: 71 %', 'Battery: 64 %'],
])('progress of the act that failed is told after %j', (...lines) => {
  expect(facts(...lines, 'Wake up error')['errorText']).toBe('Wake up error (71 %)');
});

test.each<readonly [string, Readonly<Record<string, string>>]>([
  ['HW: 0281012345 SW: 1037512345 SW upg.: 9977', { ecuHw: '0281012345', ecuSw: '9977' }],
  ['HW number: 0281012345; SW number: 1037512345', { ecuHw: '0281012345', ecuSw: '1037512345' }],
  [
    'Telaio: ZAR94000007123456 | Motore: 955A4000',
    { vehicleVin: 'ZAR94000007123456', vehicleEngine: '955A4000', vehicleMake: 'Alfa Romeo' },
  ],
  [
    'ECU HW: 0281012345\tECU SW: 1037512345\tECU: EDC17C46',
    { ecuHw: '0281012345', ecuSw: '1037512345', ecuFamily: 'EDC17C46' },
  ],
  ['Engine speed: 780\nEngine: CFFB', { vehicleEngine: 'CFFB' }],
  ['SW Ver.: 12\nSW date: 3.4.2013\nSW: 1037512345', { ecuSw: '1037512345' }],
  ['HW Ver.: H03\nHW: 03L906018DM', { ecuHw: '03L906018DM' }],
  ['Model code: 5K1\nModel: Golf VI', { vehicleModel: 'Golf VI' }],
  ['Make sure: yes\nMake: Opel', { vehicleMake: 'Opel' }],
  ['Battery: connected\nBatteria: 64 %\nTensione: 12,1 V', { voltage: '12,1 V' }],
  ['Mode: boot\nModel: Golf', { mode: 'boot', vehicleModel: 'Golf' }],
  ['Protocol not found\nProtocol: 179', { driverNumber: '179' }],
  ['ECU serial no.: 77\nECU temperature: 41', {}],
])('labels of %j mean exactly what they say', (text, expected) => {
  expect(block(text)).toEqual(expected);
});

test('attempts are every line of a LOG once and in order, whatever the lines are', () => {
  let several = 0;
  const line = fc.oneof(
    fc.constantFrom(
      'Done',
      'Reading: 3 %',
      'VIN: WAUZZZ8K9BA000011',
      'HW: 1',
      'HW: 2',
      'Writing',
      '',
      'Errore',
    ),
    fc
      .tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom('Reading', 'HW: 3', 'x'))
      .map(([hour, text]) => `${hour}:00:00 ${text}`),
    fc.string(),
  );
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 30 }), (lines) => {
      const attempts = attemptsOf(lines);
      several += Number(attempts.length > 1);
      expect(attempts.flatMap(({ from, to }) => lines.slice(from, to + 1))).toEqual(lines);
      expect([attempts[0]?.from, attempts.at(-1)?.to]).toEqual([0, lines.length - 1]);
      expect(attempts.every(({ from, to }) => from <= to)).toBe(true);
      const failure = lastFailure(lines.join('\n'));
      if (failure !== null)
        expect(tellsOfFailure(textLines(lines.join('\n'))[failure.line] ?? '')).toBe(true);
    }),
  );
  expect(several).toBeGreaterThan(50);
});
