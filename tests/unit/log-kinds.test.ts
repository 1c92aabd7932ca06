import { expect, test } from 'vitest';
import { errorFacts } from '../../shared/logs/error-facts.ts';
import { tellsOfFailure } from '../../shared/logs/failure-messages.ts';
import { lastFailure } from '../../shared/logs/failure-words.ts';
import { identificationBlock } from '../../shared/logs/identification-block.ts';
import { lineStamp, withoutStamp } from '../../shared/logs/line-stamp.ts';

const facts = (...lines: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(errorFacts(lines.join('\n'), 'a.log').fields).map(([key, field]) => [key, field.text]),
  );
const block = (text: string): Readonly<Record<string, string>> =>
  Object.fromEntries(identificationBlock(text).map(({ key, text: value }) => [key, value]));

test.each([
  '17:04:09.250 [12] ',
  '[17:04:09] [Thread-3] [ERROR] ',
  '2026-11-23 17:04:09,250 [main] INFO  - ',
  '2026/11/23 17:04:09.250  2000  2100 S0   ',
  '17:04:09.250\t0x1A4\t',
  '17:04:09\t1234\tINFO\t',
  '17:04:09 (tid 12) ',
  '17:04:09 [E] ',
  '17:04:09 ERRORE: ',
  '1795453449 ',
  '1795453449.250 ',
  '1795453449250 ',
  '[1795453449] ',
  '20261123 170409 ',
  '20261123-170409 ',
  '20261123170409 ',
  '20261123T170409Z ',
  '20261123_170409.250 ',
  '23/11/2026 17.04.09 ',
  '17.04.09 ',
  '[17.04.09.250] ',
  '23 novembre 2026 ore 17:04:09 - ',
  '23/11/2026 alle 17:04:09 ',
  'lunedì 23 novembre 2026 17:04:09 ',
  'lun, 23 nov 2026 17:04:09 +0100 ',
  '23-nov-26 17:04:09 ',
  '<17:04:09> ',
  '{17:04:09} ',
  '"23/11/2026 17:04:09"; ',
  '* 17:04:09 ',
  '0012 17:04:09 ',
  '[0012] 17:04:09 ',
  'INFO 17:04:09 ',
  '[INFO] [23/11/2026 17:04:09] ',
  'ERROR 2026-11-23 17:04:09 - ',
  '2026-11-23 17:04:09 +01:00 ',
  '2026-11-23 17:04:09 CET ',
  '2026-11-23 17:04:09 GMT+1 ',
  '23/11 17:04:09 ',
  '11-23 17:04:09.250 ',
  '2026/11/23 - 17:04:09 - ',
  '2026-11-23_17-04-09 ',
  '17h04m09s ',
  '05:04:09\u202fPM ',
  '23/11/2026 05.04.09 PM ',
  'Time: 17:04:09 ',
  'Ora 17:04:09 ',
])('the stamp %j is read, and what follows is the message', (stamp) => {
  for (const message of ['Timeout', 'Tempo scaduto', 'VIN: ZAR94000007123456']) {
    expect(withoutStamp(`${stamp}${message}`)).toBe(message);
    const { atMs } = lineStamp(`${stamp}${message}`);
    expect(new Date(atMs ?? 0).toISOString().slice(11, 19)).toBe('17:04:09');
  }
});

test.each(['24:00:00 ', '24/11/2026 24:00 ', '00:00:00 '])('midnight as %j is a time', (stamp) => {
  expect(withoutStamp(`${stamp}Timeout`)).toBe('Timeout');
  expect(lineStamp(`${stamp}Timeout`).atMs).not.toBeNull();
});

test.each([
  '0281012345 HW',
  '1037512345 9977',
  '12.30 V',
  '31 blocks failed',
  'Info su VIN',
  '1.2.3 versione',
  '20.11 km',
  '[K-TAG] connected',
])('%j bears no stamp', (line) => {
  expect(lineStamp(line)).toMatchObject({ end: 0, atMs: null });
});

