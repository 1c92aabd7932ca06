import { AppFault } from '../../shared/domain/app-error.ts';
import { strays } from '../../shared/rules/duplicates.ts';
import {
  fingerprintOf,
  fingerprintOfText,
  fingerprintOfTicket,
} from '../../shared/rules/failure-fingerprint.ts';
import type { LatestVersions, StatedVersion } from '../../shared/domain/vendor-version.ts';
import { toolVersionCheck } from '../../shared/rules/vendor-version.ts';
import type { PackRegistry } from '../packs/pack-registry.ts';
import type { DraftAdviser } from '../requests/draft-advice.ts';
import { requireDraft } from '../requests/require-draft.ts';
import { resetLearning, waiveRule } from '../requests/waive-rule.ts';
import type { ServiceContext } from '../store/service-context.ts';
import type { Handlers } from './handlers.ts';

export type AdviceParts = {
  readonly adviser: DraftAdviser;
  readonly shelf: PackRegistry;
  /** The newest versions the portal in use named; null: it never did. */
  readonly latestVersions: () => LatestVersions | null;
  readonly stateVersion: (productId: string, stated: StatedVersion | null) => void;
};

export type AdviceHandlers = Pick<
  Handlers,
  | 'draftAdvice'
  | 'lookAtPc'
  | 'packStatus'
  | 'replyAdvice'
  | 'resetLearning'
  | 'stateVersion'
  | 'toolVersions'
  | 'waiveRule'
>;

/** What the rules would tell before sending, and of the tools while nothing is written. */
export function adviceHandlers(
  context: ServiceContext,
  { adviser, shelf, latestVersions, stateVersion }: AdviceParts,
): AdviceHandlers {
  return {
    toolVersions: () => {
      const known = latestVersions();
      return context.tools.all().map((tool) => ({ toolId: tool.id, version: toolVersionCheck(tool, known) }));
    },
    stateVersion: ({ productId, stated }) => {
      stateVersion(productId, stated);
      return null;
    },
    draftAdvice: ({ id }) => adviser.advise(requireDraft(context, id)),
    lookAtPc: async () => {
      await adviser.lookAtPc();
      return null;
    },
    waiveRule: ({ id, waiver }) => {
      waiveRule(context, id, waiver);
      return null;
    },
    replyAdvice: ({ ticketId, text }) => {
      const ticket = context.tickets.find(ticketId);
      if (ticket === null) throw new AppFault('notFound');
      const { productId, serial } = context.tickets.productAndSerial(ticketId);
      const about =
        ticket.content === null
          ? fingerprintOfTicket(ticket.text, productId, serial)
          : fingerprintOf(ticket.content, serial);
      return { strays: [...strays(about, fingerprintOfText(text, productId, serial))] };
    },
    packStatus: () => [...shelf.status()],
    resetLearning: () => {
      resetLearning(context);
      return null;
    },
  };
}
