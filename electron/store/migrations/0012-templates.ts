/** Beginnings of requests that a workshop wrote itself, each by a name of its own. */
export const namedTemplates = `
create table templates (id text primary key, name text not null unique, content text not null, created_at text not null) strict;
`;
