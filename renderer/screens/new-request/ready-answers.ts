import type { DraftContent, RequestType, Step } from '../../../shared/domain/draft.ts';
import type { Language } from '../../../shared/domain/ids.ts';
import type { Product } from '../../../shared/domain/product.ts';
import type { DraftSection } from '../../../shared/domain/draft-check.ts';
import { fieldText } from '../../../shared/domain/draft.ts';
import { formFields } from '../../../shared/rules/form-controls.ts';
import type { Words } from '../../words/translation.ts';
import { withField } from './draft-field.tsx';
import type { DraftFacts } from './draft-results.ts';
import { isPhrase, type Phrase } from './phrases.ts';

/** An answer that one press gives, and takes back. */
export type ReadyAnswer = {
  readonly words: string;
  readonly isGiven: boolean;
  readonly toggle: (now: DraftContent) => DraftContent;
};
export type ReadyAnswers = { readonly label: string; readonly answers: readonly ReadyAnswer[] };

/** More than these are looked for in the section itself. */
const most = 3;

/** What most likely came just before, or was tried, in a request of this kind; the rest in the product's own order. */
const likely: Readonly<Partial<Record<RequestType, readonly Phrase[]>>> = {
  'read-failure': ['startedRead', 'identified', 'otherSupply', 'otherCable'],
  'write-failure': ['startedWrite', 'identified', 'otherSupply', 'otherCable'],
  recognition: ['connectedPins', 'connectedObd', 'checkedConnection', 'otherCable'],
};

function mostLikely(ids: readonly string[], type: RequestType | null): readonly Phrase[] {
  const first = type === null ? [] : (likely[type] ?? []);
  const rank = (id: Phrase): number => (first.includes(id) ? first.indexOf(id) : first.length);
  return ids
    .filter(isPhrase)
    .toSorted((a, b) => rank(a) - rank(b))
    .slice(0, most);
}

function step(kind: Step['kind'], words: string, { steps }: DraftContent): ReadyAnswer {
  const isGiven = steps.some((item) => item.kind === kind && item.text === words);
  return {
    words,
    isGiven,
    toggle: (now) => ({
      ...now,
      steps: isGiven
        ? now.steps.filter((item) => item.kind !== kind || item.text !== words)
        : [...now.steps, { id: crypto.randomUUID(), kind, text: words, failedHere: false }],
    }),
  };
}

/** Kept in the language of the request, said in that of the program. */
function guide(
  titles: Product['guides'][number]['title'],
  said: Language,
  content: DraftContent,
): ReadyAnswer {
  const { guides } = content;
  const title = titles[content.language];
  const isGiven = guides.some((item) => item.title === title);
  return {
    words: titles[said],
    isGiven,
    toggle: (now) => ({
      ...now,
      guides: isGiven
        ? now.guides.filter((item) => item.title !== title)
        : [...now.guides, { id: crypto.randomUUID(), title, finding: '' }],
    }),
  };
}

/** Ready answers to what a closed section lacks; none where only the person's own words will do. */
export function readyAnswers(
  section: DraftSection,
  { content, product }: DraftFacts,
  { t, language }: Pick<Words, 't' | 'language'>,
): readonly ReadyAnswers[] {
  const { requestType } = content;
  const steps = (kind: Step['kind'], ids: readonly string[] = []): readonly ReadyAnswer[] =>
    mostLikely(ids, requestType).map((id) => step(kind, t(`phrase.${id}`), content));
  const groups = (): readonly ReadyAnswers[] => {
    switch (section) {
      case 'steps':
        return [
          { label: t('draft.quickPhrases'), answers: steps('done', product?.phrases) },
          { label: t('draft.quickTried'), answers: steps('tried', product?.triedPhrases) },
        ];
      case 'guides':
        return [
          {
            label: t('draft.guideRead'),
            // In the product's own order: one that followed the words would move under the hand that types them.
            answers: (product?.guides ?? [])
              .slice(0, most)
              .map(({ title }) => guide(title, language, content)),
          },
        ];
      case 'evidence': {
        if (!formFields.evidence(content, product).includes('noLogReason')) return [];
        const words = t('draft.noLogWritten');
        const isGiven = fieldText(content, 'noLogReason') === words;
        const toggle = (now: DraftContent): DraftContent =>
          withField(now, 'noLogReason', isGiven ? '' : words);
        return [{ label: t('field.noLogReason'), answers: [{ words, isGiven, toggle }] }];
      }
      default:
        return [];
    }
  };
  return groups().filter(({ answers }) => answers.length > 0);
}