test.each([
  ['17:04:09 ERROR', 'ERROR'],
  ['17:04:09 [ERROR]', '[ERROR]'],
  ['17:04:09 31 blocks failed', '31 blocks failed'],
])('of %j the message stays', (line, message) => {
  expect(lastFailure(line)?.errorText).toBe(message);
});

const harmless = [
  'Timeout comunicazione: 3 s',
  'Timeout (ms): 5000',
  'Timeout = infinito',
  'Timeout impostato a 5 s',
  'Timeout 5000 ms',
  'Timeout USB 500 ms',
  'Timeout set to 30 seconds',
  'Using timeout of 5000 ms',
  'Timeout lettura / scrittura: 500 / 800 ms',
  'Nessun errore rilevato',
  'Nessun errore di comunicazione',
  'Errori: 0/12',
  'Errori 0',
  'errors=0',
  '0 errors found, 3 warnings',
  'Errors: 0 Warnings: 3',
  'Errors: 0, retries: 2',
  'No communication error',
  'No checksum error found',
  'Completed without any errors',
  'Terminato senza alcun errore',
  'Error-free',
  'Checksum errors found: 0',
  'Error status: OK',
  'Nessun timeout',
  'Keine Fehler',
  'Fehler: 0',
  'Lettura non interrotta',
  'Not aborted',
  'Error count 0',
  'Last error: 0 (ERROR_SUCCESS)',
  'Error 0: success',
  'GetLastError = 0',
  'Error correction enabled',
  'Correzione errori attiva',
  'Error log opened',
  'Log errori: C:\\KSuite\\errori.txt',
  'Errori cancellati',
  'Cancellazione errori: completata',
  'Lettura errori centralina',
  'Errori memorizzati: 3',
  'Reading error memory',
  'DTC errors: 3',
  'Retry on timeout',
  'Riprova in caso di timeout',
  'Ignora errori',
  'Ignore checksum errors',
  'Max errors: 3',
  'Soglia errori = 10',
  'Abort on error',
  'Check the cable if a communication error appears',
  'Scollega lo strumento se compare Wake up error',
  'Premi Annulla per interrompere in caso di errore',
  'A timeout may occur',
  'Potrebbe comparire un errore di comunicazione',
  'Checksum error has been corrected automatically',
  'Errore checksum sistemato',
  'Communication restored after a timeout',
  'Timeout, retrying',
  'Errore di comunicazione, riprovo',
  'Press Abort to stop',
  'Checksum: OK, no mismatch',
  'OK/KO: OK',
  'Nessuna connessione persa',
  'Device found',
  'Accesso consentito',
  'Errori corretti: 3',
  'Error rate: 0.0 %',
  'Failed: 0',
  'Falliti: 0',
  'Failed blocks: 0',
  'Blocchi falliti: nessuno',
  'Retry after failure: 3',
  'NACK count: 0',
  'Negative responses: 0',
];
test.each(harmless)('%j tells of no failure in any frame', (line) => {
  const said = [line, `23/11/2026 17.04.09  ${line}`, `${line}.`, line.toUpperCase()].map(tellsOfFailure);
  expect(said).toEqual([false, false, false, false]);
});

