import { mapDone, refused } from '../contract/outcome.ts';
import type { NewTicket, Portal, PortalOutcome, TicketReceipt } from '../port.ts';
import { issueListSchema, oneIssueSchema, type RedmineIssue, type RedmineIssues } from './redmine-answers.ts';
import { fieldValue, type KnownDesk, type RedmineDesk } from './redmine-desk.ts';
import type { RedmineAsk } from './redmine-exchange.ts';
import { partedReference, withReference } from './reference-line.ts';

/** Our own newest issues are read in pages of so many: each may hold the longest texts, and an answer is bounded. */
const pageSize = 25;
const mostPages = 4;

const isSame = (told: string, reference: string): boolean =>
  told.trim().toLowerCase() === reference.toLowerCase();

/** Whether a page holds all the server says it does, each entry such that what is looked for would have been seen. */
function isReadWhole({ entries, issues, count, total }: RedmineIssues, offset: number): boolean {
  const most = total === null ? null : Math.max(0, Math.min(pageSize, total - offset));
  const isReadable = issues.length === count && issues.every(({ description }) => description !== null);
  return entries.length === count && isReadable && most !== null && count >= most;
}

/** Requests as issues: made once, and found again by the reference they carry. */
export function redmineRequests(
  ask: RedmineAsk,
  desk: RedmineDesk,
  now: () => string,
): {
  readonly createTicket: Portal['createTicket'];
  readonly findTicket: Portal['findTicketByReference'];
} {
  const isOurs = (issue: RedmineIssue, { referenceField }: KnownDesk, reference: string): boolean =>
    isSame(fieldValue(issue, referenceField), reference) ||
    partedReference(issue.description ?? '').reference === reference.toLowerCase();
  const receiptOf = ({ id, created_on }: RedmineIssue): TicketReceipt => ({
    number: String(id),
    receivedAt: created_on ?? now(),
  });

  const createTicket = async (
    ticket: NewTicket,
    turn?: AbortSignal,
  ): Promise<PortalOutcome<TicketReceipt>> => {
    const known = await desk.known(turn);
    if (known.kind !== 'done') return known;
    const { projectId, trackerId, referenceField, serialField } = known.value;
    const { clientReference: reference, subject, body, serial } = ticket;
    const fields = [
      ...(referenceField === null ? [] : [{ id: referenceField, value: reference }]),
      ...(serialField === null || serial === '' ? [] : [{ id: serialField, value: serial }]),
    ];
    const issue = {
      project_id: projectId,
      tracker_id: trackerId,
      subject,
      description: withReference(body, reference),
      custom_fields: fields,
    };
    const created = await ask.post(
      '/issues.json',
      { issue },
      oneIssueSchema,
      (made) => isOurs(made, known.value, reference),
      turn,
    );
    if (created.kind === 'done' && referenceField !== null)
      desk.noteKept(isSame(fieldValue(created.value, referenceField), reference));
    return mapDone(created, receiptOf);
  };

  const findTicket = async (
    reference: string,
    turn?: AbortSignal,
  ): Promise<PortalOutcome<TicketReceipt | null>> => {
    const known = await desk.known(turn);
    if (known.kind !== 'done') return known;
    const { referenceField, me, canLookUp } = known.value;
    let isTrusted = canLookUp;
    let isUnread = false;
    const found: RedmineIssue[] = [];
    let isAnothers = false;
    const take = (page: RedmineIssues, offset: number): void => {
      if (!isReadWhole(page, offset)) isUnread = true;
      for (const issue of page.issues.filter((one) => isOurs(one, known.value, reference)))
        if (issue.author?.id === me) found.push(issue);
        else isAnothers = true;
    };
    const asked = (question: string) =>
      ask.get(`/issues.json?status_id=*&sort=id:desc&limit=${pageSize}&${question}`, issueListSchema, turn);
    // By the field first, then among the newest of our own: a field that is not kept must not make a request look absent.
    let last: PortalOutcome<RedmineIssues> | null = null;
    if (referenceField !== null) {
      last = await asked(`cf_${referenceField}=${encodeURIComponent(reference)}`);
      if (last.kind !== 'done') return last;
      take(last.value, 0);
      // A filter that was switched off meanwhile is passed over: whatever comes then says nothing of what is not there.
      if (last.value.issues.some((issue) => !isSame(fieldValue(issue, referenceField), reference))) {
        isTrusted = false;
        desk.doubt();
      }
    }
    for (let page = 0; page < mostPages && found.length === 0; page += 1) {
      last = await asked(`author_id=${me}&offset=${page * pageSize}`);
      if (last.kind !== 'done') return last;
      take(last.value, page * pageSize);
      if (last.value.count < pageSize) break;
    }
    // A copy that was made of it carries its words as well.
    const first = found.toSorted((a, b) => a.id - b.id)[0];
    if (last === null) return refused('portal.noLookUp', 'later');
    if (first !== undefined) return mapDone(last, () => receiptOf(first));
    if (isUnread) return refused('portal.badAnswer', 'later');
    return isTrusted && !isAnothers ? mapDone(last, () => null) : refused('portal.noLookUp', 'later');
  };

  return { createTicket, findTicket };
}
