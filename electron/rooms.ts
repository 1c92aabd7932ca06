import type { Evidence } from '../shared/domain/evidence.ts';
import type { EvidenceId } from '../shared/domain/ids.ts';
import type { Product } from '../shared/domain/product.ts';
import type { PublishEvent } from './events/publish-event.ts';
import type { Clock } from './platform/clock.ts';
import { type AskedBackRepository, askedBackRepository } from './store/asked-back-repository.ts';
import { type AuditRepository, auditRepository } from './store/audit-repository.ts';
import { type ConsentRepository, consentRepository } from './store/consent-repository.ts';
import { type DraftRepository, draftRepository } from './store/draft-repository.ts';
import { type FileUseRepository, fileUseRepository } from './store/file-use-repository.ts';
import { type EvidenceRepository, evidenceRepository } from './store/evidence-repository.ts';
import { type MessageRepository, messageRepository } from './store/message-repository.ts';
import type { Db } from './store/open-store.ts';
import { type OutboxRepository, outboxRepository } from './store/outbox-repository.ts';
import { type PaceRepository, paceRepository } from './store/pace-repository.ts';
import { type SpoiledWork, spoiledWork } from './store/spoiled-work.ts';
import { type PortalRepository, portalRepository } from './store/portal-repository.ts';
import { type ProblemIndex, problemIndex } from './store/problem-index.ts';
import { type ProfileRepository, profileRepository } from './store/profile-repository.ts';
import { type RemoteRepository, remoteRepository } from './store/remote-repository.ts';
import { type ReplyRepository, replyRepository } from './store/reply-repository.ts';
import { type SetAsideNews, setAsideNews } from './store/set-aside-news.ts';
import { type RequestRepository, requestRepository } from './store/request-repository.ts';
import { type TicketRepository, ticketRepository } from './store/ticket-repository.ts';
import { type ToolRepository, toolRepository } from './store/tool-repository.ts';
import { type Transactions, transactions } from './store/transact.ts';
import { type WaiverRepository, waiverRepository } from './store/waiver-repository.ts';
import { type WatchedFolderRepository, watchedFolderRepository } from './store/watched-folder-repository.ts';

/** What every service may ask for: the tables' gatekeepers, one transaction, one clock, one voice. */
export type Rooms = Transactions & {
  readonly askedBack: AskedBackRepository;
  readonly audit: AuditRepository;
  readonly consents: ConsentRepository;
  readonly drafts: DraftRepository;
  readonly evidenceRows: EvidenceRepository;
  readonly fileUses: FileUseRepository;
  readonly messages: MessageRepository;
  readonly outbox: OutboxRepository;
  readonly pace: PaceRepository;
  readonly portals: PortalRepository;
  readonly problems: ProblemIndex;
  readonly profile: ProfileRepository;
  readonly remote: RemoteRepository;
  readonly replies: ReplyRepository;
  readonly requests: RequestRepository;
  readonly setAside: SetAsideNews;
  readonly spoiled: SpoiledWork;
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

export function openRooms(
  db: Db,
  headFile: string,
  parts: Pick<Rooms, 'clock' | 'publish' | 'products'>,
  log: (error: unknown) => void,
): Rooms {
  const audit = auditRepository(db);
  const evidenceRows = evidenceRepository(db);
  const outbox = outboxRepository(db);
  return {
    ...parts,
    askedBack: askedBackRepository(db),
    audit,
    evidenceRows,
    fileUses: fileUseRepository(db),
    consents: consentRepository(db),
    drafts: draftRepository(db),
    messages: messageRepository(db),
    pace: paceRepository(db),
    outbox,
    portals: portalRepository(db),
    problems: problemIndex(db),
    profile: profileRepository(db),
    remote: remoteRepository(db),
    replies: replyRepository(db),
    requests: requestRepository(db),
    setAside: setAsideNews(db),
    spoiled: spoiledWork(db, outbox),
    tickets: ticketRepository(db),
    tools: toolRepository(db),
    waivers: waiverRepository(db),
    watchedFolders: watchedFolderRepository(db),
    ...transactions(db, audit, headFile, log),
    evidence: evidenceRows.byIds,
    shownEvidence: evidenceRows.shown,
  };
}
