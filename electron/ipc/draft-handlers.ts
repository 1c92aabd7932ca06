import type { DraftContent } from '../../shared/domain/draft.ts';
import { draftFromEvidence, type FactsOf } from '../requests/draft-from-evidence.ts';
import { draftFromRequest } from '../requests/draft-from-request.ts';
import type { DraftService } from '../requests/draft-service.ts';
import { keepOwnWords } from '../requests/keep-own-words.ts';
import { originOf } from '../requests/origin-of.ts';
import { furtherDrafts } from '../requests/further-drafts.ts';
import { forgetDraft, removedDraftList } from '../requests/removed-draft-care.ts';
import { templateService } from '../requests/template-service.ts';
import { requireDraft } from '../requests/require-draft.ts';
import { titleOf } from '../../shared/domain/draft.ts';
import type { ServiceContext } from '../store/service-context.ts';
import type { Handlers } from './handlers.ts';

export type DraftHandlers = Pick<
  Handlers,
  | 'beginDraft'
  | 'bringDraftBack'
  | 'draft'
  | 'draftFromReply'
  | 'draftFromRequest'
  | 'draftFromTemplate'
  | 'draftVersions'
  | 'editDraft'
  | 'forgetDraft'
  | 'removeDraft'
  | 'removedDrafts'
  | 'removeTemplate'
  | 'renameTemplate'
  | 'restoreDraftVersion'
  | 'saveOwnWords'
  | 'saveTemplate'
  | 'splitDraft'
  | 'startDraft'
  | 'templates'
>;

/** Everything about a request that has not left yet. */
export function draftHandlers(
  context: ServiceContext,
  service: DraftService,
  factsOf: FactsOf,
): DraftHandlers {
  const { drafts } = context;
  const templates = templateService(context, service);
  const further = furtherDrafts(context, service);
  return {
    startDraft: ({ toolId, evidenceIds }) =>
      draftFromEvidence(service, context.evidenceRows, factsOf, toolId, evidenceIds),
    beginDraft: ({ toolId }) => service.begin(toolId),
    bringDraftBack: ({ id }) => service.bringBack(id),
    splitDraft: ({ id, revision }) => further.split(id, revision),
    draftFromReply: ({ ticketId, text, evidenceIds }) => further.fromReply(ticketId, text, evidenceIds),
    draftFromRequest: ({ id }) => draftFromRequest(context, service, id),
    templates: () => templates.list(),
    saveTemplate: ({ from, name }) => templates.save(from, name),
    renameTemplate: ({ id, name }) => {
      templates.rename(id, name);
      return null;
    },
    removeTemplate: ({ id }) => {
      templates.remove(id);
      return null;
    },
    draftFromTemplate: ({ id }) => templates.begin(id),
    draft: ({ id }) => {
      const draft = requireDraft(context, id);
      return {
        draft,
        evidence: [...context.shownEvidence(draft.content.evidenceIds)],
        origin: originOf(context, id),
        own: context.ownWords.of(id),
      };
    },
    editDraft: ({ id, baseRevision, content }) => service.edit(id, baseRevision, content),
    draftVersions: ({ id }) =>
      drafts.versions(id).map((version, index, all) => ({
        revision: version.revision,
        savedAt: version.savedAt,
        title: titleOf(version.content),
        changedFields: changedFields(version.content.fields, all[index + 1]?.content.fields ?? {}),
      })),
    restoreDraftVersion: ({ id, revision }) => service.restore(id, revision),
    saveOwnWords: ({ id, words }) => {
      keepOwnWords(context, id, words);
      return null;
    },
    removedDrafts: () => removedDraftList(context),
    forgetDraft: ({ id }) => {
      forgetDraft(context, id);
      return null;
    },
    removeDraft: ({ id }) => {
      service.remove(id);
      return null;
    },
  };
}

function changedFields(now: DraftContent['fields'], before: DraftContent['fields']): number {
  const texts = new Map(Object.entries(before).map(([key, value]) => [key, value.text]));
  const changed = Object.entries(now).filter(([key, value]) => texts.get(key) !== value.text).length;
  return changed + Object.keys(before).filter((key) => !Object.hasOwn(now, key)).length;
}