const failures = [
  'ERR 31',
  'Err: 0x22',
  'KO',
  'Lettura: KO',
  'Writing ... KO',
  'NACK',
  'NACK received from ECU',
  'Negative response 0x22',
  'negative response: 7F 27 35',
  'Risposta negativa 0x33',
  'NRC 0x33',
  'Aborting',
  'Aborting: voltage drop',
  'Abort',
  'Non riesco a leggere la flash',
  'Impossibile aprire la porta',
  'Impossibile leggere',
  'Connessione persa',
  'Connection lost',
  'Connection to ECU lost',
  'Lost connection with the tool',
  'Collegamento perso',
  'Device not found',
  'Dispositivo non trovato',
  'Strumento non collegato',
  'Tool not connected',
  'Access denied',
  'Security access denied',
  'Accesso negato',
  'Violazione di accesso all indirizzo 00401000',
  'Access violation at address 00401000',
  'Runtime error 216',
  'Unable to open COM3',
  'Cannot open COM3',
  "Can't connect to ECU",
  'Could not read block 4',
  'Unexpected response',
  'Risposta inattesa',
  'Invalid response from ECU',
  'Wrong password',
  'Password errata',
  'Chiave non valida',
  'ECU not found',
  'ECU not recognized',
  'ECU not supported',
  'Centralina non riconosciuta',
  'Centralina non supportata',
  'No response from ECU',
  'ECU does not respond',
  'ECU is not responding',
  'Nessuna risposta',
  'No answer from the ECU',
  'CRC mismatch',
  'Checksum mismatch',
  'Verify failed',
  'Verifica non riuscita',
  'Checksum KO',
  'Tensione troppo bassa',
  'Voltage too low',
  'Unhandled exception',
  'Eccezione non gestita',
  'Write failure',
  'FAIL',
  '[FAIL] flash erase',
  'Fehler 31',
  'Lesen fehlgeschlagen',
  'Zeitüberschreitung',
  'Lettura bloccata al 38 %',
  'La centralina ha smesso di rispondere',
  'File corrotto',
  'Flash erase refused by the ECU',
  'Scrittura rifiutata dalla centralina',
  'Disk full',
  'La lettura si è interrotta. In caso di errore controlla il cavo',
  'Errors: 0. Communication error',
  'Timeout after 3 attempts',
  'Timeout (5000 ms)',
  'Tempo scaduto dopo 3 tentativi',
  'Errore 10',
  'Error 05: no key',
  'Errori: 10',
  'Checksum errors found: 2',
  'Errore: la lettura fallisce se il cavo è lungo',
  'Non è stato possibile leggere la flash',
  'Scrittura non completata',
  'Reading not completed',
];
test.each(failures)('%j tells of a failure in any frame', (line) => {
  const said = [line, `23/11/2026 17.04.09  ${line}`, `${line}.`, line.toUpperCase()].map(tellsOfFailure);
  expect(said).toEqual([true, true, true, true]);
});

test.each([
  'Buongiorno',
  'Reading: 38 %',
  'Lettura avviata',
  'VIN: ZAR94000007123456',
  'Collegato',
  'Disconnected',
  'File saved',
  'Power on',
  'Koblenz',
  'Ferrari',
  'ECU: EDC17C46',
  'Tensione: 12,1 V',
  'Operation closed',
  'Backup completato',
  'Errata corrige',
  'Unknown',
  'Key: OK',
  'Checksum: OK',
])('%j is no failure', (line) => {
  expect(tellsOfFailure(line)).toBe(false);
});

test('a later failure in other words is the one told, without a line that says the one before is over', () => {
  const first = ['08:10:00 Reading: 3 %', '08:10:02 Timeout'];
  for (const [then, last, told] of [
    ['Writing: 71 %', 'Negative response 0x22', 'Negative response 0x22 (71 %)'],
    ['Writing: 71 %', 'Error 31: erase refused', 'Error 31: erase refused (71 %)'],
    ['Reading: started', 'ERR 31', 'ERR 31'],
    ['Lettura: 9 %', 'Connessione persa', 'Connessione persa (9 %)'],
    ['Scrittura: 9 %', 'Violazione di accesso', 'Violazione di accesso (9 %)'],
  ] as const)
    expect(facts(...first, `08:11:00 ${then}`, `08:11:05 ${last}`)['errorText']).toBe(told);
  expect(
    facts(...first, '08:10:03 Reading failed at 3 %', '08:10:04 Operation ended with an error')['errorText'],
  ).toMatch(/Timeout|Reading/u);
});

