/** The first house: one table a concern, STRICT, structured values as JSON that repositories parse by schema. */
export const firstTables = `
create table settings (key text primary key, value text not null) strict;
create table profile (id integer primary key check (id = 1), customer_code text not null, company text not null, email text not null, ticket_language text not null) strict;
create table tools (id text primary key, product_id text not null, serial text, installed_version text, nickname text, created_at text not null) strict;
create table watched_folders (id text primary key, path text not null unique, origin text not null, enabled integer not null) strict;
create table evidence (
  id text primary key, name text not null, sha256 text not null, size_bytes integer not null, kind text not null, origin text not null,
  tail_only integer not null, file_modified_at text not null, frozen_at text not null) strict;
create index evidence_by_time on evidence (frozen_at desc);
create table tickets (
  id text primary key, stage text not null check (stage in ('draft', 'frozen')), realm text, number text, state text not null,
  content text, revision integer not null, text text, terms text, operator text,
  created_at text not null, frozen_at text, received_at text, updated_at text not null,
  check (stage = 'draft' or (realm is not null and text is not null and frozen_at is not null))) strict;
create unique index one_ticket_a_number on tickets (realm, number) where number is not null;
create index tickets_by_move on tickets (stage, updated_at desc);
create table draft_versions (
  ticket_id text not null references tickets (id) on delete cascade, revision integer not null, saved_at text not null, content text not null,
  primary key (ticket_id, revision)) strict;
create table messages (
  sequence integer primary key autoincrement, id text not null unique, ticket_id text not null references tickets (id) on delete cascade,
  author text not null, text text not null, attachments text not null, at text not null,
  delivery text not null, read integer not null, portal_reference text) strict;
create unique index one_message_a_reference on messages (ticket_id, portal_reference) where portal_reference is not null;
create index messages_of_ticket on messages (ticket_id, sequence);
create table reply_drafts (ticket_id text primary key references tickets (id) on delete cascade, text text not null, evidence_ids text not null) strict;
create table outbox (
  sequence integer primary key autoincrement, id text not null unique, ticket_id text not null references tickets (id) on delete cascade,
  kind text not null, work text not null, idempotency_key text not null unique, state text not null, attempts integer not null,
  absent_lookups integer not null, next_try_at text, last_error text, resume text, created_at text not null, updated_at text not null) strict;
create unique index one_creation_a_ticket on outbox (ticket_id) where kind = 'create-ticket';
create index outbox_by_state on outbox (state, sequence);
create table consent_records (
  id text primary key, kind text not null, ticket_id text, text_version text not null, text_sha256 text not null,
  customer_code text not null, given_at text not null) strict;
create table audit (
  sequence integer primary key, at text not null, action text not null, subject text not null, detail text not null,
  previous_hash text not null, hash text not null) strict;
create table notices (id text primary key, notice text not null) strict;
`;
