import { z } from 'zod';

/** What can be looked at on this PC by itself (R-EXCL-1). */
export const pcCheckIds = [
  'power',
  'disk-space',
  'pending-restart',
  'runtimes',
  'windows-version',
  'usb-errors',
  'clock',
  'network',
] as const;
export const pcCheckIdSchema = z.enum(pcCheckIds);
export type PcCheckId = z.infer<typeof pcCheckIdSchema>;

/** What was found, in facts. `not-told`: this system does not tell, or not in time; nothing follows from it. */
export const pcFindingSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('on-battery'), onBattery: z.boolean() }),
  z.object({ kind: z.literal('free-space'), freeBytes: z.number().nonnegative() }),
  z.object({ kind: z.literal('restart'), pending: z.boolean() }),
  z.object({ kind: z.literal('missing-runtimes'), names: z.array(z.string()) }),
  z.object({ kind: z.literal('windows-build'), build: z.number().int() }),
  z.object({ kind: z.literal('usb-devices'), faulty: z.number().int().nonnegative() }),
  z.object({ kind: z.literal('clock-offset'), offsetMs: z.number() }),
  z.object({ kind: z.literal('portal-reached'), reached: z.boolean() }),
  z.object({ kind: z.literal('not-told') }),
]);
export type PcFinding = z.infer<typeof pcFindingSchema>;

export const pcCheckSchema = z.object({
  id: pcCheckIdSchema,
  status: z.enum(['pass', 'warn', 'fail', 'cannot-tell']),
  finding: pcFindingSchema,
});
export type PcCheck = z.infer<typeof pcCheckSchema>;
