import { readMark } from '../store/audit-repository.ts';
import { storeFolders } from '../store/store-folders.ts';
import type { ServiceContext } from '../store/service-context.ts';
import { type AuditHandlers, auditHandlers } from './audit-handlers.ts';
import type { Handlers } from './handlers.ts';
import type { OpenedRemote } from '../remote/open-remote.ts';

export type RemoteHandlers = Pick<
  Handlers,
  | 'addBackupFolder'
  | 'askProgramToClose'
  | 'attachBackupReceipt'
  | 'attachReceipt'
  | 'checkTeamViewer'
  | 'chooseBackupDestination'
  | 'chooseBackupFolder'
  | 'chooseTeamViewer'
  | 'confirmPrograms'
  | 'declareBackup'
  | 'endSession'
  | 'estimateBackup'
  | 'giveConsent'
  | 'handOverCodes'
  | 'keepProgram'
  | 'launchTeamViewer'
  | 'leaveSession'
  | 'liveSession'
  | 'lookAtPrograms'
  | 'nextEndStep'
  | 'prepareSession'
  | 'refuseConsent'
  | 'remoteSession'
  | 'retryReceipts'
  | 'runBackup'
  | 'saveBackupReceipt'
  | 'saveReceipt'
  | 'sayEnded'
  | 'withdrawBackup'
> &
  AuditHandlers;

export type RemoteHandlerParts = {
  readonly dataFolder: string;
  readonly chooseFolder: () => Promise<string | null>;
  /** The file the person points at; null when they closed the dialog. */
  readonly chooseProgram: () => Promise<string | null>;
};

const done = async (work: unknown): Promise<null> => {
  await work;
  return null;
};

/** A remote session from its preparation to its receipt, and the record of it. */
export function remoteHandlers(
  context: ServiceContext,
  remote: OpenedRemote,
  parts: RemoteHandlerParts,
): RemoteHandlers {
  const { service, backup, receipts, ofBackups, attachment, view } = remote;
  const saveTo = async (
    write: (folder: string) => Promise<unknown>,
  ): Promise<{ readonly folder: string } | null> => {
    const folder = await parts.chooseFolder();
    if (folder === null) return null;
    await write(folder);
    return { folder };
  };
  return {
    ...auditHandlers(context, {
      key: remote.key,
      practises: remote.practises,
      chooseFolder: parts.chooseFolder,
      mark: () => readMark(storeFolders(parts.dataFolder).head),
    }),
    remoteSession: ({ ticketId }) => view(ticketId),
    prepareSession: ({ ticketId }) => {
      service.prepare(ticketId);
      return view(ticketId);
    },
    leaveSession: () => {
      return done(backup.act('cancel').then(service.leave));
    },
    addBackupFolder: () => done(backup.addFolder()),
    chooseBackupFolder: ({ id, chosen }) => done(backup.choose(id, chosen)),
    chooseBackupDestination: () => done(backup.chooseDestination()),
    estimateBackup: () => done(backup.estimate()),
    runBackup: ({ act }) => {
      service.sessions.required();
      return done(backup.act(act));
    },
    declareBackup: (declared) => done(backup.declare(declared)),
    withdrawBackup: () => done(service.withdrawBackup()),
    lookAtPrograms: () => done(service.lookAtPrograms()),
    keepProgram: ({ id, kept }) => done(service.keepProgram(id, kept)),
    askProgramToClose: ({ id }) => done(service.askToClose(id)),
    confirmPrograms: () => done(service.confirmPrograms()),
    checkTeamViewer: () => done(service.checkTool()),
    chooseTeamViewer: async () => {
      const path = await parts.chooseProgram();
      return path === null ? null : done(service.chooseTool(path));
    },
    giveConsent: ({ name, textSha256 }) => done(service.consent(name, textSha256)),
    refuseConsent: () => {
      return done(backup.act('cancel').then(service.refuse));
    },
    launchTeamViewer: async () => ({ launched: await service.launch() }),
    handOverCodes: async (codes) => ({ how: await service.handOver(codes) }),
    liveSession: remote.live,
    endSession: () => done(remote.end()),
    nextEndStep: () => done(service.nextEndStep()),
    sayEnded: () => done(service.sayEnded()),
    retryReceipts: () => done(service.retryReceipts()),
    saveReceipt: ({ receiptId }) => saveTo((folder) => receipts.write(receiptId, folder)),
    attachReceipt: ({ receiptId }) => attachment.attachReceipt(receiptId),
    saveBackupReceipt: ({ proofId }) => saveTo((folder) => ofBackups.write(proofId, folder)),
    attachBackupReceipt: ({ ticketId, proofId }) => attachment.attachBackupReceipt(ticketId, proofId),
  };
}
