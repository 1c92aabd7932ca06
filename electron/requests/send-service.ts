import { randomUUID } from 'node:crypto';
import { type AppError, AppFault, appError } from '../../shared/domain/app-error.ts';
import type { Draft, DraftContent } from '../../shared/domain/draft.ts';
import type { Hold } from '../../shared/domain/hold.ts';
import type { Evidence } from '../../shared/domain/evidence.ts';
import type { TicketId } from '../../shared/domain/ids.ts';
import type { ShownWords } from '../../shared/domain/own-words.ts';
import type { Product } from '../../shared/domain/product.ts';
import type { RuleId } from '../../shared/rules/rule-definitions.ts';
import type { Recipient } from '../../shared/domain/recipient.ts';
import { portalKinds } from '../../shared/domain/portal-kind.ts';
import { type TermsAcceptance, ticketBodyMaxChars, type TicketText } from '../../shared/domain/ticket.ts';
import type { Realm } from '../../shared/domain/portal-kind.ts';
import type { WorkshopProfile } from '../../shared/domain/workshop-profile.ts';
import { createTranslator } from '../../shared/i18n/translator.ts';
import { completeness, isComplete } from '../../shared/rules/completeness.ts';
import { fileProblem, type KnownLimits } from '../../shared/rules/file-limits.ts';
import { waitsForTerms } from '../../shared/rules/terms-reacceptance.ts';
import { ticketLines, ticketText, type TicketTextFacts } from '../../shared/rules/ticket-text.ts';
import type { TicketLine } from '../../shared/domain/ticket-line.ts';
import type { PublishEvent } from '../events/publish-event.ts';
import type { Clock } from '../platform/clock.ts';
import { failpoint } from '../platform/failpoint.ts';
import type { AuditRepository } from '../store/audit-repository.ts';
import type { ConsentRepository } from '../store/consent-repository.ts';
import type { DraftRepository } from '../store/draft-repository.ts';
import type { HoldRepository } from '../store/hold-repository.ts';
import type { OutboxRepository } from '../store/outbox-repository.ts';
import type { OwnWordsRepository } from '../store/own-words-repository.ts';
import type { ProfileRepository } from '../store/profile-repository.ts';
import { readRowOrNull } from '../store/stored-row.ts';
import type { TicketRepository } from '../store/ticket-repository.ts';
import type { ToolRepository } from '../store/tool-repository.ts';
import { assertHold } from '../outbox/held-work.ts';
import { wordBytes } from '../outbox/perform-work.ts';
import { queueCreation, queueFile } from './queue-work.ts';
import { requireDraft } from './require-draft.ts';

/** The terms in force: a version and the SHA-256 of the official document. */
export type TermsInForce = { readonly version: string; readonly sha256: string };

export type SendServiceParts = {
  readonly drafts: DraftRepository;
  readonly tickets: TicketRepository;
  readonly tools: ToolRepository;
  readonly ownWords: OwnWordsRepository;
  readonly profile: ProfileRepository;
  readonly outbox: OutboxRepository;
  readonly holds: HoldRepository;
  /** Now by the portal's clock, in milliseconds. */
  readonly portalNowMs: () => number;
  readonly consents: ConsentRepository;
  readonly audit: AuditRepository;
  readonly products: readonly Product[];
  readonly evidence: (ids: Draft['content']['evidenceIds']) => readonly Evidence[];
  readonly terms: () => TermsInForce;
  readonly realm: () => Realm;
  /** Left out: the realm says it all. */
  readonly recipient?: () => Recipient;
  readonly limits: () => KnownLimits;
  /** Soft warnings that stand without a reason, by rule; null where that could not be looked at. */
  readonly standing: (draft: Draft) => readonly RuleId[] | null;
  readonly clock: Clock;
  readonly publish: PublishEvent;
  /** Something may go now: queued, or no longer held back by terms nobody had accepted. */
  readonly onMayGo: () => void;
  readonly transact: <T>(work: () => T) => T;
};

/** A draft as the vendor would read it, with what the rules say of it. */
export type ReviewedDraft = {
  readonly draft: Draft;
  readonly text: TicketText;
  /** The body of the text line by line, with where each is written. */
  readonly lines: readonly TicketLine[];
  readonly files: readonly Evidence[];
  readonly fileProblem: AppError | null;
  /** Why the portal would refuse the words; null when nothing is known against them. */
  readonly textProblem: AppError | null;
  readonly complete: boolean;
  readonly profile: WorkshopProfile;
};

