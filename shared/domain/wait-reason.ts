import { z } from 'zod';
import { holdSchema } from './hold.ts';
import { portalStateSchema, portalWhySchema } from './portal-state.ts';

/**
 * Why an item of the outbox does not move; told apart in `shared/flows/queue-gate.ts` alone.
 * `recipient`: made for another portal address or customer. `terms`: they changed and are not accepted for it. `closed`: the portal takes
 * nothing now. `held`: a person wants it to go later, or what it follows in its ticket. `person`: only the person ends what keeps everything here, as a refused password. `number`: its request has none yet.
 * `unheard`: the portal is not open yet, or has not told its time. `retry`: the next try is due later. `turn`: it may go, and others are
 * before it. `look-up`: it may have arrived, and the portal is asked. The rest is decided, or a person decides.
 */
export const waitReasonSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('recipient'), address: z.string(), customerCode: z.string() }),
  z.object({ kind: z.literal('closed'), state: portalStateSchema, why: portalWhySchema }),
  z.object({ kind: z.literal('held'), hold: holdSchema }),
  z.object({
    kind: z.enum([
      'terms',
      'person',
      'number',
      'unheard',
      'retry',
      'turn',
      'look-up',
      'decision',
      'refused',
      'by-hand',
      'set-aside',
      'spoiled',
    ]),
  }),
]);
export type WaitReason = z.infer<typeof waitReasonSchema>;
