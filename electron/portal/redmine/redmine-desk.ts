import { randomUUID } from 'node:crypto';
import type { Desk } from '../../../shared/domain/portal-choice.ts';
import { mapDone, refused } from '../contract/outcome.ts';
import type { PortalOutcome } from '../port.ts';
import {
  issueListSchema,
  meSchema,
  projectListSchema,
  type RedmineIssue,
  type RedmineProject,
} from './redmine-answers.ts';
import type { RedmineAsk } from './redmine-exchange.ts';
import { partedReference } from './reference-line.ts';

/** Where requests go on that server, by its own numbers. */
export type KnownDesk = {
  readonly me: number;
  readonly projectId: number;
  readonly trackerId: number;
  /** Field that holds our reference, null where the project has none of that name. */
  readonly referenceField: number | null;
  readonly serialField: number | null;
  /** The field is kept and can be asked for: what is not found by it is not there. */
  readonly canLookUp: boolean;
};

export type RedmineDesk = {
  readonly known: (turn?: AbortSignal) => Promise<PortalOutcome<KnownDesk>>;
  /** The number of the user whose key it is. */
  readonly me: (turn?: AbortSignal) => Promise<PortalOutcome<number>>;
  /** What is known of look-ups so far; true until the server was asked. */
  readonly canLookUp: () => boolean;
  /** An issue came back with our reference in its field, or without it. */
  readonly noteKept: (isKept: boolean) => void;
  /** A question by the field was answered with something else: it proves nothing until it was tried anew. */
  readonly doubt: () => void;
};

/** Projects are read in pages of a hundred, so many at most. */
const mostPages = 10;
/** How long what was found out holds, in milliseconds of the wall clock either way: shorter where something is missing that somebody may be adding. */
const holdsMs = { good: 10 * 60_000, bad: 60_000 } as const;

const isCalled = (name: string, typed: string): boolean => name.trim().toLowerCase() === typed.toLowerCase();

/** The only one of that name; two of one name are told apart by nobody. */
function only<T>(list: readonly T[], isMeant: (one: T) => boolean): T | null {
  const [first, ...more] = list.filter(isMeant);
  return first === undefined || more.length > 0 ? null : first;
}

/** What was typed, by the first kind of name that fits any, or the only one there is where nothing was. */
function chosen<T>(list: readonly T[], typed: string, kinds: readonly ((one: T) => string)[]): T | null {
  if (typed === '') return only(list, () => true);
  const isMeant = (one: T, name: (one: T) => string): boolean => isCalled(name(one), typed);
  const kind = kinds.find((name) => list.some((one) => isMeant(one, name)));
  return kind === undefined ? null : only(list, (one) => isMeant(one, kind));
}

export const fieldValue = (issue: RedmineIssue, field: number | null): string =>
  issue.custom_fields.entries.find(({ id }) => id === field)?.value ?? '';

/** Whether the newest of our own issues that names our reference has it in the field as well; null where none names one. */
function isFieldKept(ours: readonly RedmineIssue[], field: number): boolean | null {
  const named = ours
    .map((issue) => ({ issue, reference: partedReference(issue.description ?? '').reference }))
    .filter(({ reference }) => reference !== null)
    .toSorted((a, b) => b.issue.id - a.issue.id)[0];
  return named === undefined ? null : fieldValue(named.issue, field).trim().toLowerCase() === named.reference;
}

