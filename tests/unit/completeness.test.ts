import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type DraftContent,
  emptyDraftContent,
  type FieldKey,
  requestTypes,
} from '../../shared/domain/draft.ts';
import type { CheckId } from '../../shared/rules/rule-definitions.ts';
import type { CompletenessFacts } from '../../shared/rules/rule-shape.ts';
import { completeness, isComplete } from '../../shared/rules/completeness.ts';
import { product, tool } from '../fixtures/bench-tool.ts';

const facts: CompletenessFacts = { customerCode: 'ALI-20417', product, tool, evidenceKinds: ['log'] };

function draft(values: Partial<Record<FieldKey, string>>, rest: Partial<DraftContent> = {}): DraftContent {
  const fields = Object.fromEntries(
    Object.entries(values).map(([key, text]) => [key, { text, source: { kind: 'typed' as const } }]),
  );
  return { ...emptyDraftContent('it'), requestType: 'read-failure', fields, ...rest };
}

const steps: DraftContent['steps'] = [
  { id: '0b6f0c1e-6f4e-4c39-9a53-2f0a3f6a3c12', kind: 'done', text: 'Collegati i pin', failedHere: true },
  { id: '0b6f0c1e-6f4e-4c39-9a53-2f0a3f6a3c13', kind: 'tried', text: 'Cambiato cavo', failedHere: false },
];
const whole = draft(
  { problem: 'La lettura si ferma al 38 %', errorText: 'Checksum error', ecuHw: '03L906018' },
  { steps, guides: [{ id: '0b6f0c1e-6f4e-4c39-9a53-2f0a3f6a3c14', title: 'Manuale', finding: '' }] },
);
const statusOf = (content: DraftContent, check: CheckId, given = facts): string | undefined =>
  completeness(content, given).find((item) => item.check === check)?.status;

describe('completeness', () => {
  test('R-INFO whole draft is complete when every demanded fact is there', () => {
    expect(completeness(whole, facts).filter((item) => item.status !== 'met')).toEqual([]);
  });

  test.each<[string, CheckId, CompletenessFacts]>([
    ['R-INFO-1', 'customerCode', { ...facts, customerCode: null }],
    ['R-INFO-2', 'serial', { ...facts, tool: null }],
    ['R-INFO-8', 'log', { ...facts, evidenceKinds: [] }],
    ['R-PROD-1', 'tool', { ...facts, product: null }],
  ])('%s %s is missing when the fact is not known', (ruleId, check, given) => {
    const result = completeness(whole, given).find((item) => item.check === check);
    expect(result).toMatchObject({ ruleId, status: 'missing' });
    expect(isComplete(completeness(whole, given))).toBe(false);
  });

  test.each<[string, DraftContent, CheckId]>([
    ['R-INFO-3', draft({ vehicleMake: 'VW' }), 'vehicleOrEcu'],
    ['R-INFO-4', draft({}), 'problemMissing'],
    [
      'R-INFO-4',
      draft({ problem: 'Buongiorno vorrei assistenza sulla mia centralina grazie mille' }),
      'problemNoSymptom',
    ],
    ['R-INFO-5', draft({ problem: 'La lettura si ferma' }), 'errorEvidence'],
    ['R-INFO-6', draft({}, { steps: steps.slice(1) }), 'stepsDone'],
    ['R-INFO-6', draft({}, { steps: steps.slice(0, 1) }), 'stepsTried'],
    ['R-DOCS-1', draft({}), 'guides'],
  ])('%s names %# as missing when it is not written', (ruleId, content, check) => {
    expect(completeness(content, facts).find((item) => item.check === check)).toMatchObject({
      ruleId,
      status: 'missing',
    });
  });

  test('R-INFO-4: judges by what is present when the text is short', () => {
    expect(statusOf(draft({ problem: 'Si blocca' }), 'problemNoSymptom')).toBe('met');
  });

  test('R-INFO-7: photos are advised and never block when the work is on the bench', () => {
    const bench = {
      ...whole,
      fields: { ...whole.fields, mode: { text: 'bench', source: { kind: 'typed' as const } } },
    };
    expect(statusOf(bench, 'photos')).toBe('advised');
    expect(isComplete(completeness(bench, facts))).toBe(true);
  });

  test('R-INFO-8: accepts a reason when no LOG can be had', () => {
    const content = {
      ...whole,
      fields: { ...whole.fields, noLogReason: { text: 'PC formattato', source: { kind: 'typed' as const } } },
    };
    expect(statusOf(content, 'log', { ...facts, evidenceKinds: [] })).toBe('met');
  });

  test('R-PROD-1: asks no LOG and no serial when the product has none', () => {
    const software = { ...product, hasSerial: false, hasToolLog: false };
    const found = completeness(whole, { ...facts, product: software }).map((item) => item.check);
    expect(found).not.toContain('log');
    expect(found).not.toContain('serial');
  });

  test('R-EXCL-1: theft or loss asks its own short form when chosen', () => {
    const content = draft(
      { lossKind: 'furto', lossDate: '20/11', lossPlace: 'Torino' },
      { requestType: 'theft-or-loss' },
    );
    expect(isComplete(completeness(content, facts))).toBe(true);
    expect(completeness(content, facts).some((item) => item.check === 'stepsDone')).toBe(false);
  });

  test('completeness never loses a met item when more text is written', () => {
    fc.assert(
      fc.property(fc.constantFrom(...requestTypes), fc.string({ maxLength: 40 }), (requestType, extra) => {
        const before = completeness({ ...whole, requestType }, facts).filter(
          (item) => item.status === 'met',
        ).length;
        const more = {
          ...whole,
          requestType,
          fields: {
            ...whole.fields,
            problem: {
              text: `${whole.fields.problem?.text ?? ''} ${extra}`,
              source: { kind: 'typed' as const },
            },
          },
        };
        expect(completeness(more, facts).filter((item) => item.status === 'met').length).toBe(before);
      }),
    );
  });
});

test('R-LANG-1: text in another language is warned about and blocks nothing', () => {
  const german = {
    ...whole,
    fields: {
      ...whole.fields,
      problem: {
        text: 'Beim Lesen bleibt das Gerät bei 38 % stehen und die Software zeigt nicht den Fehler',
        source: { kind: 'typed' as const },
      },
    },
  };
  expect(statusOf(german, 'textLanguage')).toBe('advised');
  expect(isComplete(completeness(german, facts))).toBe(true);
  expect(statusOf(whole, 'textLanguage')).toBeUndefined();
});
