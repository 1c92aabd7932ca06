import { type DraftContent, fieldText } from '../domain/draft.ts';
import type { ExclusionPack, LikelyCause } from '../domain/exclusion-pack.ts';
import type { PcCheck } from '../domain/pc-check.ts';

function spoken(content: DraftContent): string {
  const texts = [
    fieldText(content, 'problem'),
    fieldText(content, 'errorText'),
    fieldText(content, 'stage'),
    ...content.steps.map((step) => step.text),
  ];
  return ` ${texts
    .join(' ')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}+.-]+/gu, ' ')} `;
}

/**
 * R-EXCL-1: the exclusions that seem to apply to this request, strongest first: those a check of this PC speaks for, then those the
 * person's own words do. None is ever proof, and none blocks. Theft or loss is no exclusion but a request of its own.
 */
export function likelyCauses(
  content: DraftContent,
  pack: ExclusionPack,
  checks: readonly PcCheck[],
): readonly LikelyCause[] {
  if (content.requestType === 'theft-or-loss') return [];
  const text = spoken(content);
  const bad = new Map(
    checks
      .filter((check) => check.status === 'warn' || check.status === 'fail')
      .map((check) => [check.id, check.status]),
  );
  const weight = (cause: LikelyCause): number =>
    cause.words.length + cause.checks.reduce((sum, id) => sum + (bad.get(id) === 'fail' ? 100 : 10), 0);
  return pack.causes
    .filter(
      (cause) =>
        (cause.productIds.length === 0 || cause.productIds.some((id) => id === content.productId)) &&
        (cause.requestTypes.length === 0 || cause.requestTypes.some((type) => type === content.requestType)),
    )
    .map(({ id, name, tryFirst, checks: looked, words }) => ({
      id,
      name,
      tryFirst,
      checks: looked.filter((check) => bad.has(check)),
      words: words.filter((word) => text.includes(` ${word}`)),
    }))
    .filter((cause) => cause.checks.length + cause.words.length > 0)
    .sort((a, b) => weight(b) - weight(a) || (a.id < b.id ? -1 : 1));
}
