/** The address in use, else the one news were last read from; and the customer who accepted the terms, else the one of this workshop. */
const bestKnown = (terms: string): string => `'contract '
  || coalesce(
    (select json_extract(value, '$.url') from settings where key = 'portal' and json_valid(value)),
    (select substr(portal, 10) from portal_cursors where portal glob 'contract *' order by rowid desc limit 1), '')
  || ' '
  || coalesce(case when json_valid(${terms}) then json_extract(${terms}, '$.customerCode') end, (select customer_code from profile where id = 1), '')`;

/**
 * A request belongs to the portal address and the customer it was made for, not to the kind of portal. `recipient` is null where the
 * realm says it all (practice, by hand); a trigger sees to it that no writer can forget it for a portal of the vendor's. A ticket first heard of through a message is only a place for it until its own entry comes.
 * Entries of the portal's news that could not be read, or contradict what is known, are kept as they came.
 */
export const recipients = `
alter table tickets add column recipient text;
alter table tickets add column heard_of integer not null default 0;
update tickets set recipient = ${bestKnown('terms')}
where stage = 'frozen' and realm = 'contract';
create trigger request_recipient after insert on tickets when new.stage = 'frozen' and new.realm = 'contract' and new.recipient is null begin
  update tickets set recipient = ${bestKnown('new.terms')} where id = new.id;
end;
update tickets set heard_of = 1
where stage = 'frozen' and content is null and json_valid(text) and json_extract(text, '$.subject') = number and json_extract(text, '$.body') = '';
drop index one_ticket_a_number;
create unique index one_ticket_a_number on tickets (coalesce(recipient, realm), number) where number is not null;
insert or ignore into portal_cursors (portal, cursor)
  select portal || ' ' || (select customer_code from profile where id = 1), cursor from portal_cursors
  where portal glob 'contract *' and (select customer_code from profile where id = 1) is not null;
delete from portal_cursors where portal glob 'contract *'
  and exists (select 1 from portal_cursors other where substr(other.portal, 1, length(portal_cursors.portal) + 1) = portal_cursors.portal || ' ');
create table set_aside (
  id text primary key, recipient text not null, why text not null, entry text not null, at text not null, told integer not null) strict;
create index set_aside_by_time on set_aside (at);
`;
