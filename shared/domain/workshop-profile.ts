import { z } from 'zod';
import { languageSchema } from './ids.ts';
import { identifierTextSchema } from './identifier-text.ts';
import { readableText } from './readable-text.ts';

/** Who asks for support. The e-mail is kept only to show where the vendor's notices go (R-TICKET-3). */
export const workshopProfileSchema = z.object({
  customerCode: identifierTextSchema,
  company: z.string().transform(readableText).pipe(z.string().trim().min(1).max(120)),
  email: z.email().max(200),
  /** Language new tickets start in; each ticket may change it (R-LANG-1). */
  ticketLanguage: languageSchema,
});
export type WorkshopProfile = z.infer<typeof workshopProfileSchema>;

/** `m•••@officina.it`: enough to recognise one's own address, not enough to harvest it (R-TICKET-3). */
export function maskedEmail(email: string): string {
  const at = email.lastIndexOf('@');
  return at < 1 ? '•••' : `${[...email][0] ?? ''}•••${email.slice(at)}`;
}
