import { fieldText } from '../../../shared/domain/draft.ts';
import { productName } from '../../../shared/domain/product-name.ts';
import type { DraftSection } from '../../../shared/domain/draft-check.ts';
import type { Words } from '../../words/translation.ts';
import type { DraftFacts } from './draft-results.ts';

const joined = (parts: readonly string[], by: string): string => parts.filter((part) => part !== '').join(by);

/** What a closed section says of itself in one line; empty when nothing was written yet. */
export function sectionSummary(
  section: DraftSection,
  facts: DraftFacts,
  { t, language }: Pick<Words, 't' | 'language'>,
): string {
  const { content, product, tool, files } = facts;
  const text = (key: Parameters<typeof fieldText>[1]): string => fieldText(content, key);
  switch (section) {
    case 'tool':
      return joined(
        [
          product === null ? '' : productName(product, language),
          tool?.serial ?? '',
          content.requestType === null ? '' : t(`requestType.${content.requestType}`),
        ],
        ' · ',
      );
    case 'problem': {
      const first = text('problem').split('\n')[0] ?? '';
      const error = text('errorText').split('\n')[0] ?? '';
      return joined(
        [first, error === '' ? '' : t('draft.quoted', { text: error }), text('lossKind'), text('lossDate')],
        ' · ',
      );
    }
    case 'evidence':
      return files.length > 0 ? t('draft.fileCount', { count: files.length }) : text('noLogReason');
    case 'vehicle':
      return joined(
        [
          joined([text('vehicleMake'), text('vehicleModel'), text('vehicleEngine')], ' '),
          text('ecuFamily'),
          text('ecuHw'),
        ],
        ' · ',
      );
    case 'steps':
      return content.steps.length === 0 ? '' : t('draft.stepCount', { count: content.steps.length });
    case 'guides':
      return content.guides.length === 0
        ? ''
        : joined(
            content.guides.map((guide) => guide.title),
            ', ',
          );
  }
}
