import { z } from 'zod';
import { instantSchema } from './ids.ts';

/** Something the portal announces (R-HOURS-2): kept for offline use. `info` changes nothing. */
export const noticeSchema = z.object({
  id: z.string().min(1).max(80),
  kind: z.enum(['info', 'closure', 'maintenance']),
  title: z.object({ it: z.string().max(200), en: z.string().max(200) }),
  startsAt: instantSchema,
  endsAt: instantSchema.nullable(),
  origin: z.enum(['portal', 'typed']),
});
export type Notice = z.infer<typeof noticeSchema>;

/** How the id of a notice begins by which the practice portal tells that it began anew. */
export const anewNoticeStart = 'anew-';

/** A notice as a person types it: one title, in whichever language it was read. */
export const noticeInputSchema = noticeSchema
  .pick({ kind: true, startsAt: true, endsAt: true })
  .extend({ title: z.string().trim().min(1).max(200) });
export type NoticeInput = z.infer<typeof noticeInputSchema>;
