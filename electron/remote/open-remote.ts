import { join } from 'node:path';
import type { Language } from '../../shared/domain/ids.ts';
import { portalKinds } from '../../shared/domain/portal-kind.ts';
import { type BackupService, backupService } from './backup/backup-service.ts';
import { realDrives } from './backup/drives.ts';
import { onOwnDisk } from '../evidence/source-fault.ts';
import { flushVolume } from '../platform/linux/flush-volume.ts';
import { whileHeld } from '../platform/locked-file-retry.ts';
import type { Codes } from './session-codes.ts';
import type { OpenPrograms } from './open-programs.ts';
import { type KeyAnswer, keychainKey, practiceKey } from './proof/signing-key.ts';
import { type BackupReceipts, backupReceipts } from './backup-receipts.ts';
import {
  type ReceiptAttachment,
  type ReceiptAttachmentParts,
  receiptAttachment,
} from './receipt-attachment.ts';
import { type ReceiptService, receiptService } from './receipt-service.ts';
import { type RemoteService, remoteService } from './remote-service.ts';
import type { RemoteTool } from './remote-tool.ts';
import { type SessionViews, sessionViews } from './session-views.ts';
import type { PortalClock } from '../portal/portal-clock.ts';
import type { PortalLink } from '../portal/portal-link.ts';
import type { TicketService } from '../requests/ticket-service.ts';
import type { ServiceContext } from '../store/service-context.ts';
import type { Keychain } from '../secrets/keychain.ts';

/** What a remote session needs from outside; the tests hand in the same, without a window. */
export type RemoteOutside = {
  readonly tool: RemoteTool;
  readonly practiceTool: RemoteTool;
  readonly programs: OpenPrograms;
  readonly printPdf: (html: string) => Promise<Uint8Array>;
  readonly clearClipboard: (codes: Codes) => Promise<void>;
  /** By name; null when the system does not say. */
  readonly installedPrograms: () => Promise<readonly string[] | null>;
  readonly onLive: (live: boolean) => void;
  readonly watchEveryMs: number;
  /** The file the person points at; null when they closed the dialog. */
  readonly chooseProgram: () => Promise<string | null>;
  /** The built `backup.worker`. */
  readonly backupWorker: string | URL;
};

export type OpenRemoteParts = {
  readonly outside: RemoteOutside;
  readonly dataFolder: string;
  readonly link: PortalLink;
  readonly portalClock: PortalClock;
  readonly keychain: Keychain;
  /** Folders in which the tools leave their files. */
  readonly toolFolders: () => Promise<readonly string[]>;
  /** Freezes a file that this program wrote itself. */
  readonly takeOwn: ReceiptAttachmentParts['takeOwn'];
  readonly tickets: TicketService;
  readonly chooseFolder: () => Promise<string | null>;
  readonly random: () => number;
  readonly log: (error: unknown) => string;
};

export type OpenedRemote = {
  readonly service: RemoteService;
  readonly backup: BackupService;
  readonly receipts: ReceiptService;
  readonly ofBackups: BackupReceipts;
  readonly attachment: ReceiptAttachment;
  readonly view: SessionViews['view'];
  /** The session under way, null without one. */
  readonly live: SessionViews['live'];
  /** Key that signs receipts and the audit; practice has one of its own. */
  readonly key: (practice: boolean) => Promise<KeyAnswer>;
  readonly practises: () => boolean;
  /** Ends the session under way, as its button does. */
  readonly end: () => Promise<void>;
  /** As `RemoteService.resume`. */
  readonly resume: () => void;
  readonly start: () => void;
  readonly stop: () => Promise<void>;
};

/** A key that was found is not asked for again: some keychains answer slowly. */
function rememberedKey(
  keychain: Keychain,
  account: () => string,
  practiceFile: string,
): (practice: boolean) => Promise<KeyAnswer> {
  let real: KeyAnswer | null = null;
  return async (practice) => {
    if (practice)
      return { kind: 'ready', key: await onOwnDisk(() => whileHeld(() => practiceKey(practiceFile))) };
    if (real?.kind !== 'ready') real = await keychainKey(keychain, account());
    return real;
  };
}

/** The services of a remote session, wired together. */
export function openRemote(context: ServiceContext, parts: OpenRemoteParts): OpenedRemote {
  const { outside, link } = parts;
  const language = (): Language => context.profile.settings().language;
  const key = rememberedKey(
    parts.keychain,
    context.remote.signingAccount,
    join(parts.dataFolder, 'practice', 'signing-key.txt'),
  );
  const practises = (): boolean => portalKinds[link.realm()].isPractice;
  const tool = (practice: boolean): RemoteTool => (practice ? outside.practiceTool : outside.tool);
  const receiptFolder = join(parts.dataFolder, 'receipts');
  const receipts = receiptService({
    context,
    folder: receiptFolder,
    printPdf: outside.printPdf,
    language,
    toolFolders: parts.toolFolders,
    installedPrograms: outside.installedPrograms,
  });
  const ofBackups = backupReceipts({
    context,
    printPdf: outside.printPdf,
    language,
    key: () => key(practises()),
  });
  const service: RemoteService = remoteService({
    context,
    link,
    tool,
    key,
    receipts,
    language,
    log: parts.log,
    programs: outside.programs,
    hours: () => parts.portalClock.state().state,
    installedPrograms: outside.installedPrograms,
    clearClipboard: outside.clearClipboard,
    onLive: outside.onLive,
    watchEveryMs: outside.watchEveryMs,
  });
  const backup: BackupService = backupService({
    drives: realDrives,
    workerFile: outside.backupWorker,
    flushVolume,
    clock: context.clock,
    random: parts.random,
    log: parts.log,
    chooseFolder: parts.chooseFolder,
    scratchFolder: join(parts.dataFolder, 'scratch'),
    suggested: async () => [
      ...(await parts.toolFolders()).map((path) => ({ path, origin: 'tool' as const })),
      { path: join(parts.dataFolder, 'evidence'), origin: 'app' as const },
    ],
    onProved: service.proved,
    onChange: () => context.publish({ kind: 'remoteChanged' }),
  });

  const { view, live } = sessionViews({
    context,
    link,
    service,
    backup,
    receipts,
    key,
    language,
    practises,
    shownCodes: (practice) => tool(practice).shownCodes(),
  });
  const attachment = receiptAttachment({
    context,
    receipts,
    ofBackups,
    receiptFolder,
    language,
    takeOwn: parts.takeOwn,
    tickets: parts.tickets,
  });
  return {
    service,
    backup,
    receipts,
    ofBackups,
    attachment,
    view,
    live,
    key,
    practises,
    end: async () => void (await service.end()),
    resume: service.resume,
    start: service.start,
    stop: async () => {
      service.stop();
      await backup.stop();
    },
  };
}
