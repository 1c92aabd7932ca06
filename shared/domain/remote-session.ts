import { z } from 'zod';
import { ticketNumberSchema } from './ids.ts';
import { portalStateSchema } from './portal-state.ts';

/** What the ticket says now (R-REMOTE-1). `asked`: the operator in charge asked for a session and none was held since. */
export const ticketFactsSchema = z.object({
  number: ticketNumberSchema.nullable(),
  operator: z.string().min(1).max(120).nullable(),
  asked: z.boolean(),
  /** Who is in charge and what they asked for was written down here by a person, and not told by the portal. */
  stated: z.literal(true).optional(),
  open: z.boolean(),
  hours: portalStateSchema,
});
export type TicketFacts = z.infer<typeof ticketFactsSchema>;

/** The executable that was checked, by what it was: launching another file is launching nothing that was checked (R-REMOTE-2). */
export const verifiedToolSchema = z.object({
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  version: z.string().max(40),
  checkedMs: z.number(),
});
/** Bound to everything it was given for: another operator, ticket or backup needs another consent (R-REMOTE-3). */
export const givenConsentSchema = z.object({
  recordId: z.uuid(),
  number: ticketNumberSchema,
  operator: z.string().min(1).max(120),
  backupId: z.uuid(),
  givenMs: z.number(),
});

/** Everything gathered before a launch. Times are milliseconds of the monotonic clock and mean nothing after a restart. */
export const preparationSchema = z.object({
  ticket: ticketFactsSchema,
  backupId: z.uuid().nullable(),
  programsCheckedMs: z.number().nullable(),
  tool: verifiedToolSchema.nullable(),
  consent: givenConsentSchema.nullable(),
});
export type Preparation = z.infer<typeof preparationSchema>;

/** Where the codes are: with the person, on their way, told to the operator, shown once because the portal could not carry them. */
export const codesStateSchema = z.enum(['none', 'sending', 'sent', 'shown']);
/** What the signals say together; `left`: nobody is in any more and TeamViewer is still open; `cannot-tell`: too few, or they disagree. */
export const seenSchema = z.enum(['waiting', 'active', 'left', 'ended', 'cannot-tell']);
export type Seen = z.infer<typeof seenSchema>;

/** The steps to a proved end, gentlest first: ask the operator, close the program, press its own key, stop it as administrator. */
export const endSteps = ['asked', 'closed', 'key', 'elevated'] as const;
export const endStepSchema = z.enum(endSteps);
/** The step that had been taken when it ended; null when none was: it was not ended from this program. */
export const lastStepSchema = endStepSchema.nullable().default(null);
export type EndStep = (typeof endSteps)[number];

/** How it ended. `proved`: two signals and no third against it; `said`: the person vouches for it, and the receipt says so. */
export const endProofSchema = z.enum(['proved', 'said']);
export type EndProof = z.infer<typeof endProofSchema>;

/**
 * From where it ended: by the person here, or not from this program, which does not see who closed TeamViewer. `operator` stands in what
 * was written before that was told apart, and is read as the latter.
 */
export const endedBySchema = z.enum(['person', 'elsewhere', 'operator']);

const held = { preparation: preparationSchema, codes: codesStateSchema, seen: seenSchema };

/** One session of one ticket. Only `preparing` can come to nothing without a trace on the PC. */
export const remoteSessionSchema = z.discriminatedUnion('phase', [
  z.object({ phase: z.literal('preparing'), preparation: preparationSchema }),
  z.object({ phase: z.literal('launching'), ...held }),
  z.object({ phase: z.literal('live'), ...held }),
  z.object({ phase: z.literal('ending'), ...held, step: endStepSchema }),
  z.object({
    phase: z.literal('ended'),
    ...held,
    proof: endProofSchema,
    by: endedBySchema,
    lastStep: lastStepSchema,
  }),
  z.object({
    phase: z.literal('abandoned'),
    preparation: preparationSchema,
    why: z.enum(['refused', 'left', 'launch-failed']),
  }),
]);
export type RemoteSession = z.infer<typeof remoteSessionSchema>;
