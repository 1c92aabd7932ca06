import { join } from 'node:path';
import type { OutboxRow, PortalStatus } from '../../shared/ipc/views.ts';
import { copyRemoval } from '../evidence/copy-removal.ts';
import type { EvidenceServices } from '../evidence/open-evidence.ts';
import { adviceHandlers } from '../ipc/advice-handlers.ts';
import { draftHandlers } from '../ipc/draft-handlers.ts';
import { evidenceHandlers } from '../ipc/evidence-handlers.ts';
import type { DesktopHandlers, Handlers } from '../ipc/handlers.ts';
import { moveHandlers } from '../ipc/move-handlers.ts';
import { noticeHandlers } from '../ipc/notice-handlers.ts';
import { portalHandlers } from '../ipc/portal-handlers.ts';
import { privacyHandlers } from '../ipc/privacy-handlers.ts';
import { queueHandlers } from '../ipc/queue-handlers.ts';
import { remoteHandlers } from '../ipc/remote-handlers.ts';
import { siteHandlers } from '../ipc/site-handlers.ts';
import { requestHandlers } from '../ipc/request-handlers.ts';
import { workshopHandlers } from '../ipc/workshop-handlers.ts';
import type { MoveService } from '../move/move-service.ts';
import type { OutboxSender } from '../outbox/outbox-sender.ts';
import type { LimitService } from '../portal/known-limits.ts';
import type { NoticeService } from '../portal/notice-service.ts';
import { stateVersion } from '../portal/stated-versions.ts';
import type { PortalServices } from '../portal/open-portal-services.ts';
import type { PortalChoiceService } from '../portal/portal-choice.ts';
import type { OpenedRemote } from '../remote/open-remote.ts';
import { deleteData } from '../requests/delete-data.ts';
import { exportRequest } from '../requests/export-request.ts';
import type { SiteService } from '../requests/site-service.ts';
import type { RequestServices } from '../requests/open-requests.ts';
import { importTermsDocument } from '../requests/terms-document.ts';
import type { InForce } from '../requests/terms-in-force.ts';
import type { ServiceContext } from '../store/service-context.ts';
import type { StoreCare } from '../store/store-care.ts';
import type { WorkshopService } from '../workshop/workshop-service.ts';
import type { AppOutside } from './app-outside.ts';

/** The opened rooms, as the channels ask them. */
export type OpenedRooms = {
  readonly workshop: WorkshopService;
  readonly evidence: EvidenceServices;
  readonly ofPortal: PortalServices;
  readonly requests: RequestServices;
  readonly remote: OpenedRemote;
  readonly care: StoreCare;
  readonly moving: MoveService;
  readonly sender: OutboxSender;
  readonly choice: PortalChoiceService;
  readonly limits: LimitService;
  readonly site: SiteService;
  readonly notices: NoticeService;
  readonly terms: () => InForce;
  readonly status: () => Promise<PortalStatus>;
  readonly queue: () => OutboxRow[];
};

/** Every channel that the services over the store answer. */
export type AppHandlers = Omit<Handlers, keyof DesktopHandlers>;

/** One handler for each channel, over the opened rooms. */
export function appHandlers(context: ServiceContext, outside: AppOutside, rooms: OpenedRooms): AppHandlers {
  const { evidence, requests, remote, sender, status } = rooms;
  const { link, portalClock, accounts } = rooms.ofPortal;
  const { store, dataFolder, keychain } = outside;
  const { chooseFolder, chooseFiles } = outside.evidence.dialogs;
  return {
    ...workshopHandlers(context, {
      ...outside,
      health: store.health,
      ...rooms.care.standing,
      folders: store.folders,
      service: rooms.workshop,
    }),
    ...adviceHandlers(context, {
      adviser: requests.advice,
      shelf: outside.packs,
      latestVersions: requests.latestVersions,
      stateVersion: (productId, stated) => stateVersion(context, link, productId, stated),
    }),
    ...draftHandlers(context, requests.drafting, evidence.files.facts),
    ...evidenceHandlers(evidence, copyRemoval(context, evidence, outside.log)),
    ...requestHandlers(context, {
      sending: requests.sending,
      tickets: requests.tickets,
      link,
      terms: rooms.terms,
      portalClock,
      sender: rooms.sender,
      importDocument: async () => {
        const [path] = await chooseFiles();
        return path === undefined
          ? null
          : importTermsDocument(path, join(dataFolder, 'terms'), context.clock.instant());
      },
      exportTo: async (request) => {
        const folder = await chooseFolder();
        return folder === null
          ? null
          : exportRequest(folder, request, {
              frozenFiles: evidence.files,
              printPdf: outside.remote.printPdf,
            });
      },
    }),
    ...remoteHandlers(context, remote, {
      dataFolder,
      chooseFolder,
      chooseProgram: outside.remote.chooseProgram,
    }),
    ...privacyHandlers(context, {
      sending: requests.sending,
      db: store.db,
      dataFolder,
      frozenFiles: evidence.files,
      chooseFolder,
      keychain,
      onRestart: outside.onRestart,
      deletion: deleteData(context, {
        store,
        evidence,
        isSessionLive: () => remote.live() !== null,
        log: outside.log,
      }),
      isSessionLive: () => remote.live() !== null,
      accounts: accounts.all,
      eraseSiteLogins: rooms.site.eraseLogins,
    }),
    ...portalHandlers({
      choice: rooms.choice,
      limits: rooms.limits,
      status,
      queue: rooms.queue,
      sender,
      schedule: requests.schedule,
    }),
    ...queueHandlers(context, { sender, portalClock, tickets: requests.tickets }),
    ...siteHandlers(rooms.site),
    ...moveHandlers(rooms.moving),
    ...noticeHandlers(rooms.notices, status),
  };
}
