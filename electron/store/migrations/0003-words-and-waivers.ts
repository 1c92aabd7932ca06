/**
 * Looking for a likely double asks "which requests of this very tool share words with this draft" (R-TICKET-4): a full-text index over
 * the words the list is searched by, kept by triggers so that no writer can forget it, and built here for what is stored already.
 * Rows have a number of their own, for an implicit rowid may change. Rules a person went past with a reason are kept beside the request.
 */
export const wordsAndWaivers = `
create table request_rows (row integer primary key, ticket_id text not null unique references tickets (id) on delete cascade) strict;
create virtual table request_words using fts5(scope, words, content='', contentless_delete=1, tokenize="unicode61 remove_diacritics 2");
insert into request_words (request_words, rank) values ('rank', 'bm25(0.0, 1.0)');
insert into request_rows (ticket_id) select id from tickets;
insert into request_words (rowid, scope, words) select r.row, t.product_id || ' ' || t.serial, t.search from tickets t join request_rows r on r.ticket_id = t.id;
create trigger request_words_added after insert on tickets begin
  insert into request_rows (ticket_id) values (new.id);
  insert into request_words (rowid, scope, words) select row, new.product_id || ' ' || new.serial, new.search from request_rows where ticket_id = new.id;
end;
create trigger request_words_changed after update of product_id, serial, search on tickets when old.search <> new.search or old.product_id <> new.product_id or old.serial <> new.serial begin
  delete from request_words where rowid = (select row from request_rows where ticket_id = new.id);
  insert into request_words (rowid, scope, words) select row, new.product_id || ' ' || new.serial, new.search from request_rows where ticket_id = new.id;
end;
create trigger request_words_removed before delete on tickets begin
  delete from request_words where rowid = (select row from request_rows where ticket_id = old.id);
end;
create index tickets_of_tool on tickets (product_id, serial, updated_at desc);
create table waivers (
  ticket_id text not null references tickets (id) on delete cascade, rule_id text not null, about text not null, reason text not null, at text not null,
  primary key (ticket_id, rule_id, about)) strict;
create table asked_back (
  message_id text primary key references messages (id) on delete cascade, product_id text not null, request_type text not null, findings text not null) strict;
create index asked_back_of on asked_back (product_id, request_type);
`;
