import { z } from 'zod';

/** R-HOURS-1 to R-HOURS-5. `unstaffed`: takes tickets, nobody answers. `read-only`: may be read. `unreachable`: not there at all. */
export const portalStates = ['staffed', 'unstaffed', 'read-only', 'unreachable', 'unknown'] as const;
export const portalStateSchema = z.enum(portalStates);
export type PortalState = z.infer<typeof portalStateSchema>;

/**
 * What a state follows from. `always`: the practice portal's pretend operator keeps no hours; `break` is the pause between two windows of a day; `portal-says` an answer of the portal itself, which
 * counts more than any calendar; `clock` a PC clock so wrong that nothing follows from it.
 */
export const portalWhySchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.enum(['hours', 'always', 'night', 'break', 'weekend', 'no-calendar', 'clock', 'portal-says']),
  }),
  z.object({
    kind: z.literal('holiday'),
    day: z.string(),
    name: z.object({ it: z.string(), en: z.string() }),
  }),
  z.object({ kind: z.enum(['closure', 'maintenance']), noticeId: z.string() }),
]);
export type PortalWhy = z.infer<typeof portalWhySchema>;
