import { normalizedVin, vinNote } from './vin.ts';

/** Makers by the first three characters of a VIN (ISO 3780), as far as one stands for one make only. */
const makes: readonly (readonly [string, string])[] = [
  ['Alfa Romeo', 'ZAR'],
  ['Audi', 'WAU WA1 WUA TRU'],
  ['BMW', 'WBA WBS WBX WBY'],
  ['Citroën', 'VF7 VR7'],
  ['Dacia', 'UU1'],
  ['Ferrari', 'ZFF'],
  ['Fiat', 'ZFA'],
  ['Ford', 'WF0'],
  ['Honda', 'JHM SHH'],
  ['Hyundai', 'KMH TMA'],
  ['Iveco', 'ZCF'],
  ['Jaguar', 'SAJ'],
  ['Kia', 'KNA U5Y'],
  ['Lamborghini', 'ZHW'],
  ['Lancia', 'ZLA'],
  ['Land Rover', 'SAL'],
  ['MAN', 'WMA'],
  ['Maserati', 'ZAM'],
  ['Mazda', 'JMZ'],
  ['Mercedes-Benz', 'WDB WDC WDD WDF W1K W1N W1V'],
  ['MINI', 'WMW'],
  ['Nissan', 'JN1 SJN VSK'],
  ['Opel', 'W0L W0V'],
  ['Peugeot', 'VF3 VR3'],
  ['Porsche', 'WP0 WP1'],
  ['Renault', 'VF1'],
  ['Scania', 'YS2'],
  ['SEAT', 'VSS'],
  ['Škoda', 'TMB'],
  ['smart', 'WME'],
  ['Subaru', 'JF1'],
  ['Suzuki', 'JSA TSM'],
  ['Toyota', 'JTD SB1 VNK'],
  ['Volkswagen', 'WVW WV1 WV2 WVG'],
  ['Volvo', 'YV1 YV4'],
];
const makeOf: ReadonlyMap<string, string> = new Map(
  makes.flatMap(([make, codes]) => codes.split(' ').map((code) => [code, make] as const)),
);

/** The make a whole VIN names; null for one that is none, and for makers this list does not know. */
export function vinMake(text: string): string | null {
  if (!['ok', 'checkDigit'].includes(vinNote(text))) return null;
  return makeOf.get(normalizedVin(text).slice(0, 3)) ?? null;
}
