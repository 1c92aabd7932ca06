/** How an item of the queue was tried lately, so that no restart makes the program ask oftener than it may (P3). */
export const pace = `
alter table outbox add column pace text;
`;
