import { displayName } from '../../../shared/domain/display-name.ts';
import { type FieldKey, fieldText } from '../../../shared/domain/draft.ts';
import type { EvidenceKind } from '../../../shared/domain/evidence.ts';
import { connectionModes } from '../../../shared/domain/product.ts';
import { productName } from '../../../shared/domain/product-name.ts';
import type { Finding } from '../../../shared/domain/verdict.ts';
import type { Words } from '../../words/translation.ts';
import type { DraftFacts } from './draft-verdicts.ts';
import type { ShownField } from './draft-field.tsx';

/** Enough to know one's own words again, in characters. */
const shownChars = 120;

/** The facts a verdict rests on, each with the value it has now; what was not written says so. */
export function lookedAt(finding: Finding, facts: DraftFacts, words: Words): readonly string[] {
  const { t, language } = words;
  const { content, product, tool, files, customerCode } = facts;
  const fact = (name: string, value: string): string =>
    t('why.fact', { name, value: value === '' ? t('why.empty') : value.length > shownChars ? `${value.slice(0, shownChars)}…` : value });
  const shown = (key: FieldKey): string => {
    const text = displayName(fieldText(content, key));
    const mode = key === 'mode' ? connectionModes.find((item) => item === text) : undefined;
    return mode === undefined ? text : t(`mode.${mode}`);
  };
  const field = (key: ShownField): string => fact(t(`field.${key}`), shown(key));
  const filled = (...keys: readonly ShownField[]): readonly string[] => {
    const said = keys.filter((key) => fieldText(content, key) !== '');
    return said.length === 0 ? [fact(t(`verdict.${finding}`), '')] : said.map(field);
  };
  const count = (kind: EvidenceKind): string =>
    fact(t(`evidenceKind.${kind}`), t('draft.fileCount', { count: files.filter((file) => file.kind === kind).length }));
  const steps = (kind: 'done' | 'tried'): string => {
    const texts = content.steps.filter((step) => step.kind === kind && step.text.trim() !== '').map((step) => step.text.trim());
    return fact(t(`verdict.${kind === 'done' ? 'stepsDone' : 'stepsTried'}`), texts.join('; '));
  };
  switch (finding) {
    case 'customerCode':
      return [fact(t('verdict.customerCode'), customerCode ?? '')];
    case 'requestType':
      return [fact(t('verdict.requestType'), content.requestType === null ? '' : t(`requestType.${content.requestType}`))];
    case 'tool':
      return [fact(t('verdict.tool'), product === null ? '' : productName(product, language))];
    case 'serial':
      return [fact(t('verdict.serial'), tool?.serial ?? '')];
    case 'vehicleOrEcu':
      return filled('vehicleMake', 'vehicleModel', 'vehicleVin', 'ecuMaker', 'ecuFamily', 'ecuHw', 'ecuSw');
    case 'problemMissing':
    case 'textLanguage':
      return [field('problem')];
    case 'problemNoSymptom':
      return [field('problem'), field('errorText')];
    case 'problemNoMoment':
      return [field('problem'), field('stage')];
    case 'errorEvidence':
      return [field('errorText'), count('image')];
    case 'stepsDone':
      return [steps('done')];
    case 'stepsTried':
      return [steps('tried')];
    case 'photos':
      return [field('mode'), count('image')];
    case 'log':
      return [count('log'), field('noLogReason')];
    case 'guides':
      return [fact(t('verdict.guides'), content.guides.map((guide) => guide.title).join('; '))];
    case 'lossFacts':
      return [field('lossKind'), field('lossDate'), field('lossPlace')];
    case 'lossReport':
      return [field('lossReportNumber')];
  }
}
