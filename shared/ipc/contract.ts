import { z } from 'zod';
import { wantedPortalSchema } from '../domain/portal-choice.ts';
import { declaredBackupInputSchema } from '../domain/backup.ts';
import { draftContentSchema, draftSchema } from '../domain/draft.ts';
import {
  evidenceCandidateSchema,
  evidencePreviewSchema,
  evidenceSchema,
  watchedFolderSchema,
} from '../domain/evidence.ts';
import {
  candidateIdSchema,
  evidenceIdSchema,
  instantSchema,
  messageIdSchema,
  outboxItemIdSchema,
  sha256Schema,
  ticketIdSchema,
  toolIdSchema,
  typedTicketNumberSchema,
  watchedFolderIdSchema,
} from '../domain/ids.ts';
import { holdSchema } from '../domain/hold.ts';
import { noticeInputSchema } from '../domain/notice.ts';
import { ownWordsSchema, shownWordsSchema } from '../domain/own-words.ts';
import { productIdSchema, productSchema } from '../domain/product.ts';
import { readableText } from '../domain/readable-text.ts';
import { messageSchema } from '../domain/ticket.ts';
import { templateIdSchema, templateNameSchema } from '../domain/template.ts';
import { toolInputSchema, toolSchema } from '../domain/tool.ts';
import { statedVersionSchema, versionCheckSchema } from '../domain/vendor-version.ts';
import { workshopProfileSchema } from '../domain/workshop-profile.ts';
import { packStatusSchema } from '../domain/data-pack.ts';
import { waiverSchema } from '../domain/waiver.ts';
import { duplicateReasons } from '../rules/duplicates.ts';
import { passphraseLeast, passphraseMost } from '../rules/passphrase.ts';
import { draftAdviceSchema } from './advice-views.ts';
import {
  appInfoSchema,
  copyUseSchema,
  storeBackupSchema,
  deletedDataSchema,
  deletionPreviewSchema,
  deletionWordsSchema,
  draftVersionSchema,
  draftViewSchema,
  freezeReportSchema,
  licenceSchema,
  listedEvidenceSchema,
  movedWorkshopSchema,
  manualPackageSchema,
  outboxRowSchema,
  portalStatusSchema,
  removedDraftSchema,
  replyDraftSchema,
  replyMaxChars,
  requestFilterSchema,
  requestSortSchema,
  requestListSchema,
  reviewViewSchema,
  savedWorkshopSchema,
  settingsSchema,
  termsViewSchema,
  ticketViewSchema,
  templateViewSchema,
} from './views.ts';
import { requestPageRows } from './page-rows.ts';
import { knownSiteSchema, sitePlaceSchema, siteViewSchema } from './site-views.ts';
import {
  auditKinds,
  auditPageSchema,
  auditReportSchema,
  liveSessionSchema,
  remoteViewSchema,
} from './remote-views.ts';

const nothing = z.object({}).strict();
const done = z.null();
/** `isOffered` false where this system starts no program by itself. */
const autostartSchema = z.object({ isOffered: z.boolean(), isOn: z.boolean() });
/** A folder that was written, the number of evidence files in it, and the names of those that could not be put there. */
const writtenFolderSchema = z.object({
  folder: z.string(),
  files: z.number().int().nonnegative(),
  missing: z.array(z.string()).readonly(),
});
/** A saved request; `hasPdf` is false where the page beside it could not be printed. */
const savedRequestSchema = writtenFolderSchema.extend({ hasPdf: z.boolean() });
const channel = <I extends z.ZodType, O extends z.ZodType>(
  input: I,
  output: O,
): { readonly input: I; readonly output: O } => ({
  input,
  output,
});

/**
 * The one map of the bridge: every command and query between window and main process, with the schema of what goes in and
 * comes out. Both ends derive their types from it; the main process parses each payload with it (LAW-3).
 */
