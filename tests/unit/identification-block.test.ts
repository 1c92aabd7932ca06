import { expect, test } from 'vitest';
import { identificationBlock } from '../../shared/logs/identification-block.ts';

const values = (text: string): Record<string, string> =>
  Object.fromEntries(identificationBlock(text).map((field) => [field.key, field.text]));

test('identificationBlock reads the labels users paste when they come from the tool', () => {
  expect(
    values('HW: 03L 906 018\r\nSW: 1037\r\nSW upg.: 03L906018ES 9970\nVIN nr.: WVWZZZ1KZBW123456\nHW Ver.: H03\nEngine: 2.0 TDI'),
  ).toEqual({
    ecuHw: '03L 906 018',
    ecuSw: '03L906018ES 9970',
    vehicleVin: 'WVWZZZ1KZBW123456',
    vehicleEngine: '2.0 TDI',
  });
});

test('identificationBlock ignores what cannot be a VIN when the line says VIN', () => {
  expect(values('VIN nr.: ---')).toEqual({});
});

test('identificationBlock finds nothing when the text is prose', () => {
  expect(values('Buongiorno, la lettura si ferma.')).toEqual({});
});
