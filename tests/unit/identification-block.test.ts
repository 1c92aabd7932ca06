import { expect, test } from 'vitest';
import { identificationBlock } from '../../shared/logs/identification-block.ts';

const values = (text: string): Record<string, string> =>
  Object.fromEntries(identificationBlock(text).map((field) => [field.key, field.text]));

test('identificationBlock reads the labels users paste when they come from the tool', () => {
  expect(
    values(
      'HW: 03L 906 018\r\nSW: 1037\r\nSW upg.: 03L906018ES 9970\nVIN nr.: WVWZZZ1KZBW123456\nHW Ver.: H03\nEngine: 2.0 TDI',
    ),
  ).toEqual({
    ecuHw: '03L 906 018',
    ecuSw: '03L906018ES 9970',
    vehicleVin: 'WVWZZZ1KZBW123456',
    vehicleEngine: '2.0 TDI',
    vehicleMake: 'Volkswagen',
  });
});

test('identificationBlock ignores what cannot be a VIN when the line says VIN', () => {
  expect(values('VIN nr.: ---')).toEqual({});
});

test('identificationBlock finds nothing when the text is prose', () => {
  expect(values('Buongiorno, la lettura si ferma.')).toEqual({});
});

test.each([
  ['Connection: boot', 'boot'],
  ['Collegamento: banco', 'bench'],
  ['Modalità: OBD2', 'obd'],
  ['Mode: Tricore', 'tricore'],
])('mode is read as the form names it when the tool writes "%s"', (line, mode) => {
  expect(identificationBlock(line)).toEqual([expect.objectContaining({ key: 'mode', text: mode })]);
});

test.each([
  'Connection: lost',
  'Mode: boot or bench',
  'Model: Golf boot',
])('no mode is read when the tool writes "%s"', (line) => {
  expect(identificationBlock(line).filter((field) => field.key === 'mode')).toEqual([]);
});

test('make comes from the VIN, unless the tool wrote one', () => {
  const make = (text: string) => identificationBlock(text).find((field) => field.key === 'vehicleMake')?.text;
  expect(make('VIN nr.: WVWZZZ1KZAW000123')).toBe('Volkswagen');
  expect(make('VIN nr.: WVWZZZ1KZAW000123\nMake: VW Golf')).toBe('VW Golf');
  expect(make('VIN nr.: QQQZZZ1KZAW000123')).toBeUndefined();
  expect(make('VIN nr.: 1XXZZZ1KZAW000123')).toBeUndefined();
});