const carA = ['08:10:00 VIN: WAUZZZ8K9BA000011', '08:10:00 HW: 0281000011', '08:10:00 SW: 1037000011'];
const carB = ['08:20:00 VIN: ZFA31200000000022', '08:20:00 HW: 0281000022'];
test.each<readonly [string, readonly string[], Readonly<Record<string, string | undefined>>]>([
  [
    'a failure without a number, then another car',
    ['08:00:00 Reading: 3 %', '08:00:01 Timeout', ...carB, '08:20:05 Reading: 100 %', 'Done'],
    { errorText: 'Timeout (3 %)', vehicleVin: undefined, ecuHw: undefined },
  ],
  [
    'the same car again after another',
    [
      ...carA,
      'Reading: 3 %',
      'Done',
      ...carB,
      'Reading: 100 %',
      'Done',
      ...carA.map((line) => line.replace('08:1', '08:3')),
      'Writing: 5 %',
      'Wake up error',
    ],
    {
      errorText: 'Wake up error (5 %)',
      vehicleVin: 'WAUZZZ8K9BA000011',
      ecuHw: '0281000011',
      ecuSw: '1037000011',
    },
  ],
  [
    'three cars, the middle one failed',
    [
      ...carA,
      'Reading: 100 %',
      'Done',
      ...carB,
      'Reading: 7 %',
      'Communication error',
      '08:30:00 VIN: WVWZZZ1KZ8W000001',
      '08:30:00 SW: 1037000033',
      'Reading: 100 %',
      'Done',
    ],
    {
      errorText: 'Communication error (7 %)',
      vehicleVin: 'ZFA31200000000022',
      ecuHw: '0281000022',
      ecuSw: undefined,
    },
  ],
  [
    'a VIN written in two ways is one car',
    [
      'VIN: WAU ZZZ 8K9 BA000011',
      'HW: 0281 000 011',
      'Reading: 3 %',
      'VIN nr.: wauzzz8k9ba000011',
      'HW: 0281000011',
      'Timeout',
    ],
    { vehicleVin: 'WAUZZZ8K9BA000011', ecuHw: '0281 000 011', errorText: 'Timeout (3 %)' },
  ],
  [
    'a VIN not read yet is no other car',
    ['VIN: ---', 'HW: 0281000011', 'VIN: WAUZZZ8K9BA000011', 'Reading: 3 %', 'Timeout'],
    { vehicleVin: 'WAUZZZ8K9BA000011', ecuHw: '0281000011' },
  ],
  [
    'two kinds of hardware number are one car',
    ['VIN: WAUZZZ8K9BA000011', 'Hardware: H13', 'HW number: 03L906018DM', 'Reading: 3 %', 'Timeout'],
    { vehicleVin: 'WAUZZZ8K9BA000011' },
  ],
  [
    'what was said of a car without a number is not of the next',
    ['ECU: EDC16C34', 'Engine: 1.9 TDI', 'Reading: 100 %', 'Done', ...carB, 'Writing: 3 %', 'Timeout'],
    { vehicleVin: 'ZFA31200000000022', ecuFamily: undefined, vehicleEngine: undefined },
  ],
  [
    'a block that begins with the control unit',
    [
      ...carA,
      'Reading: 7 %',
      'Timeout',
      'ECU: EDC16C34',
      'Engine: 1.3 MJET',
      ...carB,
      'Reading: 100 %',
      'Done',
    ],
    {
      vehicleVin: 'WAUZZZ8K9BA000011',
      ecuFamily: undefined,
      vehicleEngine: undefined,
      errorText: 'Timeout (7 %)',
    },
  ],
  [
    'the failed car has the control unit of its own block',
    [...carA, 'Reading: 100 %', 'Done', 'ECU: EDC16C34', ...carB, 'Reading: 7 %', 'Timeout'],
    { vehicleVin: 'ZFA31200000000022', ecuFamily: 'EDC16C34', ecuSw: undefined },
  ],
  [
    'another model is another car',
    ['Model: Golf', 'SW: 1037000011', 'Reading: 100 %', 'Done', 'Model: Giulia', 'Reading: 7 %', 'Timeout'],
    { vehicleModel: 'Giulia', ecuSw: undefined },
  ],
  [
    'another software after the end may be another car',
    [
      'VIN: WAUZZZ8K9BA000011',
      'SW: 1037000011',
      'Reading: 100 %',
      'Done',
      'SW: 1037000099',
      'Reading: 7 %',
      'Timeout',
    ],
    { vehicleVin: undefined, ecuSw: '1037000099' },
  ],
  [
    'a new session is of nobody yet',
    [...carA, 'Reading: 100 %', 'Nuova sessione', 'Reading: 7 %', 'Timeout'],
    { vehicleVin: undefined, ecuHw: undefined, errorText: 'Timeout (7 %)' },
  ],
  [
    'the program was started anew',
    [...carA, 'Reading: 100 %', '09:00:00 Application started', 'Reading: 7 %', 'Timeout'],
    { vehicleVin: undefined, ecuHw: undefined },
  ],
  [
    'a day later',
    [
      '23/11/2026 08:10:00 VIN: WAUZZZ8K9BA000011',
      '23/11/2026 08:11:00 Reading: 40 %',
      '24/11/2026 08:10:00 Reading: 7 %',
      '24/11/2026 08:10:01 Timeout',
    ],
    { vehicleVin: undefined },
  ],
  [
    'number plates tell cars apart',
    [
      'Targa: AB123CD',
      'SW: 1037000011',
      'Reading: 100 %',
      'Done',
      'Targa: EF456GH',
      'Reading: 7 %',
      'Timeout',
    ],
    { ecuSw: undefined },
  ],
])('%s', (_what, lines, expected) => {
  const said = facts(...lines);
  expect(Object.fromEntries(Object.keys(expected).map((key) => [key, said[key]]))).toEqual(expected);
});

