import { describe, expect, test } from 'vitest';
import type { CheckId } from '../../shared/rules/rule-definitions.ts';
import type { DraftControl } from '../../shared/domain/draft-check.ts';
import { draftCheck, draftChecks } from '../../shared/rules/draft-checks.ts';
import {
  type DraftContent,
  emptyDraftContent,
  type RequestType,
  requestTypes,
} from '../../shared/domain/draft.ts';
import { type Product, productSchema } from '../../shared/domain/product.ts';
import { completeness } from '../../shared/rules/completeness.ts';
import { controlFor, formControls } from '../../shared/rules/form-controls.ts';
import bundled from '../../resources/products.json' with { type: 'json' };

const products = [null, ...bundled.products.map((item) => productSchema.parse(item))];
const kinds = [null, ...requestTypes];

/** Drafts in which each check is asked for and not met by one of them at least: nothing written, something in either language, at the bench. */
const written: readonly DraftContent['fields'][] = [
  {},
  { problem: { text: 'Non so che cosa fare con questo strumento', source: { kind: 'typed' } } },
  {
    problem: {
      text: 'Ich weiss nicht was ich mit diesem Werkzeug machen soll und warum',
      source: { kind: 'typed' },
    },
  },
  { mode: { text: 'bench', source: { kind: 'typed' } } },
];

type Question = { readonly check: CheckId; readonly control: DraftControl; readonly isDrawn: boolean };

/** Everything that is asked of those drafts and not met, with where it leads. */
function questions(product: Product | null, requestType: RequestType | null): readonly Question[] {
  const facts = { product, evidenceKinds: [] };
  return written.flatMap((fields) => {
    const content: DraftContent = { ...emptyDraftContent('it'), requestType, fields };
    return completeness(content, { ...facts, customerCode: null, tool: null })
      .filter(({ status }) => status !== 'met')
      .flatMap(({ check }) => {
        const { place } = draftCheck(check);
        const control = controlFor(place, content, facts);
        return control === null
          ? []
          : [{ check, control, isDrawn: formControls(place.section, content, facts).includes(control) }];
      });
  });
}

describe.each(
  products.map((product) => [product?.id ?? 'no product', product] as const),
)('over %s', (_name, product) => {
  test.each(
    kinds,
  )('draft checks lead to a control that is on screen whenever they ask, for a request of kind %s', (requestType) => {
    const asked = questions(product, requestType);
    expect(asked.length).toBeGreaterThan(3);
    expect(asked.filter(({ isDrawn }) => !isDrawn)).toEqual([]);
  });
});

test('every check with a control is asked for over some product and kind of request', () => {
  const asked = new Set(
    products.flatMap((product) =>
      kinds.flatMap((kind) => questions(product, kind).map(({ check }) => check)),
    ),
  );
  const led = draftChecks.filter(({ place }) => place.control !== null).map(({ id }) => id);
  expect(led.filter((id) => !asked.has(id))).toEqual([]);
  expect(led.length).toBeGreaterThan(15);
});
