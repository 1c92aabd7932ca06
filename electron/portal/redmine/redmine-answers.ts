import { z } from 'zod';
import { instantOf } from '../../../shared/portal/heard-changes.ts';

/** Entries of one list that are looked at, the newest where there are more. */
const mostEntries = 5_000;

/** A list as it came: entries that are as they should be, those that are not, and whether anything stands there that was not looked at. */
export type Listed<T> = {
  readonly isThere: boolean;
  readonly entries: readonly T[];
  readonly odd: readonly unknown[];
  readonly isCut: boolean;
};

/** Whether what is not among the entries is not there. */
export const isWhole = ({ isThere, odd, isCut }: Listed<unknown>): boolean =>
  isThere && odd.length === 0 && !isCut;

const id = z.int().positive();
const numbered = z.object({ id });

/** The newest of a list that is too long: numbers only ever grow, whatever order the server gives them in. */
function newest(list: readonly unknown[]): readonly unknown[] {
  if (list.length <= mostEntries) return list;
  return list
    .map((value) => ({ value, number: numbered.safeParse(value).data?.id ?? 0 }))
    .toSorted((a, b) => a.number - b.number)
    .slice(-mostEntries)
    .map(({ value }) => value);
}

/** A list whose entries stand each for itself: one that is not as `entry` says takes none of the others with it. */
function listOf<T>(entry: z.ZodType<T>) {
  return z
    .unknown()
    .optional()
    .transform((told): Listed<T> => {
      const list: readonly unknown[] = Array.isArray(told) ? told : [];
      const entries: T[] = [];
      const odd: unknown[] = [];
      for (const value of newest(list)) {
        const parsed = entry.safeParse(value);
        if (parsed.success) entries.push(parsed.data);
        else odd.push(value);
      }
      return { isThere: Array.isArray(told), entries, odd, isCut: list.length > mostEntries };
    });
}

/** In the order they were made: such a server gives the newest first where its user prefers that. */
const inOrder = <T extends { readonly id: number }>(list: Listed<T>): Listed<T> => ({
  ...list,
  entries: list.entries.toSorted((a, b) => a.id - b.id),
});

const words = z.string().catch('');
/** Words by which something is found: none are told apart from some that cannot be read. */
const surely = z
  .string()
  .nullish()
  .transform((text) => text ?? '');
/** Somebody or something by its name; one that cannot be read is none. */
const named = z.object({ id, name: words });
const maybeNamed = named.nullable().optional().catch(null);
const time = z
  .unknown()
  .optional()
  .transform((value) => instantOf(value));

const customValue = z.object({ id, value: words });
/** `is_closed` null: older servers say it in the list of statuses alone. */
export const statusSchema = z.object({
  id,
  is_closed: z
    .unknown()
    .optional()
    .transform((value) => (typeof value === 'boolean' ? value : null)),
});
export type RedmineStatus = z.infer<typeof statusSchema>;

const attachmentSchema = z.object({
  id,
  filename: words,
  filesize: z.int().nonnegative().nullable().catch(null),
  description: surely,
  created_on: time,
});
export type RedmineFile = z.infer<typeof attachmentSchema>;

const detail = z.object({ property: words, name: words });
const journalSchema = z.object({
  id,
  user: maybeNamed,
  notes: surely,
  created_on: time,
  // Only what is said to be public, or by a server that knows no private notes, is shown.
  private_notes: z
    .unknown()
    .optional()
    .transform((value) => value !== false && value !== undefined),
  details: listOf(detail),
});
export type RedmineJournal = z.infer<typeof journalSchema>;

const issueSchema = z.object({
  id,
  status: statusSchema.nullable().optional().catch(null),
  author: maybeNamed,
  assigned_to: maybeNamed,
  subject: words,
  /** Null where it cannot be read. */
  description: surely.nullable().catch(null),
  custom_fields: listOf(customValue),
  created_on: time,
  updated_on: time,
  closed_on: time,
  attachments: listOf(attachmentSchema).transform(inOrder),
  journals: listOf(journalSchema).transform(inOrder),
  allowed_statuses: listOf(statusSchema),
});
export type RedmineIssue = z.infer<typeof issueSchema>;

export const oneIssueSchema = z.object({ issue: issueSchema }).transform(({ issue }) => issue);

/** One entry of a list of issues: as an issue where it can be read, as it came, and where it stands as far as that can be told. */
export type RedmineEntry = {
  readonly issue: RedmineIssue | null;
  readonly told: unknown;
  readonly id: number | null;
  readonly updatedOn: string | null;
};
const standing = z.object({ id: id.nullable().catch(null), updated_on: time });

/** A page of issues, and how many the server gave and says there are. */
export const issueListSchema = z
  .object({
    issues: z.custom<readonly unknown[]>((value) => Array.isArray(value)),
    total_count: z.int().nonnegative().nullable().catch(null),
  })
  .transform(({ issues: list, total_count }) => {
    const entries = list.slice(0, mostEntries).map((told): RedmineEntry => {
      const issue = issueSchema.safeParse(told).data ?? null;
      const place = standing.safeParse(told).data;
      return { issue, told, id: place?.id ?? null, updatedOn: place?.updated_on ?? null };
    });
    const issues = entries.flatMap(({ issue }) => issue ?? []);
    return { entries, issues, count: list.length, total: total_count };
  });
export type RedmineIssues = z.infer<typeof issueListSchema>;

const projectSchema = z.object({
  id,
  name: words,
  identifier: words,
  trackers: listOf(named),
  issue_custom_fields: listOf(named),
});
export const projectListSchema = z
  .object({
    projects: listOf(projectSchema).refine(({ isThere }) => isThere),
    total_count: z.int().nonnegative().catch(0),
  })
  .transform(({ projects, total_count }) => ({ projects: projects.entries, total: total_count }));
export type RedmineProject = z.infer<typeof projectSchema>;

// The answer names the key as well: nothing but the number is taken out of it.
export const meSchema = z.object({ user: z.object({ id }) }).transform(({ user }) => user.id);
/** Every status there is, and whether the list holds all of them. */
export const statusListSchema = z
  .object({
    issue_statuses: listOf(statusSchema).refine(({ isThere }) => isThere),
  })
  .transform(({ issue_statuses: list }) => list);
/** What a file is handed in for. */
export const tokenSchema = z.string().regex(/^\d{1,15}\.[0-9a-f]{16,128}$/u);
export const uploadSchema = z
  .object({ upload: z.object({ token: tokenSchema }) })
  .transform(({ upload }) => upload.token);
export const errorsSchema = z.object({ errors: z.array(z.unknown()).min(1) });