export const channels = {
  // the app itself
  appInfo: channel(nothing, appInfoSchema),
  saveSettings: channel(settingsSchema.partial(), settingsSchema),
  saveProfile: channel(workshopProfileSchema, workshopProfileSchema),
  productCatalogue: channel(nothing, z.array(productSchema)),
  openExternalLink: channel(z.object({ url: z.string().max(2_048) }), done),
  copyText: channel(z.object({ text: z.string().max(100_000) }), done),
  /** Whether the program starts with the person's session, as the system has it. */
  autostart: channel(nothing, autostartSchema),
  setAutostart: channel(z.object({ on: z.boolean() }), autostartSchema),
  loadSamples: channel(nothing, done),
  dismissStoreNotice: channel(nothing, done),
  dismissNewsNotice: channel(nothing, done),
  backups: channel(nothing, z.array(storeBackupSchema)),
  restoreBackup: channel(z.object({ id: z.string().max(80) }), done),
  /** Everything in one sealed file for another PC; null when no folder was chosen. */
  saveMove: channel(
    z.object({
      passphrase: z.string().min(passphraseLeast).max(passphraseMost),
      holdsQueue: z.boolean(),
    }),
    savedWorkshopSchema.nullable(),
  ),
  /** Such a file, after a look at its first bytes; null when none was chosen. */
  chooseMoveFile: channel(
    nothing,
    z.object({ name: z.string(), sizeBytes: z.number().int().nonnegative() }).nullable(),
  ),
  /** Opens the chosen file beside the store and judges it whole. */
  readMove: channel(z.object({ passphrase: z.string().min(1).max(passphraseMost) }), movedWorkshopSchema),
  /** Puts what was read in the place of everything here, at the restart it begins. */
  takeMove: channel(nothing, done),
  /** Gives up what is under way and forgets what was read. */
  dropMove: channel(nothing, done),
  /** Ends the program in order and starts it again. */
  restartProgram: channel(nothing, done),
  licences: channel(nothing, z.array(licenceSchema)),
  /** Opens the page that lies beside the program: it is far too long for the window. */
  showChromiumLicences: channel(nothing, done),
  /** Shows the folder of the data in the system's own window: always that one. */
  openDataFolder: channel(nothing, done),

  // tools
  tools: channel(nothing, z.array(toolSchema)),
  saveTool: channel(z.object({ id: toolIdSchema.nullable(), tool: toolInputSchema }), toolSchema),
  removeTool: channel(z.object({ id: toolIdSchema }), done),
  /** The latest version of a product as a person read it; null takes it out again (R-VERSION-1). */
  stateVersion: channel(
    z.object({ productId: productIdSchema, stated: statedVersionSchema.nullable() }),
    done,
  ),
  /** Each tool's version against the newest one known (R-VERSION-1). */
  toolVersions: channel(nothing, z.array(z.object({ toolId: toolIdSchema, version: versionCheckSchema }))),

  // evidence
  watchedFolders: channel(nothing, z.array(watchedFolderSchema)),
  addWatchedFolder: channel(nothing, watchedFolderSchema.nullable()),
  enableWatchedFolder: channel(z.object({ id: watchedFolderIdSchema, enabled: z.boolean() }), done),
  removeWatchedFolder: channel(z.object({ id: watchedFolderIdSchema }), done),
  startScan: channel(nothing, z.object({ scanId: z.string() })),
  cancelScan: channel(z.object({ scanId: z.string() }), done),
  freezeCandidates: channel(
    z.object({ candidateIds: z.array(candidateIdSchema).min(1).max(40), tailOfLarge: z.boolean() }),
    freezeReportSchema,
  ),
  chooseFiles: channel(nothing, freezeReportSchema),
  freezeClipboardImage: channel(nothing, evidenceSchema),
  cancelFreeze: channel(nothing, done),
  evidenceList: channel(nothing, z.array(listedEvidenceSchema)),
  evidencePreview: channel(z.object({ evidenceId: evidenceIdSchema }), evidencePreviewSchema),
  /** Shows a file that was found; no copy is made of it. */
  candidatePreview: channel(z.object({ candidateId: candidateIdSchema }), evidencePreviewSchema),
  copyUses: channel(z.object({ evidenceId: evidenceIdSchema }), z.array(copyUseSchema)),
  /** Deletes the bytes of a copy for good, where nothing needs them. */
  removeCopy: channel(z.object({ evidenceId: evidenceIdSchema }), done),

  // drafts
  startDraft: channel(
    z.object({ toolId: toolIdSchema.nullable(), evidenceIds: z.array(evidenceIdSchema).max(20) }),
    draftSchema,
  ),
  /** A draft that is stored with its first edit: a request somebody opened and left untouched is nowhere. */
  beginDraft: channel(z.object({ toolId: toolIdSchema.nullable() }), draftSchema),
  draft: channel(z.object({ id: ticketIdSchema }), draftViewSchema),
  editDraft: channel(
    z.object({
      id: ticketIdSchema,
      baseRevision: z.number().int().nonnegative(),
      content: draftContentSchema,
    }),
    z.object({ revision: z.number().int(), savedAt: instantSchema }),
  ),
  draftVersions: channel(z.object({ id: ticketIdSchema }), z.array(draftVersionSchema)),
  restoreDraftVersion: channel(
    z.object({ id: ticketIdSchema, revision: z.number().int().nonnegative() }),
    draftSchema,
  ),
  removeDraft: channel(z.object({ id: ticketIdSchema }), done),
  /** Removed drafts that can be restored, the newest first. */
  removedDrafts: channel(nothing, z.array(removedDraftSchema)),
  /** Forgets a removed draft for good. */
  forgetDraft: channel(z.object({ id: ticketIdSchema }), done),
  /** Restores a removed draft with its history and everything. */
  bringDraftBack: channel(z.object({ id: ticketIdSchema }), draftSchema),
  /** R-TICKET-5: the second problem of a draft becomes a draft of its own; answers with that one. */
  splitDraft: channel(
    z.object({ id: ticketIdSchema, revision: z.number().int().nonnegative() }),
    draftSchema,
  ),
  /** R-TICKET-5: a reply about another problem becomes a draft; the reply stays as it is. */
  draftFromReply: channel(
    z.object({
      ticketId: ticketIdSchema,
      text: z.string().max(replyMaxChars).transform(readableText),
      evidenceIds: z.array(evidenceIdSchema).max(20),
    }),
    draftSchema,
  ),
  /** A new draft about the same tool and car as another request; of what came of that one it takes nothing. */
  draftFromRequest: channel(z.object({ id: ticketIdSchema }), draftSchema),
  // templates of the workshop's own, by their names
  templates: channel(nothing, z.array(templateViewSchema)),
  /** Keeps what a draft or a request says of its kind of work under a name. */
  saveTemplate: channel(z.object({ from: ticketIdSchema, name: templateNameSchema }), templateViewSchema),
  renameTemplate: channel(z.object({ id: templateIdSchema, name: templateNameSchema }), done),
  removeTemplate: channel(z.object({ id: templateIdSchema }), done),
  draftFromTemplate: channel(z.object({ id: templateIdSchema }), draftSchema),
  /** Plate, customer and a private note beside a draft or a ticket: kept here and never sent by itself. */
  saveOwnWords: channel(z.object({ id: ticketIdSchema, words: ownWordsSchema }), done),

  // requests, review, tickets
  requests: channel(
    z.object({
      filter: requestFilterSchema,
      text: z.string().max(200),
      sort: requestSortSchema.default('moved'),
      /** The other way round. */
      isTurned: z.boolean().default(false),
      offset: z.number().int().nonnegative(),
      limit: z.number().int().min(1).max(requestPageRows).default(requestPageRows),
    }),
    requestListSchema,
  ),
  /** `withOwn`: with the workshop's own plate and customer in the text. */
  review: channel(z.object({ id: ticketIdSchema, withOwn: z.boolean().default(false) }), reviewViewSchema),
  terms: channel(nothing, termsViewSchema),
  importTermsDocument: channel(nothing, termsViewSchema.nullable()),
  acceptTerms: channel(z.object({ version: z.string(), sha256: z.string() }), termsViewSchema),
  /** What the rules would say beside the text before it leaves; blocks nothing (R-VERSION-1, R-EXCL-1). */
  draftAdvice: channel(z.object({ id: ticketIdSchema }), draftAdviceSchema),
  /** Looks at this PC for what the advice rests on; the advice asked for afterwards has it (R-EXCL-1). */
  lookAtPc: channel(nothing, done),
  /** Goes past a warning with a reason, which is recorded; what blocks cannot be waived. */
  waiveRule: channel(z.object({ id: ticketIdSchema, waiver: waiverSchema.omit({ at: true }) }), done),
  /** R-TICKET-5: whether a reply being written is about another problem than its ticket. */
  replyAdvice: channel(
    z.object({ ticketId: ticketIdSchema, text: z.string().max(20_000) }),
    z.object({ strays: z.array(z.enum(duplicateReasons)) }),
  ),
  /** Which data packs are in force, and what was refused. */
  packStatus: channel(nothing, z.array(packStatusSchema)),
  /** Forgets what was learned from operators' questions. */
  resetLearning: channel(nothing, done),
  sendDraft: channel(
    z.object({
      id: ticketIdSchema,
      revision: z.number().int().nonnegative(),
      hold: holdSchema.nullable().default(null),
      /** Plate and customer as the review showed them; null: they stay here. */
      own: shownWordsSchema.nullable().default(null),
    }),
    z.object({ ticketId: ticketIdSchema }),
  ),
  ticket: channel(z.object({ id: ticketIdSchema }), ticketViewSchema),
  markRead: channel(z.object({ id: ticketIdSchema }), done),
  saveReply: channel(
    z.object({
      ticketId: ticketIdSchema,
      text: z.string().max(replyMaxChars).transform(readableText),
      evidenceIds: z.array(evidenceIdSchema).max(20),
    }),
    done,
  ),
  sendReply: channel(
    z.object({ ticketId: ticketIdSchema, hold: holdSchema.nullable().default(null) }),
    messageSchema,
  ),
  closeTicket: channel(z.object({ id: ticketIdSchema }), done),
  /** `unstored`: a draft as it stands in the window where the disk takes no more of it (D1). */
  exportRequest: channel(
    z.object({ id: ticketIdSchema, unstored: draftContentSchema.nullable() }),
    savedRequestSchema.nullable(),
  ),

  // the vendor's web form, by hand
  manualPackage: channel(z.object({ id: ticketIdSchema }), manualPackageSchema),
  /** What the person read on the portal: whose words, when, and whether a session is asked for. Nothing at all is not said. */
  stateWords: channel(
    z.object({
      ticketId: ticketIdSchema,
      name: z.string().transform(readableText).pipe(z.string().trim().min(2).max(120)),
      at: instantSchema,
      text: z.string().max(60_000).transform(readableText),
      asksForSession: z.boolean(),
    }),
    done,
  ),
  withdrawStated: channel(z.object({ id: messageIdSchema }), done),
  setManualNumber: channel(z.object({ id: ticketIdSchema, number: typedTicketNumberSchema }), done),

  // remote sessions: commands answer with the whole wizard as it stands then
  remoteSession: channel(z.object({ ticketId: ticketIdSchema }), remoteViewSchema),
  prepareSession: channel(z.object({ ticketId: ticketIdSchema }), remoteViewSchema),
  leaveSession: channel(nothing, done),
  addBackupFolder: channel(nothing, done),
  chooseBackupFolder: channel(z.object({ id: z.uuid(), chosen: z.boolean() }), done),
  chooseBackupDestination: channel(nothing, done),
  estimateBackup: channel(nothing, done),
  runBackup: channel(z.object({ act: z.enum(['start', 'pause', 'resume', 'cancel']) }), done),
  declareBackup: channel(declaredBackupInputSchema, done),
  withdrawBackup: channel(nothing, done),
  lookAtPrograms: channel(nothing, done),
  keepProgram: channel(z.object({ id: z.string().max(260), kept: z.boolean() }), done),
  askProgramToClose: channel(z.object({ id: z.string().max(260) }), done),
  confirmPrograms: channel(nothing, done),
  checkTeamViewer: channel(nothing, done),
  chooseTeamViewer: channel(nothing, done),
  giveConsent: channel(
    z.object({
      name: z.string().trim().min(2).max(120),
      allowed: z.literal(true),
      backupIsMine: z.literal(true),
      textSha256: sha256Schema,
    }),
    done,
  ),
  refuseConsent: channel(nothing, done),
  launchTeamViewer: channel(nothing, z.object({ launched: z.boolean() })),
  handOverCodes: channel(
    z.object({ id: z.string().max(40), password: z.string().max(80) }),
    z.object({ how: z.enum(['sent', 'shown']) }),
  ),
  liveSession: channel(nothing, liveSessionSchema.nullable()),
  endSession: channel(nothing, done),
  nextEndStep: channel(nothing, done),
  sayEnded: channel(nothing, done),
  retryReceipts: channel(nothing, done),
  saveReceipt: channel(z.object({ receiptId: z.uuid() }), z.object({ folder: z.string() }).nullable()),
  // what is attached is answered with the reply as it is then: the one being written on screen takes it over
  attachReceipt: channel(z.object({ receiptId: z.uuid() }), replyDraftSchema),
  saveBackupReceipt: channel(z.object({ proofId: z.uuid() }), z.object({ folder: z.string() }).nullable()),
  attachBackupReceipt: channel(z.object({ ticketId: ticketIdSchema, proofId: z.uuid() }), replyDraftSchema),

  // what happened on this PC
  auditPage: channel(
    z.object({ kind: z.enum(auditKinds), offset: z.number().int().nonnegative() }),
    auditPageSchema,
  ),
  verifyAudit: channel(nothing, auditReportSchema),
  exportAudit: channel(nothing, z.object({ folder: z.string() }).nullable()),
  /**
   * All that is held on this PC, into a folder the person chooses; null when none was chosen (R-PRIVACY-1). `withOwn`: with plates,
   * customers and private notes.
   */
  exportEverything: channel(
    z.object({ withOwn: z.boolean().default(false) }).strict(),
    writtenFolderSchema.nullable(),
  ),
  /** What this PC holds of one customer, one car or one request, by exactly these words. */
  deletionPreview: channel(z.object({ words: deletionWordsSchema }), deletionPreviewSchema),
  /** Deletes what was previewed (R-PRIVACY-1). */
  deleteData: channel(
    z.object({
      words: deletionWordsSchema,
      ids: z.array(ticketIdSchema).min(1).max(500),
      fromBackups: z.boolean(),
    }),
    deletedDataSchema,
  ),
  /** Forgets the password, and erases everything at the restart it begins. */
  eraseEverything: channel(nothing, done),

  // outbox and portal
  outbox: channel(nothing, z.array(outboxRowSchema)),
  retryOutboxItem: channel(z.object({ id: outboxItemIdSchema }), done),
  removeOutboxItem: channel(z.object({ id: outboxItemIdSchema }), done),
  setOutboxItemAside: channel(z.object({ id: outboxItemIdSchema }), done),
  /** Holds finished work back until then, or until somebody answers; null lets it go (R-TICKET-2). */
  holdOutboxItem: channel(z.object({ id: outboxItemIdSchema, hold: holdSchema.nullable() }), done),
  decideOutboxItem: channel(
    z.object({
      id: outboxItemIdSchema,
      decision: z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('arrived'), number: typedTicketNumberSchema }),
        z.object({ kind: z.literal('send-again') }),
        z.object({ kind: z.literal('carried') }),
      ]),
    }),
    done,
  ),
  portalStatus: channel(nothing, portalStatusSchema),
  syncNow: channel(nothing, done),
  /** A closure or maintenance known from elsewhere, typed in (R-HOURS-2). */
  addNotice: channel(noticeInputSchema, portalStatusSchema),
  removeNotice: channel(z.object({ id: z.string().max(80) }), portalStatusSchema),
  /** What was learnt of the limits of the portal in use is forgotten. */
  forgetLimits: channel(nothing, portalStatusSchema),
  choosePortal: channel(wantedPortalSchema, portalStatusSchema),
  // the portal's web pages
  knownSites: channel(nothing, z.array(knownSiteSchema)),
  openSite: channel(z.object({ id: ticketIdSchema, keepsLogin: z.boolean() }), siteViewSchema),
  siteView: channel(nothing, siteViewSchema.nullable()),
  /** Where the window leaves room for the pages; null: nowhere just now. */
  placeSite: channel(z.object({ place: sitePlaceSchema.nullable() }), done),
  goOnSite: channel(
    z.object({ way: z.enum(['start', 'form', 'ticket', 'back', 'reload', 'page']) }),
    siteViewSchema,
  ),
  lookUpOnSite: channel(nothing, siteViewSchema),
  sayAbsentOnSite: channel(nothing, siteViewSchema),
  fillSite: channel(nothing, siteViewSchema),
  judgeSiteNumber: channel(z.object({ isRight: z.boolean() }), siteViewSchema),
  closeSite: channel(nothing, done),
  forgetSiteLogins: channel(nothing, done),
  saveCredentials: channel(z.object({ password: z.string().min(1).max(200) }), portalStatusSchema),
  removeCredentials: channel(nothing, portalStatusSchema),
  saveProxyLogin: channel(
    z.object({ user: z.string().trim().min(1).max(200), password: z.string().min(1).max(200) }),
    portalStatusSchema,
  ),
  removeProxyLogin: channel(nothing, portalStatusSchema),
} as const;

