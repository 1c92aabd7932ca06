import { z } from 'zod';
import { appErrorSchema } from '../../shared/domain/app-error-schema.ts';
import { noticeSchema } from '../../shared/domain/notice.ts';
import { storedJson } from '../store/stored-row.ts';

type Row = Readonly<Record<string, unknown>>;

/**
 * How a column goes into an export. `whole`: as it is stored. `withheld`: not at all. `own`: where the person wants the workshop's own words
 * in it, which nobody else is meant to read. A function: what of it may go, given its value and
 * the row it stands in.
 */
export type ColumnExport = 'whole' | 'withheld' | 'own' | ((value: unknown, row: Row) => unknown);

/** Columns of a table, each named once for the way it goes. */
function columns(
  whole: string,
  others: Readonly<Record<string, ColumnExport>> = {},
): Readonly<Record<string, ColumnExport>> {
  return { ...Object.fromEntries(whole.split(' ').map((name) => [name, 'whole' as const])), ...others };
}

const storedErrorSchema = storedJson(appErrorSchema);
const storedNoticeSchema = storedJson(noticeSchema);

/** Of a failure its code and figures; a text beside them may be one that came with an answer. */
function codeOf(value: unknown): unknown {
  const error = storedErrorSchema.safeParse(value).data;
  if (error === undefined) return null;
  const figures = Object.entries(error.params).filter(([, param]) => typeof param === 'number');
  return JSON.stringify({ ...error, params: Object.fromEntries(figures) });
}

/** A notice typed by hand goes whole; of one the portal announced, when and what it closes. */
function noticeOf(value: unknown): unknown {
  const notice = storedNoticeSchema.safeParse(value).data;
  if (notice === undefined) return null;
  const { kind, startsAt, endsAt, origin } = notice;
  return origin === 'typed' ? value : JSON.stringify({ kind, startsAt, endsAt, origin });
}

/** Settings a person or this program made; the others are what a portal said of itself. */
const ownSettings: ReadonlySet<unknown> = new Set(['settings', 'portal', 'agreed times', 'checked-whole']);
function settingOf(value: unknown, { key }: Row): unknown {
  return ownSettings.has(key) || (typeof key === 'string' && key.startsWith('terms document '))
    ? value
    : null;
}

/** The rows of a removed draft by their tables, each as it would leave from there. */
const removedRowsSchema = storedJson(z.record(z.string(), z.array(z.record(z.string(), z.unknown()))));
function rowsOf(value: unknown): unknown {
  const tables = removedRowsSchema.safeParse(value).data;
  if (tables === undefined) return null;
  return Object.fromEntries(
    Object.entries(tables).map(([table, rows]) => [table, rows.map((row) => exportedRow(table, row, false))]),
  );
}

/**
 * What of each table leaves this PC in an export (R-PRIVACY-1). Everything a person wrote, and the conversations they had, is theirs. What
 * a portal chose for machines is not: its own names of messages, addresses and cursors it gave, entries as they came, texts beside its
 * refusals, what it says of itself. A column nobody decided on stays here.
 */
export const exportedColumns: Readonly<Record<string, Readonly<Record<string, ColumnExport>>>> = {
  asked_back: columns('message_id product_id request_type findings'),
  audit: columns('sequence at action subject detail previous_hash hash'),
  backup_proofs: columns('id proof at'),
  consent_records: columns('id kind ticket_id text_version text_sha256 customer_code given_at'),
  draft_versions: columns('ticket_id revision saved_at content'),
  evidence: columns('id name sha256 size_bytes kind origin tail_only file_modified_at frozen_at removed_at'),
  file_receipts: columns('reference ticket_id evidence_id name size_bytes sha256 received_at'),
  learnt_limits: columns('portal kind bytes at'),
  messages: columns('sequence id ticket_id author text attachments at delivery read', {
    portal_reference: 'withheld',
  }),
  notices: {
    id: (id, { notice }) => (storedNoticeSchema.safeParse(notice).data?.origin === 'typed' ? id : null),
    notice: noticeOf,
  },
  outbox: columns(
    'sequence id ticket_id kind work idempotency_key state attempts absent_lookups next_try_at created_at updated_at hold',
    {
      last_error: codeOf,
      pace: 'withheld',
      resume: 'withheld',
    },
  ),
  own_words: { ticket_id: 'own', plate: 'own', customer: 'own', note: 'own', search: 'withheld' },
  portal_cursors: columns('portal', { cursor: 'withheld' }),
  profile: columns('id customer_code company email ticket_language'),
  remote_sessions: columns('sequence id ticket_id state facts started_at updated_at'),
  removed_drafts: columns('id removed_at title product_id', { rows: rowsOf, own: 'own' }),
  reply_drafts: columns('ticket_id text evidence_ids'),
  request_rows: columns('row ticket_id'),
  set_aside: columns('id recipient why at told', { entry: 'withheld' }),
  settings: { key: 'whole', value: settingOf },
  signed_records: columns('sequence id session_id kind record signature public_key at'),
  templates: columns('id name content created_at'),
  tickets: columns(
    'id stage realm recipient number state content revision text terms operator created_at frozen_at received_at updated_at closed_at product_id serial heard_of begun_from',
    // Made from the others.
    { search: 'withheld' },
  ),
  tools: columns('id product_id serial installed_version nickname created_at'),
  waivers: columns('ticket_id rule_id about reason at'),
  watched_folders: columns('id path origin enabled'),
};

/** A row as it leaves. One of a table that this program never made holds what somebody put there by hand, and goes whole. */
export function exportedRow(table: string, row: Row, withOwn: boolean): Row {
  const known = Object.hasOwn(exportedColumns, table) ? exportedColumns[table] : undefined;
  if (known === undefined) return row;
  const kept = Object.entries(row).flatMap(([name, value]) => {
    const way = Object.hasOwn(known, name) ? (known[name] ?? 'withheld') : 'withheld';
    if (way === 'withheld' || (way === 'own' && !withOwn)) return [];
    return [[name, typeof way === 'function' ? way(value, row) : value] as const];
  });
  return Object.fromEntries(kept);
}