/** Finds project, tracker and fields by the names a person gave, and whether an absent reference means an absent request. */
export function redmineDesk(ask: RedmineAsk, desk: Desk, nowMs: () => number): RedmineDesk {
  let kept: { readonly value: PortalOutcome<KnownDesk> & { kind: 'done' }; readonly atMs: number } | null =
    null;
  let user: { readonly value: PortalOutcome<number>; readonly atMs: number } | null = null;
  let wasKept: boolean | null = null;

  const askMe = async (turn?: AbortSignal): Promise<PortalOutcome<number>> => {
    const value = await ask.get('/users/current.json', meSchema, turn);
    if (value.kind === 'done') user = { value, atMs: nowMs() };
    return value;
  };

  const projects = async (turn?: AbortSignal): Promise<PortalOutcome<readonly RedmineProject[]>> => {
    const all: RedmineProject[] = [];
    for (let page = 0; page < mostPages; page += 1) {
      const path = `/projects.json?include=trackers,issue_custom_fields&limit=100&offset=${page * 100}`;
      const heard = await ask.get(path, projectListSchema, turn);
      if (heard.kind !== 'done') return heard;
      all.push(...heard.value.projects);
      if ((page + 1) * 100 >= heard.value.total) return mapDone(heard, () => all);
    }
    return { kind: 'done', value: all, serverDate: null };
  };

  /**
   * The server keeps a field back where the tracker does not have it or the user may not write it, and passes over a filter it does not
   * know, all without a word. So a field counts when the newest of our own issues has its reference
   * there, or where there is none any issue shows it, and a reference nobody ever used finds nothing.
   */
  const isTrusted = async (
    { me, projectId, trackerId }: Pick<KnownDesk, 'me' | 'projectId' | 'trackerId'>,
    field: number,
    turn?: AbortSignal,
  ): Promise<PortalOutcome<boolean>> => {
    const there = `/issues.json?status_id=*&project_id=${projectId}&tracker_id=${trackerId}&sort=id:desc&limit=25`;
    const own = await ask.get(`${there}&author_id=${me}`, issueListSchema, turn);
    if (own.kind !== 'done') return own;
    const ours = own.value.issues.filter(({ author }) => author?.id === me);
    const isWritten = isFieldKept(ours, field);
    if (isWritten === false) return mapDone(own, () => false);
    const shows = (issue: RedmineIssue): boolean =>
      issue.custom_fields.entries.some(({ id }) => id === field);
    if (isWritten === null && wasKept !== true) {
      const any = await ask.get(there, issueListSchema, turn);
      if (any.kind !== 'done' || !any.value.issues.some(shows)) return mapDone(any, () => false);
    }
    const none = await ask.get(
      `/issues.json?status_id=*&limit=1&cf_${field}=${randomUUID()}`,
      issueListSchema,
      turn,
    );
    return mapDone(none, ({ count }) => count === 0);
  };

  const look = async (turn?: AbortSignal): Promise<PortalOutcome<KnownDesk>> => {
    const me = await askMe(turn);
    if (me.kind !== 'done') return me;
    const listed = await projects(turn);
    if (listed.kind !== 'done') return listed;
    const project = chosen(listed.value, desk.project, [({ identifier }) => identifier, ({ name }) => name]);
    if (project === null) return refused('portal.deskUnknown', 'later', { field: 'project' });
    const tracker = chosen(project.trackers.entries, desk.tracker, [({ name }) => name]);
    if (tracker === null) return refused('portal.deskUnknown', 'later', { field: 'tracker' });
    const fieldOf = (typed: string): number | null =>
      typed === ''
        ? null
        : (only(project.issue_custom_fields.entries, ({ name }) => isCalled(name, typed))?.id ?? null);
    const [referenceField, serialField] = [fieldOf(desk.referenceField), fieldOf(desk.serialField)];
    const found = { me: me.value, projectId: project.id, trackerId: tracker.id, referenceField, serialField };
    if (referenceField === null || wasKept === false)
      return { ...listed, value: { ...found, canLookUp: false } };
    const trusted = await isTrusted(found, referenceField, turn);
    return mapDone(trusted, (canLookUp) => ({ ...found, canLookUp }));
  };

  return {
    known: async (turn) => {
      const ageMs = kept === null ? 0 : Math.abs(nowMs() - kept.atMs);
      if (kept !== null && ageMs < (kept.value.value.canLookUp ? holdsMs.good : holdsMs.bad))
        return kept.value;
      const value = await look(turn);
      if (value.kind === 'done') kept = { value, atMs: nowMs() };
      return value;
    },
    me: async (turn) => {
      if (user !== null && Math.abs(nowMs() - user.atMs) < holdsMs.good) return user.value;
      return askMe(turn);
    },
    doubt: () => {
      if (kept !== null) kept = { ...kept, value: withoutLookUp(kept.value) };
    },
    canLookUp: () => kept?.value.value.canLookUp ?? true,
    noteKept: (isKept) => {
      if (wasKept === isKept) return;
      wasKept = isKept;
      if (kept === null) return;
      // Kept back once, it will be again; kept, the rest of the proof is made at the next question.
      if (isKept) kept = kept.value.value.canLookUp ? kept : null;
      else kept = { ...kept, value: withoutLookUp(kept.value) };
    },
  };
}

function withoutLookUp<T extends { readonly value: KnownDesk }>(known: T): T {
  return { ...known, value: { ...known.value, canLookUp: false } };
}
