import { type Draft, type DraftContent, fieldKeys } from '../../shared/domain/draft.ts';
import type { EvidenceId, ToolId } from '../../shared/domain/ids.ts';
import type { ErrorFacts } from '../../shared/logs/error-facts.ts';
import type { EvidenceRepository } from '../store/evidence-repository.ts';
import type { DraftService } from './draft-service.ts';

export type FactsOf = (id: EvidenceId) => Promise<ErrorFacts | null>;

/** What several files say, the first one that says it winning; nothing already written is replaced. */
function withFacts(content: DraftContent, facts: readonly ErrorFacts[]): DraftContent {
  const fields = { ...content.fields };
  for (const key of fieldKeys) {
    const said = facts.find((fact) => fact.fields[key] !== undefined)?.fields[key];
    if (fields[key] === undefined && said !== undefined) fields[key] = said;
  }
  return {
    ...content,
    fields,
    requestType: content.requestType ?? facts.find((fact) => fact.requestType !== null)?.requestType ?? null,
  };
}

/**
 * Starts a draft from frozen files: they are on it, and what their text says is filled in with its source (R-INFO-9). A file
 * whose text cannot be read is still on the draft: reading is a favour, never a gate.
 */
export async function draftFromEvidence(
  service: DraftService,
  evidence: Pick<EvidenceRepository, 'byIds'>,
  factsOf: FactsOf,
  toolId: ToolId | null,
  evidenceIds: readonly EvidenceId[],
): Promise<Draft> {
  const files = evidence.byIds(evidenceIds);
  // One after another: two that are read at once are judged at once, and nobody else has a turn meanwhile.
  const facts: (ErrorFacts | null)[] = [];
  for (const file of files) facts.push(await factsOf(file.id).catch(() => null));
  const draft = service.start(toolId);
  if (files.length === 0) return draft;
  const content = withFacts(
    { ...draft.content, evidenceIds: files.map((file) => file.id) },
    facts.filter((fact) => fact !== null),
  );
  const { revision, savedAt } = service.edit(draft.id, draft.revision, content);
  return { ...draft, revision, updatedAt: savedAt, content };
}
