import { displayName } from '../../../shared/domain/display-name.ts';
import { type FieldKey, fieldText } from '../../../shared/domain/draft.ts';
import { connectionModes } from '../../../shared/domain/product.ts';
import { productName } from '../../../shared/domain/product-name.ts';
import type { CheckId } from '../../../shared/rules/rule-definitions.ts';
import { draftCheck } from '../../../shared/rules/draft-checks.ts';
import type { LookedAt, ShownField } from '../../../shared/rules/rule-shape.ts';
import type { Words } from '../../words/translation.ts';
import type { DraftFacts } from './draft-results.ts';

/** Enough to know one's own words again, in characters. */
const shownChars = 120;

/** The facts a check rests on, each with the value it has now; what was not written says so. */
export function lookedAt(check: CheckId, facts: DraftFacts, words: Words): readonly string[] {
  const { t, language } = words;
  const { content, product, tool, files, customerCode } = facts;
  const fact = (name: string, value: string): string =>
    t('why.fact', {
      name,
      value:
        value === '' ? t('why.empty') : value.length > shownChars ? `${value.slice(0, shownChars)}…` : value,
    });
  const shown = (key: FieldKey): string => {
    const text = displayName(fieldText(content, key));
    const mode = key === 'mode' ? connectionModes.find((item) => item === text) : undefined;
    return mode === undefined ? text : t(`mode.${mode}`);
  };
  const field = (key: ShownField): string => fact(t(`field.${key}`), shown(key));
  const told = (source: LookedAt): readonly string[] => {
    switch (source.kind) {
      case 'fields':
        return source.keys.map(field);
      case 'filled': {
        const said = source.keys.filter((key) => fieldText(content, key) !== '');
        return said.length === 0 ? [fact(t(`draftCheck.${check}`), '')] : said.map(field);
      }
      case 'files': {
        const count = files.filter((file) => file.kind === source.of).length;
        return [fact(t(`evidenceKind.${source.of}`), t('draft.fileCount', { count }))];
      }
      case 'steps': {
        const texts = content.steps
          .filter((step) => step.kind === source.of && step.text.trim() !== '')
          .map((step) => step.text.trim());
        return [fact(t(`draftCheck.${check}`), texts.join('; '))];
      }
      case 'customerCode':
        return [fact(t('draftCheck.customerCode'), customerCode ?? '')];
      case 'requestType':
        return [
          fact(
            t('draftCheck.requestType'),
            content.requestType === null ? '' : t(`requestType.${content.requestType}`),
          ),
        ];
      case 'product':
        return [fact(t('draftCheck.tool'), product === null ? '' : productName(product, language))];
      case 'serial':
        return [fact(t('draftCheck.serial'), tool?.serial ?? '')];
      case 'guides':
        return [fact(t('draftCheck.guides'), content.guides.map((guide) => guide.title).join('; '))];
    }
  };
  return draftCheck(check).lookedAt.flatMap(told);
}
