import { type Draft, type DraftContent, fieldText } from '../../shared/domain/draft.ts';
import {
  type FailureFingerprint,
  fingerprintOf,
  fingerprintOfTicket,
} from '../../shared/rules/failure-fingerprint.ts';
import { compareFailures } from '../../shared/rules/duplicates.ts';
import { plainWords, saysNothing } from '../../shared/text/problem-words.ts';
import { splitOfDraft } from '../../shared/rules/two-problems.ts';
import type { Realm } from '../../shared/domain/portal-kind.ts';
import type { Duplicates } from '../../shared/ipc/advice-views.ts';
import type { ProblemIndex, StoredProblem } from '../store/problem-index.ts';

/** Requests the index ranks by their words and that are then looked at one by one; the newest come beside them. */
export const radarCandidates = 20;

/** Words worth looking for, the most telling first: unit, car, message, then the description. */
export function searchWords(content: DraftContent): readonly string[] {
  const fields = [
    'ecuFamily',
    'ecuHw',
    'vehicleMake',
    'vehicleModel',
    'vehicleVin',
    'errorText',
    'stage',
    'problem',
  ] as const;
  return fields
    .flatMap((key) => fieldText(content, key).split(/\s+/u))
    .filter((word) => word.length > 2 && !saysNothing(plainWords(word).join(' ')))
    .slice(0, 24);
}

function fingerprintOfStored(stored: StoredProblem): FailureFingerprint | null {
  if (stored.content !== null) return fingerprintOf(stored.content, stored.serial);
  return stored.text === null ? null : fingerprintOfTicket(stored.text, stored.productId, stored.serial);
}

function titleOf(stored: StoredProblem): string {
  return (
    stored.text?.subject ??
    (stored.content === null ? '' : (fieldText(stored.content, 'problem').split('\n')[0] ?? ''))
  );
}

/** Enough to compare two problems by eye, in characters. */
const shownChars = 1_200;

function wordsOf({ content, text }: StoredProblem): string {
  const said =
    content === null
      ? [text?.body ?? '']
      : (['stage', 'problem', 'errorText'] as const)
          .map((key) => fieldText(content, key))
          .filter((part) => part !== '');
  return said.join('\n').slice(0, shownChars);
}

/**
 * R-TICKET-4, R-TICKET-5: requests here that seem to be about the draft's own problem, likeliest first. Looks at this PC's store only.
 * A closed duplicate is shown, for it may hold the answer, but asks for no reply: the portal takes none.
 */
export function duplicateRadar(
  index: ProblemIndex,
): (draft: Pick<Draft, 'id' | 'content'>, serial: string, realm: Realm) => Duplicates {
  return ({ id, content }, serial, realm) => {
    const own = fingerprintOf(content, serial);
    const split = splitOfDraft(content, serial);
    if (content.productId === null || own.words.size === 0)
      return { advice: 'new', found: [], compared: null, split };
    const likely = index.likely(
      { productId: content.productId, serial, realm, except: id },
      searchWords(content),
      radarCandidates,
    );
    const found = likely
      .flatMap((stored) => {
        const other = fingerprintOfStored(stored);
        if (other === null) return [];
        const { match, score, reasons } = compareFailures(own, other);
        return match === 'same'
          ? [
              {
                ticketId: stored.id,
                stage: stored.stage === 'draft' ? ('draft' as const) : ('ticket' as const),
                number: stored.number,
                state: stored.state,
                title: titleOf(stored),
                words: wordsOf(stored),
                updatedAt: stored.updatedAt,
                score,
                reasons: [...reasons],
              },
            ]
          : [];
      })
      .sort((a, b) => b.score - a.score)
      .slice(0, 3);
    return {
      advice: found.some((duplicate) => duplicate.state !== 'closed') ? 'reply' : 'new',
      found,
      compared: likely.length,
      split,
    };
  };
}
