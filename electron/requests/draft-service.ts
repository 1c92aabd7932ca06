import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { AppFault } from '../../shared/domain/app-error.ts';
import { type Draft, type DraftContent, emptyDraftContent, titleOf } from '../../shared/domain/draft.ts';
import { type TicketId, ticketIdSchema, type ToolId } from '../../shared/domain/ids.ts';
import { failpoint } from '../platform/failpoint.ts';
import type { PublishEvent } from '../events/publish-event.ts';
import type { Clock } from '../platform/clock.ts';
import type { AuditRepository } from '../store/audit-repository.ts';
import type { DraftRepository } from '../store/draft-repository.ts';
import type { ProfileRepository } from '../store/profile-repository.ts';
import type { RemovedDrafts } from '../store/removed-drafts.ts';
import type { TicketRepository } from '../store/ticket-repository.ts';
import type { ToolRepository } from '../store/tool-repository.ts';
import { requireDraft } from './require-draft.ts';

/** A version is kept when this long has passed since the last kept one, so that history shows steps and not keystrokes. */
const versionEveryMs = 30_000;

export type DraftServiceParts = {
  readonly drafts: DraftRepository;
  readonly tickets: TicketRepository;
  readonly tools: ToolRepository;
  readonly profile: ProfileRepository;
  readonly removed: RemovedDrafts;
  readonly audit: AuditRepository;
  readonly clock: Clock;
  readonly publish: PublishEvent;
  /** Runs in one immediate transaction and publishes the audit head after it. */
  readonly transact: <T>(work: () => T) => T;
};

export type DraftService = {
  readonly start: (toolId: ToolId | null) => Draft;
  /** As `start`, but stored and noted only with the first edit: who presses and leaves has made nothing. */
  readonly begin: (toolId: ToolId | null) => Draft;
  /** Stores an edit made on `baseRevision`; the same one again is the same edit. @throws AppFault draft.staleRevision, draft.frozen, notFound */
  readonly edit: (
    id: TicketId,
    baseRevision: number,
    content: DraftContent,
  ) => { revision: number; savedAt: string };
  readonly restore: (id: TicketId, revision: number) => Draft;
  /** Takes it out of the lists; it can be restored until it is forgotten (`removedDays`). */
  readonly remove: (id: TicketId) => void;
  /** Takes a removal back, with history and everything. @throws AppFault notFound when it was forgotten since, store.unreadable */
  readonly bringBack: (id: TicketId) => Draft;
};

/** Drafts: every stored edit is durable when the call returns (synchronous=FULL); nothing is overwritten unseen. */
export function draftService(parts: DraftServiceParts): DraftService {
  const { drafts, clock, transact } = parts;
  const existing = (id: TicketId): Draft => requireDraft(parts, id);
  const store = (draft: Draft, content: DraftContent, savedAt: string, always: boolean): void => {
    const last = drafts.lastVersionAt(draft.id);
    if (always || last === null || Date.parse(savedAt) - Date.parse(last) >= versionEveryMs) {
      drafts.keepVersion(draft.id, {
        revision: draft.revision,
        savedAt: draft.updatedAt,
        content: draft.content,
      });
    }
    if (!drafts.edit(draft.id, draft.revision, content, savedAt)) throw new AppFault('draft.staleRevision');
  };
  const fresh = (toolId: ToolId | null): Draft => {
    const at = clock.instant();
    const tool = toolId === null ? null : parts.tools.find(toolId);
    const content = {
      ...emptyDraftContent(parts.profile.profile()?.ticketLanguage ?? 'it'),
      toolId: tool?.id ?? null,
      productId: tool?.productId ?? null,
    };
    const version = tool?.installedVersion ?? null;
    const fields: DraftContent['fields'] =
      version === null ? {} : { softwareVersion: { text: version, source: { kind: 'profile' } } };
    return {
      id: ticketIdSchema.parse(randomUUID()),
      createdAt: at,
      updatedAt: at,
      revision: 0,
      content: { ...content, fields },
    };
  };
  return {
    begin: (toolId) => {
      const draft = fresh(toolId);
      drafts.begin(draft);
      return draft;
    },
    start: (toolId) => {
      const started = transact(() => {
        const draft = fresh(toolId);
        drafts.insert(draft);
        parts.audit.append(draft.createdAt, 'draft-started', draft.id);
        return draft;
      });
      parts.publish({ kind: 'requestsChanged' });
      return started;
    },
    edit: (id, baseRevision, content) => {
      failpoint('draft.beforeTx');
      const saved = transact(() => {
        const draft = existing(id);
        // The answer to this very edit may have been lost, and it comes again.
        if (draft.revision === baseRevision + 1 && isDeepStrictEqual(draft.content, content))
          return { revision: draft.revision, savedAt: draft.updatedAt };
        if (draft.revision !== baseRevision) throw new AppFault('draft.staleRevision');
        const savedAt = clock.instant();
        if (drafts.storeBegun(id)) parts.audit.append(savedAt, 'draft-started', id);
        store(draft, content, savedAt, false);
        failpoint('draft.inTx');
        return { revision: draft.revision + 1, savedAt };
      });
      failpoint('draft.afterTx');
      // Only what is on the disk lets go of what was held beside it.
      if (drafts.letGoOfBegun(id)) parts.publish({ kind: 'requestsChanged' });
      return saved;
    },
    restore: (id, revision) =>
      transact(() => {
        const draft = existing(id);
        const version = drafts.versions(id).find((item) => item.revision === revision);
        if (version === undefined) throw new AppFault('notFound');
        store(draft, version.content, clock.instant(), true);
        return existing(id);
      }),
    remove: (id) => {
      if (drafts.letGoOfBegun(id)) return;
      transact(() => {
        const { content } = existing(id);
        const removedAt = clock.instant();
        parts.removed.keep({ id, title: titleOf(content), productId: content.productId ?? '', removedAt });
        drafts.remove(id);
        parts.audit.append(removedAt, 'draft-removed', id);
      });
      parts.publish({ kind: 'requestsChanged' });
    },
    bringBack: (id) => {
      const draft = transact(() => {
        if (!parts.removed.bringBack(id)) throw new AppFault('notFound');
        parts.audit.append(clock.instant(), 'draft-brought-back', id);
        return existing(id);
      });
      parts.publish({ kind: 'requestsChanged' });
      return draft;
    },
  };
}