test.each<readonly [string, Readonly<Record<string, string>>]>([
  ['HW number (F191): 0281012345', { ecuHw: '0281012345' }],
  ['VIN [F190]: ZAR94000007123456', { vehicleVin: 'ZAR94000007123456', vehicleMake: 'Alfa Romeo' }],
  ['Telaio (VIN): ZAR94000007123456 (OK)', { vehicleVin: 'ZAR94000007123456', vehicleMake: 'Alfa Romeo' }],
  ['1) HW: 0281012345\n2) SW: 1037512345', { ecuHw: '0281012345', ecuSw: '1037512345' }],
  [
    '- HW: 0281012345\n* SW: 1037512345\n• ECU: EDC17C46',
    { ecuHw: '0281012345', ecuSw: '1037512345', ecuFamily: 'EDC17C46' },
  ],
  ['"HW": "0281012345",\n"SW": "1037512345"', { ecuHw: '0281012345', ecuSw: '1037512345' }],
  ['HW:0281012345,SW:1037512345', { ecuHw: '0281012345', ecuSw: '1037512345' }],
  ['HW: 0281012345 / SW: 1037512345', { ecuHw: '0281012345', ecuSw: '1037512345' }],
  ['HW_Number=0281012345\nSW_Number=1037512345', { ecuHw: '0281012345', ecuSw: '1037512345' }],
  ['Hardware-Nr.: 0281012345\nSoftware-Nr.: 1037512345', { ecuHw: '0281012345', ecuSw: '1037512345' }],
  ['HW-Nummer: 0281012345\nSW-Nummer: 1037512345', { ecuHw: '0281012345', ecuSw: '1037512345' }],
  ['Fahrgestellnr.: ZAR94000007123456', { vehicleVin: 'ZAR94000007123456', vehicleMake: 'Alfa Romeo' }],
  ['N° telaio: ZAR94000007123456', { vehicleVin: 'ZAR94000007123456', vehicleMake: 'Alfa Romeo' }],
  ['V.I.N.: ZAR94000007123456', { vehicleVin: 'ZAR94000007123456', vehicleMake: 'Alfa Romeo' }],
  ['Motorcode: CFFB\nSteuergerät: EDC17C46', { vehicleEngine: 'CFFB', ecuFamily: 'EDC17C46' }],
  ['Cod. motore: 955A4000', { vehicleEngine: '955A4000' }],
  ['Codice HW: 0281012345\nCodice SW: 1037512345', { ecuHw: '0281012345', ecuSw: '1037512345' }],
  ['Batteriespannung: 12,4 V', { voltage: '12,4 V' }],
  ['Voltage [V]: 12.1', { voltage: '12.1' }],
  ['Tensione batteria (V): 12,1', { voltage: '12,1' }],
  ['Battery voltage = 12.10V', { voltage: '12.10V' }],
  ['Battery: 64%\nBatteria: carica\nVoltage: 12.1 V (OK)', { voltage: '12.1 V (OK)' }],
  ['Voltage: 64', {}],
  ['HW: n/a\nSW: ---\nECU: unknown\nEngine: -', {}],
  ['HW: non disponibile\nSW: ????\nModello: sconosciuto', {}],
  ['HW: FFFFFFFFFF\nSW: 0000000000', {}],
  ['ECU: OK\nECU: connected\nEngine: off\nMotore: spento\nECU: EDC17C46', { ecuFamily: 'EDC17C46' }],
  ['ECU: trovata\nECU: in corso\nSteuergerät: gefunden', {}],
  ['Protocol: CAN\nProtocol: 179', { driverNumber: '179' }],
  ['Protocol: ISO 15765-4', {}],
  ['Protocol: KWP2000', {}],
  ['Software: K-Suite 2.83\nHardware: K-TAG', {}],
  ['HW: ZAR', { ecuHw: 'ZAR' }],
  ['Tool serial: 77\nTool HW: 5\nTool SW: 2.83', {}],
  ['Gearbox ECU: DQ250\nECU: EDC17C46', { ecuFamily: 'EDC17C46' }],
  ['Engine hours: 40\nEngine load: 3 %\nEngine code: CFFB', { vehicleEngine: 'CFFB' }],
  [
    'Model: Golf VI   Engine: 2.0 TDI   Make: VW',
    { vehicleModel: 'Golf VI', vehicleEngine: '2.0 TDI', vehicleMake: 'VW' },
  ],
  ['VIN: not read', {}],
])('the labels of %j', (text, expected) => {
  expect(block(text)).toEqual(expected);
});

