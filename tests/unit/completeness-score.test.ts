import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkIds, type CheckResult } from '../../shared/rules/draft-checks.ts';
import { askedBackFor } from '../../shared/rules/asked-back.ts';
import { completenessScore } from '../../shared/rules/completeness-score.ts';

const result = (check: CheckResult['check'], status: CheckResult['status']): CheckResult => ({
  ruleId: 'R-INFO-8',
  check,
  status,
  section: 'problem',
  field: null,
});

test('R-INFO-8: score explains itself: the heaviest gap first, met items last, and 100 only when nothing is left', () => {
  const { score, items } = completenessScore(
    [result('log', 'missing'), result('tool', 'met'), result('photos', 'advised')],
    {},
  );
  expect(score).toBe(40);
  expect(items.map((item) => [item.check, item.met])).toEqual([
    ['log', false],
    ['photos', false],
    ['tool', true],
  ]);
  expect(completenessScore([result('log', 'met')], {}).score).toBe(100);
});

test('R-INFO-7: what operators asked back for weighs more, with its count, and at most double', () => {
  const weightAfter = (times: number): number =>
    completenessScore([result('photos', 'advised')], { photos: times }).items[0]?.weight ?? 0;
  expect([weightAfter(0), weightAfter(5), weightAfter(500)]).toEqual([3, 6, 6]);
  expect(completenessScore([result('photos', 'advised')], { photos: 2 }).items[0]?.askedBack).toBe(2);
});

test('R-INFO-6: score grows with every item that is added, whatever was learned', () => {
  fc.assert(
    fc.property(
      fc.subarray([...checkIds], { minLength: 2 }),
      fc.dictionary(fc.constantFrom(...checkIds), fc.nat(20)),
      (some, learned) => {
        const scores = some.map(
          (_, met) =>
            completenessScore(
              some.map((check, index) => result(check, index <= met ? 'met' : 'missing')),
              learned,
            ).score,
        );
        expect(scores).toEqual([...scores].sort((a, b) => a - b));
        expect(scores.at(-1)).toBe(100);
      },
    ),
    { numRuns: 2_000 },
  );
});

test.each([
  ['Buongiorno, può inviarci il file di log e una foto dei collegamenti?', ['log', 'photos']],
  ['Please send a screenshot of the error. Which ECU is it?', ['vehicleOrEcu', 'errorEvidence']],
  ['Ho guardato il log: è tutto a posto. Chiudo la richiesta.', []],
  ['Serve il numero di serie dello strumento.', ['serial']],
  ['', []],
])("R-INFO-5: operator's words %j ask back for %j", (text, asked) => {
  expect(askedBackFor(text)).toEqual(asked);
});
