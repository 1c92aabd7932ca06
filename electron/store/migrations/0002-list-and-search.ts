/**
 * The list of requests asks for one page at a time: what it filters and sorts by stands in columns, and the serial a ticket was
 * sent with no longer depends on the tool still being there.
 */
export const listAndSearch = `
alter table tickets add column product_id text not null default '';
alter table tickets add column serial text not null default '';
alter table tickets add column search text not null default '';
update tickets set
  product_id = coalesce(json_extract(content, '$.productId'), ''),
  serial = coalesce((select serial from tools where tools.id = json_extract(tickets.content, '$.toolId')), '');
update tickets set search = lower(coalesce(number, '') || ' ' || serial || ' ' || coalesce(json_extract(text, '$.subject'), '') || ' ' || coalesce(json_extract(content, '$.fields.problem.text'), ''));
create index tickets_by_time on tickets (updated_at desc);
create index outbox_of_ticket on outbox (ticket_id, state);
create index unread_messages on messages (ticket_id) where read = 0;
create table portal_cursors (portal text primary key, cursor text not null) strict;
`;
