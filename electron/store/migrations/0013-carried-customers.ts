const ofCustomer = (terms: string): string => `'manual  ' || coalesce(
  case when json_valid(${terms}) then json_extract(${terms}, '$.customerCode') end, (select customer_code from profile where id = 1), '')`;

/**
 * What a person carries to the vendor's web form belongs to the customer it was made for as well, whose code may change: who accepted the
 * terms, else the customer of this workshop. A trigger sees to it that no writer can forget it.
 */
export const carriedCustomers = `
update tickets set recipient = ${ofCustomer('terms')} where stage = 'frozen' and realm = 'manual' and recipient is null;
create trigger carried_recipient after insert on tickets when new.stage = 'frozen' and new.realm = 'manual' and new.recipient is null begin
  update tickets set recipient = ${ofCustomer('new.terms')} where id = new.id;
end;
`;
