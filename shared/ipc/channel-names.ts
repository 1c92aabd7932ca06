import type { ChannelName } from './contract.ts';

/**
 * The names alone, for the preload: it must stay small and free of schemas. `satisfies` and the test
 * `channel names match the map` keep it equal to `channels`.
 */
export const channelNames = [
  'appInfo', 'saveSettings', 'saveProfile', 'productCatalogue', 'openExternalLink', 'copyText', 'loadSamples', 'dismissStoreNotice', 'backups', 'restoreBackup', 'restartProgram', 'licences',
  'tools', 'saveTool', 'removeTool',
  'watchedFolders', 'addWatchedFolder', 'enableWatchedFolder', 'removeWatchedFolder', 'startScan', 'cancelScan', 'freezeCandidates', 'chooseFiles', 'freezeClipboardImage', 'cancelFreeze', 'evidenceList', 'evidencePreview',
  'startDraft', 'draft', 'editDraft', 'draftVersions', 'restoreDraftVersion', 'removeDraft',
  'requests', 'review', 'terms', 'importTermsDocument', 'acceptTerms', 'draftAdvice', 'waiveRule', 'replyAdvice', 'resetLearning', 'packStatus', 'sendDraft', 'ticket', 'markRead', 'saveReply', 'sendReply', 'closeTicket', 'exportRequest',
  'manualPackage', 'setManualNumber',
  'remoteSession', 'prepareSession', 'leaveSession', 'addBackupFolder', 'chooseBackupFolder', 'chooseBackupDestination', 'estimateBackup', 'runBackup', 'declareBackup', 'withdrawBackup',
  'lookAtPrograms', 'keepProgram', 'askProgramToClose', 'confirmPrograms', 'checkTeamViewer', 'chooseTeamViewer', 'giveConsent', 'refuseConsent', 'launchTeamViewer', 'handOverCodes',
  'liveSession', 'endSession', 'nextEndStep', 'sayEnded', 'saveReceipt', 'attachReceipt', 'saveBackupReceipt', 'attachBackupReceipt', 'auditPage', 'verifyAudit', 'exportAudit', 'exportEverything', 'eraseEverything',
  'outbox', 'retryOutboxItem', 'removeOutboxItem', 'decideOutboxItem', 'portalStatus', 'syncNow', 'addNotice', 'removeNotice', 'choosePortal', 'saveCredentials', 'removeCredentials', 'saveProxyLogin', 'removeProxyLogin',
] as const satisfies readonly ChannelName[];

type Missing = Exclude<ChannelName, (typeof channelNames)[number]>;
/** Fails to compile when a channel of the map is not listed above. */
export const everyChannelIsListed: Missing extends never ? true : Missing = true;

/** Channel of the events and of dropped files; beside the map so that no name is written twice. */
export const eventChannel = 'appEvent';
export const dropChannelName = 'freezeDroppedFiles';
