import { mapDone, refused } from '../contract/outcome.ts';
import type { PortalOutcome } from '../port.ts';
import {
  isWhole,
  type Listed,
  oneIssueSchema,
  type RedmineIssue,
  type RedmineStatus,
} from './redmine-answers.ts';
import type { RedmineAsk } from './redmine-exchange.ts';

type Included = 'journals' | 'attachments' | 'allowed_statuses';

export const issuePath = (number: string, include: readonly Included[] = []): string =>
  `/issues/${encodeURIComponent(number)}.json${include.length === 0 ? '' : `?include=${include.join(',')}`}`;

/** The issue that was asked for and no other, with every list it was asked for; what stands in these, the caller looks at. */
export async function issueOf(
  get: RedmineAsk['get'],
  number: string,
  include: readonly Included[],
  turn?: AbortSignal,
): Promise<PortalOutcome<RedmineIssue>> {
  const heard = await get(issuePath(number, include), oneIssueSchema, turn);
  if (heard.kind !== 'done') return heard;
  const issue = heard.value;
  const isMeant = issue.id === Number(number);
  // Which statuses may follow is a question older servers do not know.
  const isThere = include.every((name) => name === 'allowed_statuses' || issue[name].isThere);
  return isMeant && isThere ? heard : refused('portal.badAnswer', 'later');
}

/** One entry of a list; null only where everything that stands there was read and it is not among that. */
export function foundIn<T>(
  issue: PortalOutcome<RedmineIssue>,
  listOf: (issue: RedmineIssue) => Listed<T>,
  isMeant: (entry: T) => boolean,
): PortalOutcome<T | null> {
  if (issue.kind !== 'done') return issue;
  const list = listOf(issue.value);
  const found = list.entries.find(isMeant);
  if (found === undefined && !isWhole(list)) return refused('portal.badAnswer', 'later');
  return mapDone(issue, () => found ?? null);
}

/** Whether an issue is closed, by itself or by the list of statuses where it does not say; null where neither does. */
export function isClosed(
  { status }: RedmineIssue,
  statuses: readonly RedmineStatus[] | null = null,
): boolean | null {
  if (status === null || status === undefined) return null;
  if (status.is_closed !== null) return status.is_closed;
  const known = statuses?.find(({ id }) => id === status.id);
  // In that list the word is left out for a status that is open.
  return known === undefined ? null : known.is_closed === true;
}
