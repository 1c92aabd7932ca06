/**
 * What a workshop keeps beside a request: from which other one it was begun, the plate, its customer and a note of its own, in a table
 * apart from everything that is sent; and drafts a person removed, row by row as they stood. The last two never leave by themselves.
 */
export const keptBeside = `
alter table tickets add column begun_from text;
create table own_words (
  ticket_id text primary key references tickets (id) on delete cascade, plate text not null, customer text not null, note text not null,
  search text not null) strict;
create table removed_drafts (
  id text primary key, removed_at text not null, title text not null, product_id text not null, rows text not null, own text not null) strict;
create index removed_drafts_by_time on removed_drafts (removed_at);
`;
