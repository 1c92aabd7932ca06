import { inDoubt, mapDone, refused } from '../contract/outcome.ts';
import type { MessageReceipt, NewMessage, Portal, PortalOutcome } from '../port.ts';
import { isWhole, type RedmineIssue, statusListSchema } from './redmine-answers.ts';
import type { RedmineDesk } from './redmine-desk.ts';
import type { RedmineAsk } from './redmine-exchange.ts';
import { foundIn, isClosed, issueOf, issuePath } from './redmine-issue.ts';
import { partedReference, withReference } from './reference-line.ts';

/** Replies as notes of an issue, and its closing: each is read back, for such a server leaves out without a word what a user may not do. */
export function redmineNotes(
  ask: RedmineAsk,
  desk: Pick<RedmineDesk, 'me'>,
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
    const me = await desk.me(turn);
    if (me.kind !== 'done') return me;
    const issue = await issueOf(ask.get, number, ['journals'], turn);
    const isNamed = ({ notes }: { readonly notes: string }): boolean =>
      partedReference(notes).reference === reference.toLowerCase();
    const own = foundIn(
      issue,
      ({ journals }) => journals,
      (journal) => isNamed(journal) && journal.user?.id === me.value,
    );
    if (own.kind !== 'done') return own;
    const { value: journal } = own;
    if (journal !== null)
      return mapDone(own, () => ({ id: String(journal.id), receivedAt: journal.created_on ?? now() }));
    // Somebody quotes what is not there as ours: it was, or the key is another user's by now, and a person looks.
    const isQuoted = issue.kind === 'done' && issue.value.journals.entries.some(isNamed);
    return isQuoted ? refused('portal.noLookUp', 'later') : mapDone(own, () => null);
  };

  const sendMessage = async (
    message: NewMessage,
    turn?: AbortSignal,
  ): Promise<PortalOutcome<MessageReceipt>> => {
    const { number, clientReference: reference, text } = message;
    const notes = withReference(text, reference);
    const put = await ask.put(issuePath(number), { issue: { notes } }, 'once', turn);
    if (put.kind !== 'done') return put;
    const found = await findMessage(number, reference, turn);
    if (found.kind !== 'done') return inDoubt(found.error.code, 'once', {}, found.retryAfterMs ?? null);
    const { value } = found;
    // Taken and not there: this user may not write notes, which the server does not say.
    return value === null ? refused('portal.forbidden', 'never') : { ...found, value };
  };

  const closeTicket: Portal['closeTicket'] = async (number, turn) => {
    const seen = await issueOf(ask.get, number, ['allowed_statuses'], turn);
    if (seen.kind !== 'done') return seen;
    const closedAt = ({ closed_on, updated_on }: RedmineIssue) => ({
      closedAt: closed_on ?? updated_on ?? now(),
    });
    if (isClosed(seen.value) === true) return mapDone(seen, closedAt);
    const statuses = await ask.get('/issue_statuses.json', statusListSchema, turn);
    if (statuses.kind !== 'done') return statuses;
    const all = statuses.value;
    if (isClosed(seen.value, all.entries) === true) return mapDone(seen, closedAt);
    const allowed = seen.value.allowed_statuses;
    const closing = all.entries.find(
      ({ id, is_closed }) =>
        is_closed === true && (!allowed.isThere || allowed.entries.some((status) => status.id === id)),
    );
    if (closing === undefined)
      return isWhole(all) && allowed.odd.length === 0
        ? refused('portal.forbidden', 'never')
        : refused('portal.badAnswer', 'later');
    const put = await ask.put(issuePath(number), { issue: { status_id: closing.id } }, 'repeatable', turn);
    if (put.kind !== 'done') return put;
    const after = await issueOf(ask.get, number, [], turn);
    if (after.kind !== 'done') return after;
    const isDone = isClosed(after.value, all.entries);
    if (isDone === null) return refused('portal.badAnswer', 'later');
    return isDone ? mapDone(after, closedAt) : refused('portal.forbidden', 'never');
  };

  return { sendMessage, findMessage, closeTicket };
}
