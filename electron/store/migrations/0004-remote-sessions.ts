/**
 * Remote sessions outlive their tickets: what was agreed to and how it ended is kept even when the ticket is removed, so nothing
 * here refers to another table. Signed records are appended and never changed.
 */
export const remoteSessions = `
create table backup_proofs (id text primary key, proof text not null, at text not null) strict;
create table remote_sessions (
  sequence integer primary key autoincrement, id text not null unique, ticket_id text not null, state text not null, facts text not null,
  started_at text not null, updated_at text not null) strict;
create index remote_sessions_of_ticket on remote_sessions (ticket_id, sequence desc);
create table signed_records (
  sequence integer primary key autoincrement, id text not null unique, session_id text not null, kind text not null, record text not null,
  signature text not null, public_key text not null, at text not null) strict;
create index signed_records_of_session on signed_records (session_id, sequence);
`;
