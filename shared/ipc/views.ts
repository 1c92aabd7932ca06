import { z } from 'zod';
import { appErrorSchema } from '../domain/app-error-schema.ts';
import { draftSchema, requestTypeSchema } from '../domain/draft.ts';
import { copyUseKinds } from '../domain/copy-use.ts';
import { evidenceSchema } from '../domain/evidence.ts';
import { fileReceiptSchema } from '../domain/file-receipt.ts';
import {
  candidateIdSchema,
  instantSchema,
  languageSchema,
  outboxItemIdSchema,
  sha256Schema,
  ticketIdSchema,
  ticketNumberSchema,
} from '../domain/ids.ts';
import { holdSchema } from '../domain/hold.ts';
import { learntLimitSchema } from '../domain/learnt-limit.ts';
import { noticeSchema } from '../domain/notice.ts';
import { ownWordsSchema, shownWordsSchema } from '../domain/own-words.ts';
import { outboxItemSchema, outboxStateSchema, outboxWorkSchema } from '../domain/outbox-item.ts';
import { portalStateSchema, portalWhySchema } from '../domain/portal-state.ts';
import type { ManualPackage } from '../rules/manual-package.ts';
import { messageSchema, ticketSchema, ticketStateSchema, ticketTextSchema } from '../domain/ticket.ts';
import { ticketLineSchema } from '../domain/ticket-line.ts';
import { deskSchema, realmSchema } from '../domain/portal-choice.ts';
import { rowKinds } from '../domain/row-kinds.ts';
import { productIdSchema } from '../domain/product.ts';
import { templateIdSchema, templateNameSchema } from '../domain/template.ts';
import { waitReasonSchema } from '../domain/wait-reason.ts';
import { zoomSteps } from '../domain/zoom.ts';
import { workshopProfileSchema } from '../domain/workshop-profile.ts';
import { requestPageRows } from './page-rows.ts';
import { keptFilesSchema } from '../rules/retention.ts';

/** A copy of the whole store, made by itself; `id` is its file name, never a path. */
export const storeBackupSchema = z.object({
  id: z.string(),
  reason: z.enum(['quarter', 'daily', 'weekly', 'migration', 'moved']),
  at: instantSchema,
  sizeBytes: z.number().int().nonnegative(),
});
export type StoreBackupView = z.infer<typeof storeBackupSchema>;

/** A file for another PC that was written; `held`: how much of the queue was set aside here. `hasKey` false where the keychain kept the key of the receipts to itself. */
export const savedWorkshopSchema = z.object({
  folder: z.string(),
  name: z.string(),
  sizeBytes: z.number().int().nonnegative(),
  files: z.number().int().nonnegative(),
  missing: z.array(z.string()).readonly(),
  hasKey: z.boolean(),
  held: z.number().int().nonnegative(),
});
export type SavedWorkshop = z.infer<typeof savedWorkshopSchema>;

/** What a file from another PC holds, and what of this PC it would take the place of. `lacking`: files the other PC had lost itself. */
export const movedWorkshopSchema = z.object({
  company: z.string(),
  savedAt: instantSchema,
  requests: z.number().int().nonnegative(),
  waiting: z.number().int().nonnegative(),
  files: z.number().int().nonnegative(),
  lacking: z.number().int().nonnegative(),
  requestsHere: z.number().int().nonnegative(),
  waitingHere: z.number().int().nonnegative(),
});
export type MovedWorkshop = z.infer<typeof movedWorkshopSchema>;

/** A plate, a chassis number, a customer or the number of a request. */
export const deletionWordsSchema = z.string().trim().min(2).max(120);

/** What would go from this PC; `sessions` stay, for their receipts prove what was agreed to. */
export const deletionPreviewSchema = z.object({
  requests: z.array(
    z.object({
      id: ticketIdSchema,
      kind: z.enum(['request', 'draft', 'removed']),
      title: z.string(),
      number: z.string().nullable(),
      isQueued: z.boolean(),
    }),
  ),
  further: z.number().int().nonnegative(),
  files: z.number().int().nonnegative(),
  sessions: z.number().int().nonnegative(),
});
export type DeletionPreview = z.infer<typeof deletionPreviewSchema>;

export const deletedDataSchema = z.object({
  requests: z.number().int().nonnegative(),
  files: z.number().int().nonnegative(),
  backups: z.number().int().nonnegative(),
});
export type DeletedData = z.infer<typeof deletedDataSchema>;

