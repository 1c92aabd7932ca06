/**
 * How long the files of closed requests stay is the person's choice (R-PRIVACY-1): a request keeps since when it is closed, and a file
 * when its bytes were removed. A request closed before this step counts from when it last changed, which is never too early. The few
 * entries of conversations that tell of remote sessions are found without reading the others (R-REMOTE-1).
 */
export const keptFiles = `
alter table tickets add column closed_at text;
update tickets set closed_at = updated_at where stage = 'frozen' and state = 'closed';
alter table evidence add column removed_at text;
create index evidence_by_hash on evidence (sha256);
create index messages_of_sessions on messages (ticket_id, sequence) where instr(author, '"session-') > 0;
`;