export type SendService = {
  /**
   * @param own the plate and customer a person wants in the text; null: none
   * @param unstored what stands in the window instead of what the store has; null: what the store has
   * @param read how its files are read; left out, one that cannot be read refuses the whole: nothing may be missing unseen from what is sent
   */
  readonly review: (
    id: TicketId,
    own?: ShownWords | null,
    unstored?: DraftContent | null,
    read?: SendServiceParts['evidence'],
  ) => ReviewedDraft;
  /** R-ACCEPT-1: recorded with version, hash, time and customer code, also for what waits and was never tried. @returns when */
  readonly acceptTerms: (terms: TermsInForce) => string;
  /** Whether terms are to be accepted before a request goes where requests go now. */
  readonly asksTerms: () => boolean;
  /** When the terms in force were accepted by this customer, or null; null also while nobody knows who that is. */
  readonly termsAcceptedAt: () => string | null;
  /**
   * @param hold until when a person wants it here; null: it goes at the first moment
   * @param own the plate and customer as the review showed them; null: they stay here
   * @throws AppFault E_INPUT, draft.incomplete, draft.staleRevision, draft.textTooLong, terms.notAccepted, and what keeps its files from leaving
   */
  readonly send: (id: TicketId, revision: number, hold?: Hold | null, own?: ShownWords | null) => void;
};

/** What the audit says of warnings sent past without a word; nothing where there was none. */
function standingDetail(warnings: readonly RuleId[] | null): { readonly warnings?: string } {
  if (warnings === null) return { warnings: '?' };
  return warnings.length === 0 ? {} : { warnings: [...new Set(warnings)].join(', ') };
}

/** Whether what was shown of a workshop's own words is what stands beside the request still. */
function isAsShown(ownWords: OwnWordsRepository, id: TicketId, own: ShownWords | null): boolean {
  if (own === null) return true;
  const { plate, customer } = ownWords.of(id);
  return plate === own.plate && customer === own.customer;
}

/** Words that are as long as the portal refused before would be refused again. */
function textProblem(text: TicketText, { textBytes }: KnownLimits): AppError | null {
  const bytes = wordBytes(text.subject, text.body);
  return textBytes !== null && bytes > textBytes
    ? appError('portal.textTooLarge', { sizeBytes: bytes, limitBytes: textBytes })
    : null;
}

/** Who sends. @throws AppFault profile.missing */
function knownProfile({ profile }: SendServiceParts): WorkshopProfile {
  const known = profile.profile();
  if (known === null) throw new AppFault('profile.missing');
  return known;
}

/** R-ACCEPT-1: stores that the terms in force were accepted, also for what waits. @returns when. @throws AppFault terms.notAccepted */
function storedAcceptance(parts: SendServiceParts, { version, sha256 }: TermsInForce): string {
  const inForce = parts.terms();
  // What was read must be what is in force: a page left open over a change of terms accepts nothing.
  if (inForce.version !== version || inForce.sha256 !== sha256) throw new AppFault('terms.notAccepted');
  const givenAt = parts.clock.instant();
  const { customerCode } = knownProfile(parts);
  parts.consents.add({
    id: randomUUID(),
    kind: 'terms',
    ticketId: null,
    textVersion: version,
    textSha256: sha256,
    customerCode,
    givenAt,
  });
  const waiting = parts.outbox
    .open()
    .filter((item) =>
      waitsForTerms(
        item,
        readRowOrNull(() => parts.tickets.find(item.ticketId))?.terms ?? null,
        () => inForce,
      ),
    );
  for (const { ticketId } of waiting)
    parts.tickets.acceptAgain(ticketId, { version, sha256, acceptedAt: givenAt, customerCode });
  parts.audit.append(givenAt, 'terms-accepted', version, {
    sha256,
    ...(waiting.length === 0 ? {} : { waiting: waiting.length }),
  });
  return givenAt;
}

