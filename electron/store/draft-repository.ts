import { z } from 'zod';
import { type Draft, type DraftContent, draftContentSchema, draftSchema } from '../../shared/domain/draft.ts';
import { type Instant, instantSchema, type TicketId, type ToolId } from '../../shared/domain/ids.ts';
import type { Db } from './open-store.ts';
import { searchText } from './search-text.ts';
import { readable, readRow, storedJson } from './stored-row.ts';

/** Versions of a draft that are kept; the oldest goes first. */
const keptVersions = 40;

const versionSchema = z.object({
  revision: draftSchema.shape.revision,
  savedAt: instantSchema,
  content: storedJson(draftContentSchema),
});
export type StoredVersion = z.infer<typeof versionSchema>;

export type DraftRepository = {
  readonly all: () => readonly Draft[];
  /** Null when there is none. @throws AppFault store.unreadable */
  readonly find: (id: TicketId) => Draft | null;
  readonly insert: (draft: Draft) => void;
  /** Holds a draft nobody has written in yet: it can be found, and is on the disk and in the lists with its first edit only. */
  readonly begin: (draft: Draft) => void;
  /** Stores a draft that was only begun; false when it is stored already, or none. */
  readonly storeBegun: (id: TicketId) => boolean;
  /** Lets go of a draft that was begun, once it is stored or nobody wants it; false when there is none. */
  readonly letGoOfBegun: (id: TicketId) => boolean;
  /** Stores an edit; false when somebody stored another one since `baseRevision`. */
  readonly edit: (id: TicketId, baseRevision: number, content: DraftContent, at: string) => boolean;
  readonly keepVersion: (id: TicketId, version: StoredVersion) => void;
  /** Newest first; one that cannot be read is left out. */
  readonly versions: (id: TicketId) => readonly StoredVersion[];
  /** When the newest kept version was saved; null when there is none. Asked with every pause of typing, so no content is read for it. */
  readonly lastVersionAt: (id: TicketId) => Instant | null;
  readonly remove: (id: TicketId) => void;
  /** How many drafts name the tool. */
  readonly countOfTool: (toolId: ToolId) => number;
};

/** What the list shows and searches must not depend on the tool still being there later. */
const serialOfTool = "coalesce((select serial from tools where id = ?), '')";
const columns =
  "id, created_at as createdAt, updated_at as updatedAt, revision, content from tickets where stage = 'draft'";
const rowSchema = draftSchema.extend({ content: storedJson(draftContentSchema) });
const parse = (row: unknown): Draft => readRow(() => rowSchema.parse(row));

/** Drafts begun and left untouched that are still found; nothing of them is lost but their id. */
const begunMost = 20;

export function draftRepository(db: Db): DraftRepository {
  const begun = new Map<TicketId, Draft>();
  const all = db.prepare(`select ${columns} order by updated_at desc`);
  const one = db.prepare(`select ${columns} and id = ?`);
  const insert = db.prepare(
    `insert into tickets (id, stage, state, content, revision, created_at, updated_at, product_id, serial, search) values (?, 'draft', 'open', ?, ?, ?, ?, ?, ${serialOfTool}, ?)`,
  );
  const edit = db.prepare(
    `update tickets set content = ?, revision = revision + 1, updated_at = ?, product_id = ?, serial = ${serialOfTool}, search = ? where id = ? and revision = ? and stage = 'draft'`,
  );
  const keep = db.prepare(
    'insert or replace into draft_versions (ticket_id, revision, saved_at, content) values (?, ?, ?, ?)',
  );
  const trim = db.prepare(
    `delete from draft_versions where ticket_id = ? and revision not in (select revision from draft_versions where ticket_id = ? order by revision desc limit ${keptVersions})`,
  );
  const versions = db.prepare(
    'select revision, saved_at as savedAt, content from draft_versions where ticket_id = ? order by revision desc',
  );
  const lastSavedAt = db
    .prepare('select saved_at from draft_versions where ticket_id = ? order by revision desc limit 1')
    .pluck();
  const ofTool = db
    .prepare(
      "select count(*) from tickets where stage = 'draft' and json_valid(content) and json_extract(content, '$.toolId') = ?",
    )
    .pluck();
  const remove = db.prepare("delete from tickets where id = ? and stage = 'draft'");
  const store = (draft: Draft): void => {
    const { content } = draft;
    insert.run(
      draft.id,
      JSON.stringify(content),
      draft.revision,
      draft.createdAt,
      draft.updatedAt,
      content.productId ?? '',
      content.toolId,
      searchText(content),
    );
  };
  return {
    all: () => readable(all.all(), parse),
    find: (id) => {
      const row = one.get(id);
      return row === undefined ? (begun.get(id) ?? null) : parse(row);
    },
    insert: store,
    begin: (draft) => {
      begun.set(draft.id, draft);
      const [oldest] = begun.keys();
      if (begun.size > begunMost && oldest !== undefined) begun.delete(oldest);
    },
    storeBegun: (id) => {
      const draft = begun.get(id);
      if (draft === undefined || one.get(id) !== undefined) return false;
      store(draft);
      return true;
    },
    letGoOfBegun: (id) => begun.delete(id),
    edit: (id, baseRevision, content, at) =>
      edit.run(
        JSON.stringify(content),
        at,
        content.productId ?? '',
        content.toolId,
        searchText(content),
        id,
        baseRevision,
      ).changes === 1,
    keepVersion: (id, version) => {
      keep.run(id, version.revision, version.savedAt, JSON.stringify(version.content));
      trim.run(id, id);
    },
    versions: (id) => readable(versions.all(id), (row) => versionSchema.parse(row)),
    lastVersionAt: (id) =>
      instantSchema
        .nullable()
        .catch(null)
        .parse(lastSavedAt.get(id) ?? null),
    remove: (id) => {
      remove.run(id);
    },
    countOfTool: (toolId) => Number(ofTool.get(toolId)),
  };
}
