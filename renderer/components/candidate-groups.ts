import type { EvidenceCandidate } from '../../shared/domain/evidence.ts';

/** One line of a list of files: a single file, or the members of one ECU read, which belong together. */
export type CandidateGroup = {
  readonly key: string;
  readonly lead: EvidenceCandidate;
  readonly others: readonly EvidenceCandidate[];
  readonly sizeBytes: number;
};

/** Lines in the order of their first member; the shortest name speaks for its group. */
export function candidateGroups(candidates: readonly EvidenceCandidate[]): readonly CandidateGroup[] {
  const byKey = new Map<string, EvidenceCandidate[]>();
  for (const item of candidates) {
    const key = item.group === null ? item.id : `${item.folderLabel}/${item.group}`;
    byKey.set(key, [...(byKey.get(key) ?? []), item]);
  }
  return [...byKey].flatMap(([key, members]) => {
    const [lead, ...others] = [...members].sort(
      (a, b) => a.name.length - b.name.length || a.name.localeCompare(b.name),
    );
    return lead === undefined
      ? []
      : [{ key, lead, others, sizeBytes: members.reduce((sum, item) => sum + item.sizeBytes, 0) }];
  });
}

/** Ids of all members, as they are frozen together. */
export function groupIds(group: CandidateGroup): EvidenceCandidate['id'][] {
  return [group.lead, ...group.others].map((item) => item.id);
}
