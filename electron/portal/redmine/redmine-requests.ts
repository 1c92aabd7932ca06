import { mapDone, refused } from '../contract/outcome.ts';
import type { NewTicket, Portal, PortalOutcome, TicketReceipt } from '../port.ts';
import { issueListSchema, oneIssueSchema, type RedmineIssue } from './redmine-answers.ts';
import { fieldValue, type KnownDesk, type RedmineDesk } from './redmine-desk.ts';
import type { RedmineAsk } from './redmine-exchange.ts';
import { partedReference, withReference } from './reference-line.ts';

const isSame = (told: string, reference: string): boolean =>
  told.trim().toLowerCase() === reference.toLowerCase();

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
    partedReference(issue.description).reference === reference.toLowerCase();
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
    // By the field first, then among the newest of our own: a field that is not kept must not make a request look absent.
    const questions = [
      ...(referenceField === null ? [] : [`cf_${referenceField}=${encodeURIComponent(reference)}&limit=25`]),
      `author_id=${me}&limit=100`,
    ];
    let absent: PortalOutcome<null> = refused('portal.noLookUp', 'later');
    for (const question of questions) {
      const heard = await ask.get(`/issues.json?status_id=*&sort=id&${question}`, issueListSchema, turn);
      if (heard.kind !== 'done') return heard;
      const found = heard.value.issues.find((issue) => isOurs(issue, known.value, reference));
      if (found !== undefined) return mapDone(heard, () => receiptOf(found));
      absent = mapDone(heard, () => null);
    }
    return canLookUp ? absent : refused('portal.noLookUp', 'later');
  };

  return { createTicket, findTicket };
}