/** A component that ships with the program, for the about box. */
export const licenceSchema = z.object({
  name: z.string(),
  version: z.string(),
  licence: z.string(),
  text: z.string(),
});
export type Licence = z.infer<typeof licenceSchema>;

export const requestFilterSchema = z.enum(['all', 'you', 'waiting', 'drafts', 'vendor', 'closed']);
export type RequestFilter = z.infer<typeof requestFilterSchema>;

/** What the list of requests can be put in order by; `moved` newest first, the others from A, the smallest number first. */
export const requestSortSchema = z.enum(['number', 'tool', 'vehicle', 'subject', 'state', 'moved']);
export type RequestSort = z.infer<typeof requestSortSchema>;

/** A filter and words a person looks for again and again. */
export const savedSearchSchema = z.object({
  filter: requestFilterSchema,
  text: z.string().trim().min(1).max(200),
});
export type SavedSearch = z.infer<typeof savedSearchSchema>;
export const savedSearchesMost = 12;

export const themeSchema = z.enum(['system', 'light', 'dark']);
/** What a person may be told of while they do not look at the program. */
export const notificationsSchema = z.object({
  /** A request got its number. */
  numbers: z.boolean(),
  /** Support answered. */
  answers: z.boolean(),
  /** An operator asks for a remote session. */
  sessions: z.boolean(),
});
export type Notifications = z.infer<typeof notificationsSchema>;

export const settingsSchema = z.object({
  language: languageSchema,
  theme: themeSchema,
  largeControls: z.boolean(),
  /** In percent of the size the pages are made in. */
  zoom: z.literal([...zoomSteps]),
  /** False where the portal turned out to refuse tickets outside staffed hours; else they go at once (R-TICKET-2, R-HOURS-5). */
  sendOutsideHours: z.boolean(),
  /** How long the files of closed requests stay on this PC (R-PRIVACY-1). */
  keptFiles: keptFilesSchema,
  /** Which news come as a notification of the desktop; what is on screen and the vendor's e-mail are not touched by it. */
  notifications: notificationsSchema,
  savedSearches: z.array(savedSearchSchema).max(savedSearchesMost),
});
export type Settings = z.infer<typeof settingsSchema>;

/**
 * How the store came up. Anything but `healthy` is told in a banner. `gone`: not there although its past was; `lost`: sound, but without
 * its last entries (FINDING-3); `chosen`: a person went back to a backup; `moved`: it was brought from another PC; `mended`: what was around its tables was put right and nothing is
 * missing; `unsure`: the store stays as it is, and nobody can tell whether the backup of `backupAt`, which holds more entries, is newer.
 * `backupAt` null after `damaged` and `gone`: there was no good backup, and the store began empty. The kind `damaged`: a check that went on
 * beside the program has found damage, and the next start restores.
 */
export const storeHealthSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('healthy') }),
  z.object({ kind: z.literal('read-only'), error: appErrorSchema }),
  z.object({ kind: z.literal('damaged') }),
  z.object({
    kind: z.literal('restored'),
    cause: z.enum(['damaged', 'gone', 'lost', 'chosen', 'mended', 'unsure', 'moved']),
    backupAt: instantSchema.nullable(),
    missingEntries: z.number().int().nonnegative(),
    quarantineFolder: z.string(),
  }),
]);
export type StoreHealth = z.infer<typeof storeHealthSchema>;

export const appInfoSchema = z.object({
  appVersion: z.string(),
  runtime: z.string(),
  platform: z.string(),
  /** The system with its version and the kind of processor. */
  system: z.string(),
  settings: settingsSchema,
  profile: workshopProfileSchema.nullable(),
  /** A profile is stored and cannot be read any more: `profile` is null, and this PC is not new all the same. */
  isProfileUnreadable: z.boolean(),
  maskedEmail: z.string().nullable(),
  storeHealth: storeHealthSchema,
  /** Why the last backup of the store could not be written; null since one could. */
  backupFailure: appErrorSchema.nullable(),
  /** Rows of each kind that the store cannot read any more. */
  unreadable: z.record(z.enum(rowKinds), z.number().int().nonnegative()),
  /** A whole check found rows that name others which are not there: sound to read, but something is missing from them. */
  hasOrphans: z.boolean(),
  dataFolder: z.string(),
  hasSamples: z.boolean(),
});
export type AppInfo = z.infer<typeof appInfoSchema>;

