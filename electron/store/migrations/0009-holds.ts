/** Until when a person holds an item of the queue back. */
export const outboxHolds = `
alter table outbox add column hold text;
create index outbox_held on outbox (state) where hold is not null;
`;