/** From a draft to the outbox: what was reviewed is what leaves, and freezing and queueing are one transaction. */
export function sendService(parts: SendServiceParts): SendService {
  const acceptance = (): ReturnType<ConsentRepository['termsAcceptance']> => {
    const { version, sha256 } = parts.terms();
    return parts.consents.termsAcceptance(version, sha256, knownProfile(parts).customerCode);
  };
  const asksTerms = (): boolean => portalKinds[parts.realm()].asksTerms;
  /** What goes with a request to a portal that asks for terms. @throws AppFault terms.notAccepted */
  const acceptedNow = (): TermsAcceptance => {
    const accepted = acceptance();
    if (accepted === null) throw new AppFault('terms.notAccepted');
    return {
      version: accepted.textVersion,
      sha256: accepted.textSha256,
      acceptedAt: accepted.givenAt,
      customerCode: knownProfile(parts).customerCode,
    };
  };
  const review = (
    id: TicketId,
    own: ShownWords | null = null,
    unstored: DraftContent | null = null,
    read = parts.evidence,
  ): ReviewedDraft => {
    const stored = requireDraft(parts, id);
    const draft: Draft = unstored === null ? stored : { ...stored, content: unstored };
    const { content } = draft;
    const profile = knownProfile(parts);
    const product = parts.products.find((item) => item.id === content.productId);
    if (product === undefined) throw new AppFault('draft.incomplete');
    const tool = content.toolId === null ? null : parts.tools.find(content.toolId);
    const files = read(content.evidenceIds);
    const limits = parts.limits();
    const results = completeness(content, {
      customerCode: profile.customerCode,
      product,
      tool,
      evidenceKinds: files.map((file) => file.kind),
    });
    const facts: TicketTextFacts = {
      content,
      profile,
      product,
      tool,
      evidence: files,
      own,
      clientReference: id,
      t: createTranslator(content.language),
    };
    const lines = ticketLines(facts);
    const text = ticketText(facts, lines);
    return {
      draft,
      text,
      lines,
      files,
      fileProblem: fileProblem(files, limits),
      textProblem: textProblem(text, limits),
      complete: isComplete(results),
      profile,
    };
  };
  return {
    review,
    asksTerms,
    termsAcceptedAt: () => (parts.profile.profile() === null ? null : (acceptance()?.givenAt ?? null)),
    acceptTerms: ({ version, sha256 }) => {
      const acceptedAt = parts.transact(() => storedAcceptance(parts, { version, sha256 }));
      // What waited for this may go.
      parts.publish({ kind: 'outboxChanged' });
      parts.onMayGo();
      return acceptedAt;
    },
    send: (id, revision, hold = null, own = null) => {
      assertHold(hold, parts.portalNowMs());
      const reviewed = parts.drafts.find(id);
      const warnings = reviewed === null ? [] : parts.standing(reviewed);
      parts.transact(() => {
        const { draft, text, files, fileProblem: unfit, textProblem, complete } = review(id, own);
        if (draft.revision !== revision || !isAsShown(parts.ownWords, id, own))
          throw new AppFault('draft.staleRevision');
        if (unfit !== null) throw AppFault.of(unfit);
        if (textProblem !== null) throw AppFault.of(textProblem);
        if (!complete) throw new AppFault('draft.incomplete');
        if (text.body.length > ticketBodyMaxChars)
          throw new AppFault('draft.textTooLong', { limitChars: ticketBodyMaxChars });
        const terms = asksTerms() ? acceptedNow() : null;
        const at = parts.clock.instant();
        const realm = parts.realm();
        const recipient = parts.recipient?.() ?? realm;
        if (!parts.tickets.freeze(id, revision, { realm, recipient, text, terms, at }))
          throw new AppFault('draft.staleRevision');
        const isInDoubt = parts.outbox.readableOfTicket(id).length > 0;
        parts.holds.keep(queueCreation(parts.outbox, realm, id, at), hold);
        for (const { id: evidenceId } of files)
          queueFile(
            parts.outbox,
            realm,
            id,
            { kind: 'upload-attachment', evidenceId, messageId: null },
            { at, isInDoubt },
          );
        parts.audit.append(at, 'ticket-queued', id, { files: files.length, ...standingDetail(warnings) });
        failpoint('outbox.inTx');
      });
      failpoint('outbox.keyPersisted');
      parts.publish({ kind: 'requestsChanged' });
      parts.publish({ kind: 'outboxChanged' });
      parts.onMayGo();
    },
  };
}