const limitOriginSchema = z.enum(['own', 'announced', 'learnt']);

/** What is known of the portal right now. `lastContactAt` null: never reached since it was chosen. */
export const portalStatusSchema = z.object({
  realm: realmSchema,
  label: z.string(),
  /** As it was chosen; null where there is none to choose. */
  address: z.string().nullable(),
  /** What was said beside it; null where nothing is asked. */
  desk: deskSchema.nullable(),
  /** Map of the pages that open here; null where none do, empty where nobody said which. */
  map: z.string().nullable(),
  /** False where a lost answer cannot be looked up, as far as is known: then a person is asked. */
  looksUp: z.boolean(),
  /** The proxy on the way to the portal and whether a login for it is kept; null: none. */
  proxy: z.object({ address: z.string(), login: z.enum(['present', 'absent', 'unavailable']) }).nullable(),
  reach: z.enum(['never', 'reached', 'unreachable', 'by-hand']),
  mode: z.enum(['open', 'read-only', 'maintenance']),
  lastContactAt: instantSchema.nullable(),
  lastError: appErrorSchema.nullable(),
  credentials: z.enum(['present', 'absent', 'unavailable', 'not-needed']),
  /** Why nothing at all goes, and until when by itself: null where no end is known or only the person brings it; null: it goes. */
  queueWait: z.object({ reason: appErrorSchema, until: instantSchema.nullable() }).nullable(),
  waiting: z.number().int().nonnegative(),
  /** Requests with work that waits for another portal address or customer than the one in use. */
  elsewhere: z.number().int().nonnegative(),
  /** The portal's news: entries kept aside that nobody was told of, and whether it cannot be brought to tell more. */
  news: z.object({ aside: z.number().int().nonnegative(), isStuck: z.boolean() }),
  /** Portal clock minus PC clock, milliseconds; null until an answer carried a date. */
  clockOffsetMs: z.number().nullable(),
  /** What one request may carry here: this program's limits or the portal's lower ones; `learnt` with when a refusal taught them. */
  limits: z.object({
    fileBytes: z.number().int(),
    ticketBytes: z.number().int(),
    files: z.number().int(),
    textBytes: z.number().int().nullable(),
    fileFrom: limitOriginSchema,
    ticketFrom: limitOriginSchema,
    learnt: z.array(learntLimitSchema),
  }),
  /** Those a person is shown, soonest first, and how many more the portal announced. */
  notices: z.array(noticeSchema),
  furtherNotices: z.number().int().nonnegative(),
  /** By calendar, notices and the portal's own word, on the portal's clock where the PC's is wrong (R-HOURS-1 to R-HOURS-5). */
  state: portalStateSchema,
  /** When another state begins; null where no end is known. */
  until: instantSchema.nullable(),
  why: portalWhySchema,
  /** False while what is sent waits here: closed, or outside hours where those are to be kept; `takesFrom` null where no end is known. */
  takes: z.boolean(),
  takesFrom: instantSchema.nullable(),
  /** When somebody answers from now on; now where somebody does, null where nobody can tell. */
  staffedFrom: instantSchema.nullable(),
  /** Today in Italy from midnight to midnight, in stretches that touch; empty while no calendar is known. */
  dayLine: z.array(
    z.object({ from: instantSchema, to: instantSchema, state: portalStateSchema, why: portalWhySchema }),
  ),
  /** Holidays, closures and maintenance of the next fourteen days, soonest first, and how many more (R-HOURS-2); `to` null where no end is announced. */
  ahead: z.array(
    z.object({
      from: instantSchema,
      to: instantSchema.nullable(),
      why: portalWhySchema,
      /** What the announcement says of itself; null for a holiday, whose name is in the reason. */
      title: noticeSchema.shape.title.nullable(),
    }),
  ),
  furtherAhead: z.number().int().nonnegative(),
  /** Remote sessions of that day, oldest first; `endedAt` null while one goes on. */
  sessions: z.array(
    z.object({
      number: ticketNumberSchema.nullable(),
      startedAt: instantSchema,
      endedAt: instantSchema.nullable(),
    }),
  ),
});
export type PortalStatus = z.infer<typeof portalStatusSchema>;

/** Whose move it is, from the portal's state and the outbox; never guessed from elapsed time. */
export const turnSchema = z.enum(['you', 'vendor', 'portal', 'nobody']);

