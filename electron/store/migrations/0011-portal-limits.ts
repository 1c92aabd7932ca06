/**
 * What a portal was found to take, by its refusals, apart for each address; and what it confirmed of each file it received, which goes
 * with its request.
 */
export const portalLimits = `
create table learnt_limits (
  portal text not null, kind text not null check (kind in ('file', 'request', 'text')), bytes integer not null, at text not null,
  primary key (portal, kind)) strict;
create table file_receipts (
  reference text primary key, ticket_id text not null references tickets (id) on delete cascade, evidence_id text not null, name text not null,
  size_bytes integer not null, sha256 text not null, received_at text not null) strict;
create index file_receipts_of_ticket on file_receipts (ticket_id, received_at);
`;
