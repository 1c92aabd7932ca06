import { z } from 'zod';
import { instantSchema } from './ids.ts';

/**
 * How a person keeps finished work here for a while. `until`: that instant. `staffed`: until somebody answers by the vendor's calendar, which
 * is asked anew each time, for a closure may be announced meanwhile. `conflict`: something else came into its ticket while it waited, and a
 * person is to see both first; nobody chooses that, and only a person ends it.
 */
export const holdSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('until'), at: instantSchema }),
  z.object({ kind: z.literal('staffed') }),
  z.object({ kind: z.literal('conflict') }),
]);
export type Hold = z.infer<typeof holdSchema>;