/** One line of the list of requests: drafts, waiting, open and closed ones alike. */
export const requestRowSchema = z.object({
  id: ticketIdSchema,
  stage: z.enum(['draft', 'waiting', 'ticket']),
  number: ticketNumberSchema.nullable(),
  realm: realmSchema.nullable(),
  title: z.string(),
  productName: z.string(),
  serial: z.string(),
  vehicle: z.string(),
  /** The workshop's own words, empty where there are none. */
  plate: z.string(),
  customer: z.string(),
  state: ticketStateSchema.nullable(),
  outboxState: outboxStateSchema.nullable(),
  turn: turnSchema,
  unread: z.number().int().nonnegative(),
  metRules: z.number().int().nonnegative(),
  allRules: z.number().int().nonnegative(),
  lastMessage: z.string(),
  /** The operator in charge who asked for a remote session that is not over yet (R-REMOTE-1); null when nobody did. */
  sessionAskedBy: z.string().max(120).nullable(),
  updatedAt: instantSchema,
});
export type RequestRow = z.infer<typeof requestRowSchema>;

/**
 * One page, newest move first. `total` counts what matches filter and text; `counts` what each filter holds without the text. What
 * somebody edited by hand or a disk changed stays in the store and is left out; how much that is stands in `AppInfo.unreadable`.
 */
export const requestListSchema = z.object({
  rows: z.array(requestRowSchema).max(requestPageRows),
  total: z.number().int().nonnegative(),
  counts: z.record(requestFilterSchema, z.number().int().nonnegative()),
  /** Drafts that were removed and can be restored. */
  removed: z.number().int().nonnegative(),
  /** Requests of other portals than the one in use, which this list leaves out; `label` the host of its address, or the customer code where a person carries. */
  elsewhere: z
    .array(z.object({ realm: realmSchema, label: z.string(), count: z.number().int().positive() }))
    .max(requestPageRows),
});
export type RequestList = z.infer<typeof requestListSchema>;

/** A request another one was begun from. `name`: its number, else its title, which may be empty. */
export const requestOriginSchema = z.object({
  id: ticketIdSchema,
  stage: z.enum(['draft', 'ticket']),
  name: z.string(),
});
export type RequestOrigin = z.infer<typeof requestOriginSchema>;

/** A removed draft; `title` may be empty. Until `staysUntil` it stays at least, longer where nobody can tell the time. */
export const removedDraftSchema = z.object({
  id: ticketIdSchema,
  title: z.string(),
  productId: z.string(),
  removedAt: instantSchema,
  staysUntil: instantSchema,
});
export type RemovedDraftView = z.infer<typeof removedDraftSchema>;

/** A template as it is offered: its name, and what it is about. */
export const templateViewSchema = z.object({
  id: templateIdSchema,
  name: templateNameSchema,
  productId: productIdSchema.nullable(),
  requestType: requestTypeSchema.nullable(),
});
export type TemplateView = z.infer<typeof templateViewSchema>;

export const draftViewSchema = z.object({
  draft: draftSchema,
  evidence: z.array(evidenceSchema),
  origin: requestOriginSchema.nullable(),
  own: ownWordsSchema,
});
export type DraftView = z.infer<typeof draftViewSchema>;

export const draftVersionSchema = z.object({
  revision: z.number().int().nonnegative(),
  savedAt: instantSchema,
  title: z.string(),
  changedFields: z.number().int().nonnegative(),
});
export type DraftVersion = z.infer<typeof draftVersionSchema>;

/** The official terms as this person has them: a copy kept here under its hash. */
export const termsDocumentSchema = z.object({
  name: z.string().max(260),
  sha256: sha256Schema,
  importedAt: instantSchema,
});
export type TermsDocument = z.infer<typeof termsDocumentSchema>;

/** The terms as the portal (or the bundled pack) names them, with what was accepted before. */
export const termsViewSchema = z.object({
  version: z.string(),
  sha256: z.string(),
  url: z.url(),
  /** Our own words, one point a rule, from `resources/terms.json`; empty for a version this program does not know yet. */
  summary: z.array(z.object({ ruleId: z.string(), it: z.string(), en: z.string() })),
  acceptedAt: instantSchema.nullable(),
  /** Null until the person brought the official document in. */
  document: termsDocumentSchema.nullable(),
});
export type TermsView = z.infer<typeof termsViewSchema>;