test.each([
  ['Writing: battery 80 %'],
  ['Scrittura avviata (batteria 64 %)'],
  ['Writing: started', 'CPU: 12 %'],
  ['Writing: started', 'Disk 80 % full'],
  ['Writing: started', 'Free space: 38 %'],
  ['Writing with 80 % of battery'],
  ['Writing: started', 'Ventola 40%'],
  ['Writing: started', 'SOC 81 %'],
  ['Writing: 250 %'],
  ['Reading: 100 %', 'Writing'],
  ['Writing: started', 'Identification: 100 %', 'Writing: key sent'],
])('no progress is told after %j', (...lines) => {
  expect(facts(...lines, 'Wake up error')['errorText']).toBe('Wake up error');
});

test.each([
  ['Writing: 71 % (battery 80 %)'],
  ['Writing: started', '[##########          ] 71 %'],
  ['Writing: started', '71 % done'],
  ['Scrittura avviata', 'Avanzamento 71%'],
  ['Scrittura avviata', '71% completato'],
  ['Writing: started', 'Block 12/40: 71 %'],
  ['Writing: started', 'Sector 4 of 10 - 71 %'],
  ['Writing: 71 %', 'Write timeout: 800 ms'],
  ['Writing: 71 %', 'Backup folder: C:\\backup'],
  ['Writing: 71 %', 'Read timeout = 5 s'],
])('the progress is told after %j', (...lines) => {
  expect(facts(...lines, 'Wake up error')['errorText']).toMatch(/^Wake up error \(71 ?%\)$/u);
});

test.each([
  [['Writing: 71 %', 'Read timeout: 800 ms'], 'write-failure'],
  [['Scrittura: 71 %', 'Cartella backup: C:\\a'], 'write-failure'],
  [['Reading VIN'], 'recognition'],
  [['Lettura identificativi'], 'recognition'],
  [['Reading, write protection off'], 'read-failure'],
  [['Lesen: 3 %'], 'read-failure'],
  [['Leggendo la flash'], 'read-failure'],
  [['Sto scrivendo la flash'], 'write-failure'],
] as const)('the act after %j is %s', (lines, type) => {
  expect(errorFacts([...lines, 'Wake up error'].join('\n'), 'a').requestType).toBe(type);
});