export type ChannelName = keyof typeof channels;
export type ChannelInput<C extends ChannelName> = z.input<(typeof channels)[C]['input']>;
export type ChannelOutput<C extends ChannelName> = z.output<(typeof channels)[C]['output']>;

/**
 * Files dropped on the window: the preload turns `File` objects into paths, so the page never sees one and cannot name one.
 * Not part of `channels`, because no page code can call it with a path.
 */
export const dropChannel = {
  name: 'freezeDroppedFiles',
  input: z.object({ paths: z.array(z.string().min(1).max(32_768)).min(1).max(40) }),
  output: freezeReportSchema,
} as const;

/** What main tells the window, in the past tense. One channel carries them all. */
export const appEventSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('requestsChanged') }),
  z.object({ kind: z.literal('ticketChanged'), id: ticketIdSchema }),
  z.object({ kind: z.literal('outboxChanged') }),
  z.object({ kind: z.literal('templatesChanged') }),
  z.object({ kind: z.literal('portalStatusChanged') }),
  /** Damage was found, or a backup could not be written, or could again. */
  z.object({ kind: z.literal('storeHealthChanged') }),
  z.object({
    kind: z.literal('candidatesFound'),
    scanId: z.string(),
    candidates: z.array(evidenceCandidateSchema),
    seenEntries: z.number().int(),
  }),
  z.object({
    kind: z.literal('scanFinished'),
    scanId: z.string(),
    seenEntries: z.number().int(),
    outcome: z.enum(['complete', 'cancelled', 'limit', 'time']),
    unreadableFolders: z.number().int(),
  }),
  z.object({
    kind: z.literal('freezeProgressed'),
    name: z.string(),
    copiedBytes: z.number(),
    totalBytes: z.number(),
  }),
  /** Files another program holds and that are tried again and again; empty when none is (D3). */
  z.object({ kind: z.literal('heldFilesChanged'), names: z.array(z.string()) }),
  /** How far a file for another PC, or from one, has come. */
  z.object({ kind: z.literal('moveProgressed'), doneBytes: z.number(), totalBytes: z.number() }),
  z.object({ kind: z.literal('remoteChanged') }),
  /** The portal's pages that stand open: another page, or something filled in. */
  z.object({ kind: z.literal('siteChanged') }),
  /** The bytes of some files went, as the person chose. */
  z.object({ kind: z.literal('evidenceRemoved') }),
  z.object({ kind: z.literal('ticketOpened'), id: ticketIdSchema }),
  /** Somebody asked for a new request outside the window. */
  z.object({ kind: z.literal('newRequestAsked') }),
  /** Language, zoom or the workshop's own data were saved: what speaks outside the window asks anew. */
  z.object({ kind: z.literal('settingsSaved') }),
]);
export type AppEvent = z.infer<typeof appEventSchema>;
