import { inDoubt, mapDone, refused } from '../contract/outcome.ts';
import type { MessageReceipt, NewMessage, Portal, PortalOutcome } from '../port.ts';
import { oneIssueSchema, type RedmineIssue, statusListSchema } from './redmine-answers.ts';
import type { RedmineAsk } from './redmine-exchange.ts';
import { partedReference, withReference } from './reference-line.ts';

const issuePath = (number: string, include: string): string =>
  `/issues/${encodeURIComponent(number)}.json${include === '' ? '' : `?include=${include}`}`;

/** Replies as notes of an issue, and its closing: each is read back, for such a server leaves out without a word what a user may not do. */
export function redmineNotes(
  ask: RedmineAsk,
  now: () => string,
): {
  readonly sendMessage: Portal['sendMessage'];
  readonly findMessage: Portal['findMessageByReference'];
  readonly closeTicket: Portal['closeTicket'];
} {
  const findMessage = async (
    number: string,
    reference: string,
    turn?: AbortSignal,
  ): Promise<PortalOutcome<MessageReceipt | null>> => {
    const issue = await ask.get(issuePath(number, 'journals'), oneIssueSchema, turn);
    return mapDone(issue, ({ journals }) => {
      const journal = journals.find(
        ({ notes }) => partedReference(notes).reference === reference.toLowerCase(),
      );
      return journal === undefined
        ? null
        : { id: String(journal.id), receivedAt: journal.created_on ?? now() };
    });
  };

  const sendMessage = async (
    message: NewMessage,
    turn?: AbortSignal,
  ): Promise<PortalOutcome<MessageReceipt>> => {
    const { number, clientReference: reference, text } = message;
    const notes = withReference(text, reference);
    const put = await ask.put(issuePath(number, ''), { issue: { notes } }, 'once', turn);
    if (put.kind !== 'done') return put;
    const found = await findMessage(number, reference, turn);
    if (found.kind !== 'done') return inDoubt(found.error.code, 'once', {}, found.retryAfterMs ?? null);
    const { value } = found;
    // Taken and not there: this user may not write notes, which the server does not say.
    return value === null ? refused('portal.forbidden', 'never') : { ...found, value };
  };

  const closeTicket: Portal['closeTicket'] = async (number, turn) => {
    const seen = await ask.get(issuePath(number, 'allowed_statuses'), oneIssueSchema, turn);
    if (seen.kind !== 'done') return seen;
    const closedAt = ({ closed_on, updated_on }: RedmineIssue) => ({
      closedAt: closed_on ?? updated_on ?? now(),
    });
    if (seen.value.status?.is_closed === true) return mapDone(seen, closedAt);
    const statuses = await ask.get('/issue_statuses.json', statusListSchema, turn);
    if (statuses.kind !== 'done') return statuses;
    const allowed = seen.value.allowed_statuses;
    const closing = statuses.value.find(
      ({ id, is_closed }) => is_closed && (allowed === null || allowed.some((status) => status.id === id)),
    );
    if (closing === undefined) return refused('portal.forbidden', 'never');
    const put = await ask.put(
      issuePath(number, ''),
      { issue: { status_id: closing.id } },
      'repeatable',
      turn,
    );
    if (put.kind !== 'done') return put;
    const after = await ask.get(issuePath(number, ''), oneIssueSchema, turn);
    if (after.kind !== 'done') return after;
    return after.value.status?.is_closed === true
      ? mapDone(after, closedAt)
      : refused('portal.forbidden', 'never');
  };

  return { sendMessage, findMessage, closeTicket };
}