/** Exactly what would leave the PC, and the files' own reason where they cannot go. */
export const reviewViewSchema = z.object({
  draft: draftSchema,
  text: ticketTextSchema,
  /** The body line by line with where each is written. */
  lines: z.array(ticketLineSchema),
  files: z.array(evidenceSchema),
  /** The workshop's own plate and customer, which are in the text only where that was asked for. */
  own: shownWordsSchema,
  /** Why these files cannot go together: too many, too large; null when they can. */
  fileProblem: appErrorSchema.nullable(),
  /** Why the portal would refuse the words, by what it refused before; null where nothing is known against them. */
  textProblem: appErrorSchema.nullable(),
  /** Null where requests go to a portal that asks for none. */
  terms: termsViewSchema.nullable(),
  recipient: z.string(),
  realm: realmSchema,
  delivery: z.enum(['now', 'queue', 'by-hand']),
  /** When the queue is expected to go; null when at once, by hand, or nobody announced an end. */
  goesAt: instantSchema.nullable(),
});
export type ReviewView = z.infer<typeof reviewViewSchema>;

export const outboxRowSchema = z.object({
  id: outboxItemIdSchema,
  ticketId: ticketIdSchema,
  title: z.string(),
  number: ticketNumberSchema.nullable(),
  work: outboxWorkSchema,
  fileName: z.string().nullable(),
  state: outboxStateSchema,
  attempts: z.number().int(),
  nextTryAt: instantSchema.nullable(),
  lastError: appErrorSchema.nullable(),
  createdAt: instantSchema,
  /** Bytes already on the portal of an upload under way; null when not uploading. */
  sentBytes: z.number().nullable(),
  /** Why it does not move; null while it is under way. */
  waitReason: waitReasonSchema.nullable(),
  /** How a person holds this very item back; null for what only waits behind such a one. */
  hold: holdSchema.nullable(),
  /** When it is expected to go; null when at once or nobody can tell. */
  goesAt: instantSchema.nullable(),
  /** Other requests of this portal that go before it (R-TICKET-2). */
  before: z.number().int().nonnegative(),
  totalBytes: z.number().nullable(),
});
export type OutboxRow = z.infer<typeof outboxRowSchema>;

/** As long as a portal takes it. */
export const replyMaxChars = 60_000;
export const replyDraftSchema = z.object({
  text: z.string().max(replyMaxChars),
  evidence: z.array(evidenceSchema),
});
export type ReplyDraft = z.infer<typeof replyDraftSchema>;

export const ticketViewSchema = z.object({
  ticket: ticketSchema,
  row: requestRowSchema,
  messages: z.array(messageSchema),
  evidence: z.array(evidenceSchema),
  outbox: z.array(outboxItemSchema),
  /** What the portal confirmed of the files that reached it, in its order. */
  fileReceipts: z.array(fileReceiptSchema),
  origin: requestOriginSchema.nullable(),
  own: ownWordsSchema,
  reply: replyDraftSchema,
});
export type TicketView = z.infer<typeof ticketViewSchema>;

/** One place that names a copy. `request`: its number, else its title, which may be empty. While `isNeeded` the copy cannot be deleted. */
export const copyUseSchema = z.object({
  kind: z.enum(copyUseKinds),
  ticketId: ticketIdSchema,
  request: z.string(),
  isNeeded: z.boolean(),
});
export type CopyUse = z.infer<typeof copyUseSchema>;

/** A frozen copy in the list of all; `onRequest` when a draft or a request names it. */
export const listedEvidenceSchema = evidenceSchema.extend({ onRequest: z.boolean() });
export type ListedEvidence = z.infer<typeof listedEvidenceSchema>;

/**
 * Result of taking several files at once: what worked and what did not, each by name. `candidateId` is there when another try can
 * help, as with a file over the limit whose end may be taken (`freezeCandidates` with `tailOfLarge`).
 */
export const freezeReportSchema = z.object({
  frozen: z.array(evidenceSchema),
  refused: z.array(
    z.object({ name: z.string(), error: appErrorSchema, candidateId: candidateIdSchema.optional() }),
  ),
});
export type FreezeReport = z.infer<typeof freezeReportSchema>;

export const manualPackageSchema: z.ZodType<ManualPackage> = z.object({
  blocks: z.array(
    z.object({
      label: z.enum(['product', 'tool', 'subject', 'description', 'attachments']),
      text: z.string(),
    }),
  ),
  files: z.array(evidenceSchema),
  portalUrl: z.url(),
});
