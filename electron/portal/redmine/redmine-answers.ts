import { z } from 'zod';
import { instantOf } from '../../../shared/portal/heard-changes.ts';

/** Entries of one list that are looked at. */
const mostEntries = 1_000;

/** A list whose entries stand each for itself: one that is not as `entry` says takes none of the others with it. */
function listOf<T>(entry: z.ZodType<T>) {
  return z
    .custom<readonly unknown[]>((value) => Array.isArray(value))
    .transform((list): T[] =>
      list.slice(0, mostEntries).flatMap((value) => {
        const parsed = entry.safeParse(value);
        return parsed.success ? [parsed.data] : [];
      }),
    );
}

const id = z.int().positive();
const words = z.string().catch('');
/** Somebody or something by its name; one that cannot be read is none. */
const named = z.object({ id, name: words });
const maybeNamed = named.nullable().optional().catch(null);
const time = z
  .unknown()
  .optional()
  .transform((value) => instantOf(value));

const customValue = z.object({ id, value: words });
export const statusSchema = z.object({ id, is_closed: z.boolean().catch(false) });
export type RedmineStatus = z.infer<typeof statusSchema>;

const attachmentSchema = z.object({
  id,
  filename: words,
  filesize: z.int().nonnegative().catch(0),
  description: words,
  created_on: time,
});
export type RedmineFile = z.infer<typeof attachmentSchema>;

const detail = z.object({ property: words, name: words });
const journalSchema = z.object({
  id,
  user: maybeNamed,
  notes: words,
  created_on: time,
  private_notes: z.boolean().catch(false),
  details: listOf(detail).catch([]),
});
export type RedmineJournal = z.infer<typeof journalSchema>;

const issueSchema = z.object({
  id,
  status: statusSchema.nullable().optional().catch(null),
  author: maybeNamed,
  assigned_to: maybeNamed,
  subject: words,
  description: words,
  custom_fields: listOf(customValue).catch([]),
  created_on: time,
  updated_on: time,
  closed_on: time,
  attachments: listOf(attachmentSchema).catch([]),
  journals: listOf(journalSchema).catch([]),
  allowed_statuses: listOf(statusSchema).nullable().catch(null),
});
export type RedmineIssue = z.infer<typeof issueSchema>;

export const oneIssueSchema = z.object({ issue: issueSchema }).transform(({ issue }) => issue);

/** A page of issues: those that can be read, the others as they came, and how many entries the server gave. */
export const issueListSchema = z
  .object({ issues: z.custom<readonly unknown[]>((value) => Array.isArray(value)) })
  .transform(({ issues: told }) => {
    const issues: RedmineIssue[] = [];
    const odd: unknown[] = [];
    for (const entry of told.slice(0, mostEntries)) {
      const { data } = issueSchema.safeParse(entry);
      if (data === undefined) odd.push(entry);
      else issues.push(data);
    }
    return { issues, odd, count: told.length };
  });
export type RedmineIssues = z.infer<typeof issueListSchema>;

const projectSchema = z.object({
  id,
  name: words,
  identifier: words,
  trackers: listOf(named).catch([]),
  issue_custom_fields: listOf(named).catch([]),
});
export const projectListSchema = z
  .object({ projects: listOf(projectSchema), total_count: z.int().nonnegative().catch(0) })
  .transform(({ projects, total_count }) => ({ projects, total: total_count }));
export type RedmineProject = z.infer<typeof projectSchema>;

// The answer names the key as well: nothing but the number is taken out of it.
export const meSchema = z.object({ user: z.object({ id }) }).transform(({ user }) => user.id);
export const statusListSchema = z
  .object({ issue_statuses: listOf(statusSchema) })
  .transform(({ issue_statuses }) => issue_statuses);
export const uploadSchema = z
  .object({ upload: z.object({ token: z.string().regex(/^\d{1,15}\.[0-9a-f]{16,128}$/u) }) })
  .transform(({ upload }) => upload.token);
export const errorsSchema = z.object({ errors: z.array(z.unknown()).min(1) });
