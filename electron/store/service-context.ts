import type { Evidence } from '../../shared/domain/evidence.ts';
import type { EvidenceId } from '../../shared/domain/ids.ts';
import type { Product } from '../../shared/domain/product.ts';
import type { PublishEvent } from '../events/publish-event.ts';
import type { Clock } from '../platform/clock.ts';
import { type AskedBackRepository, askedBackRepository } from './asked-back-repository.ts';
import { type AuditRepository, auditRepository } from './audit-repository.ts';
import { type ConsentRepository, consentRepository } from './consent-repository.ts';
import { type DraftRepository, draftRepository } from './draft-repository.ts';
import { type FileReceiptRepository, fileReceiptRepository } from './file-receipt-repository.ts';
import { type FileUseRepository, fileUseRepository } from './file-use-repository.ts';
import { type EvidenceRepository, evidenceRepository } from './evidence-repository.ts';
import { type HoldRepository, holdRepository } from './hold-repository.ts';
import { type LimitRepository, limitRepository } from './limit-repository.ts';
import { type MessageRepository, messageRepository } from './message-repository.ts';
import type { Db } from './open-store.ts';
import { type OriginRepository, originRepository } from './origin-repository.ts';
import { type OutboxRepository, outboxRepository } from './outbox-repository.ts';
import { type OwnWordsRepository, ownWordsRepository } from './own-words-repository.ts';
import { type PaceRepository, paceRepository } from './pace-repository.ts';
import { type SpoiledWork, spoiledWork } from './spoiled-work.ts';
import { type PortalRepository, portalRepository } from './portal-repository.ts';
import { type ProblemIndex, problemIndex } from './problem-index.ts';
import { type ProfileRepository, profileRepository } from './profile-repository.ts';
import { type RemoteRepository, remoteRepository } from './remote-repository.ts';
import { type RemovedDrafts, removedDrafts } from './removed-drafts.ts';
import { type ReplyRepository, replyRepository } from './reply-repository.ts';
import { type SetAsideNews, setAsideNews } from './set-aside-news.ts';
import { type RequestRepository, requestRepository } from './request-repository.ts';
import { type TemplateRepository, templateRepository } from './template-repository.ts';
import { type TicketRepository, ticketRepository } from './ticket-repository.ts';
import { type ToolRepository, toolRepository } from './tool-repository.ts';
import { type Transactions, transactions } from './transact.ts';
import { type WaiverRepository, waiverRepository } from './waiver-repository.ts';
import { type WatchedFolderRepository, watchedFolderRepository } from './watched-folder-repository.ts';

/** What every service may ask for: the tables' gatekeepers, one transaction, one clock, one voice. */
export type ServiceContext = Transactions & {
  readonly askedBack: AskedBackRepository;
  readonly audit: AuditRepository;
  readonly consents: ConsentRepository;
  readonly drafts: DraftRepository;
  readonly evidenceRows: EvidenceRepository;
  readonly fileReceipts: FileReceiptRepository;
  readonly fileUses: FileUseRepository;
  readonly holds: HoldRepository;
  readonly limits: LimitRepository;
  readonly messages: MessageRepository;
  readonly origins: OriginRepository;
  readonly outbox: OutboxRepository;
  readonly ownWords: OwnWordsRepository;
  readonly pace: PaceRepository;
  readonly portals: PortalRepository;
  readonly problems: ProblemIndex;
  readonly profile: ProfileRepository;
  readonly remote: RemoteRepository;
  readonly removed: RemovedDrafts;
  readonly replies: ReplyRepository;
  readonly requests: RequestRepository;
  readonly setAside: SetAsideNews;
  readonly spoiled: SpoiledWork;
  readonly templates: TemplateRepository;
  readonly tickets: TicketRepository;
  readonly tools: ToolRepository;
  readonly waivers: WaiverRepository;
  readonly watchedFolders: WatchedFolderRepository;
  readonly clock: Clock;
  readonly publish: PublishEvent;
  readonly products: readonly Product[];
  /** Frozen files by id, those that exist, in the order asked for. */
  readonly evidence: (ids: readonly EvidenceId[]) => readonly Evidence[];
  /** As `evidence`, but one that cannot be read is left out: for lists and screens, never for what leaves this PC. */
  readonly shownEvidence: (ids: readonly EvidenceId[]) => readonly Evidence[];
};

export function openServiceContext(
  db: Db,
  headFile: string,
  parts: Pick<ServiceContext, 'clock' | 'publish' | 'products'>,
  log: (error: unknown) => void,
): ServiceContext {
  const audit = auditRepository(db);
  const evidenceRows = evidenceRepository(db);
  const outbox = outboxRepository(db);
  return {
    ...parts,
    askedBack: askedBackRepository(db),
    audit,
    evidenceRows,
    fileReceipts: fileReceiptRepository(db),
    fileUses: fileUseRepository(db),
    consents: consentRepository(db),
    drafts: draftRepository(db),
    holds: holdRepository(db),
    limits: limitRepository(db),
    messages: messageRepository(db),
    origins: originRepository(db),
    ownWords: ownWordsRepository(db),
    pace: paceRepository(db),
    outbox,
    portals: portalRepository(db),
    problems: problemIndex(db),
    profile: profileRepository(db),
    remote: remoteRepository(db),
    removed: removedDrafts(db),
    replies: replyRepository(db),
    requests: requestRepository(db),
    setAside: setAsideNews(db),
    spoiled: spoiledWork(db, outbox),
    templates: templateRepository(db),
    tickets: ticketRepository(db),
    tools: toolRepository(db),
    waivers: waiverRepository(db),
    watchedFolders: watchedFolderRepository(db),
    ...transactions(db, audit, headFile, log),
    evidence: evidenceRows.byIds,
    shownEvidence: evidenceRows.shown,
  };
}
