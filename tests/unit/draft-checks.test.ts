import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type DraftContent, emptyDraftContent, fieldKeys, requestTypes } from '../../shared/domain/draft.ts';
import { evidenceKinds } from '../../shared/domain/evidence.ts';
import { connectionModes } from '../../shared/domain/product.ts';
import { draftSections } from '../../shared/domain/draft-check.ts';
import { checkIds, draftChecks } from '../../shared/rules/draft-checks.ts';
import { rules } from '../../shared/rules/registry.ts';
import { completeness, shownSections } from '../../shared/rules/completeness.ts';
import { product, tool } from '../fixtures/bench-tool.ts';

const form = resolve(import.meta.dirname, '../../renderer/screens/new-request');

/** What a section of the form is made of: its file, and those it takes from beside it. */
function sourceOf(section: string): string {
  const text = readFileSync(join(form, `${section}-section.tsx`), 'utf8');
  const parts = readdirSync(form).filter(
    (name) => text.includes(`'./${name}'`) && !name.endsWith('-section.tsx'),
  );
  return [text, ...parts.map((name) => readFileSync(join(form, name), 'utf8'))].join('\n');
}

const field = fc.record({
  text: fc.constantFrom('', 'x', 'La lettura si ferma al 38 %'),
  source: fc.constant({ kind: 'typed' as const }),
});
const anyContent: fc.Arbitrary<DraftContent> = fc
  .record({
    requestType: fc.constantFrom(null, ...requestTypes),
    fields: fc.record(Object.fromEntries(fieldKeys.map((key) => [key, field])), { requiredKeys: [] }),
    mode: fc.constantFrom('', ...connectionModes),
  })
  .map(({ requestType, fields, mode }) => ({
    ...emptyDraftContent('it'),
    requestType,
    fields: { ...fields, mode: { text: mode, source: { kind: 'typed' } } },
  }));

test('draft checks define every id once, each with a weight, and in the order of the form', () => {
  expect(draftChecks.length).toBeGreaterThan(15);
  expect(new Set(checkIds).size).toBe(draftChecks.length);
  expect(draftChecks.filter(({ weight }) => weight <= 0)).toEqual([]);
  const places = draftChecks.map(({ place }) => draftSections.indexOf(place.section));
  expect(places).toEqual(places.toSorted((a, b) => a - b));
});

test('draft checks lead to a section that is on screen whenever they ask for something', () => {
  let asked = 0;
  fc.assert(
    fc.property(
      anyContent,
      fc.subarray([...evidenceKinds]),
      fc.constantFrom(null, product),
      fc.constantFrom(null, tool),
      (content, kinds, ofProduct, ofTool) => {
        const results = completeness(content, {
          customerCode: null,
          product: ofProduct,
          tool: ofTool,
          evidenceKinds: kinds,
        });
        const open = results.filter(({ status }) => status !== 'met');
        asked += open.length;
        const shown = shownSections(content.requestType);
        expect(open.filter(({ section }) => !shown.includes(section))).toEqual([]);
      },
    ),
  );
  expect(asked).toBeGreaterThan(200);
});

// Fields are drawn from the model, which `form-controls.test.ts` asks; what adds something to a list stands in the source alone.
const isField = (control: string): boolean => fieldKeys.some((key) => key === control);
test.each(
  draftChecks.flatMap(({ id, place: { section, control } }) =>
    control === null || isField(control) ? [] : [{ id, section, control }],
  ),
)('draft check $id leads to a control that its section holds', ({ section, control }) => {
  const source = sourceOf(section);
  const isThere = [`id="draft-${control}"`, `'draft-${control}'`, `name="${control}"`, `'${control}'`].some(
    (text) => source.includes(text),
  );
  expect(isThere, `${section}-section.tsx has no control ${control}`).toBe(true);
});

test("what is ours is told as ours: no check or rule that the terms do not ask for names a section as the vendor's", () => {
  const ours = draftChecks.filter(({ origin }) => origin.kind === 'house').map(({ id }) => id);
  expect(ours).toEqual(
    expect.arrayContaining(['requestType', 'problemNoSymptom', 'problemNoMoment', 'lossFacts', 'lossReport']),
  );
  expect(rules.find(({ id }) => id === 'R-HOURS-5')?.origin.kind).toBe('house');
  for (const { ruleId, origin } of draftChecks) {
    const rule = rules.find(({ id }) => id === ruleId);
    if (origin.kind === 'vendor') expect(rule?.origin).toEqual(origin);
  }
});
