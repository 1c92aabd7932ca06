import { z } from 'zod';

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/u);
/** A zone this program can reckon with: one it cannot would take the whole portal clock with it. */
function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
const dayKey = z.string().regex(/^\d{4}-\d{2}-\d{2}$/u);

/** When somebody answers, as data (R-HOURS-1): wall time of one IANA zone, whatever the PC's zone is. */
export const openingCalendarSchema = z
  .object({
    version: z.number().int().positive(),
    zone: z.string().min(1).max(60).refine(isZone),
    /** Days of the week with staff, 1 Monday to 7 Sunday. */
    days: z.array(z.number().int().min(1).max(7)),
    /** Hours of such a day, in order and apart; the end itself is already unstaffed. */
    windows: z.array(z.object({ from: timeOfDay, to: timeOfDay })).max(12),
    /** National holidays the calendar library does not know (yet). */
    addedHolidays: z
      .array(
        z.object({
          day: dayKey,
          name: z.object({ it: z.string().min(1).max(120), en: z.string().min(1).max(120) }),
        }),
      )
      .max(1_000),
    /** Holidays the library knows and the law took back. */
    droppedHolidays: z.array(dayKey).max(1_000),
  })
  .refine(
    ({ windows }) =>
      windows.every(({ from, to }, index) => from < to && (windows[index - 1]?.to ?? '') <= from),
    {
      path: ['windows'],
    },
  );
export type OpeningCalendar = z.infer<typeof openingCalendarSchema>;
