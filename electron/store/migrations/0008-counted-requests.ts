/**
 * The first list counts every request by whose move it is: from an index that holds what the counting asks for, and not from rows that
 * carry whole texts.
 */
export const countedRequests = `
create index if not exists tickets_to_count on tickets (stage, state, recipient, realm, id);
`;
