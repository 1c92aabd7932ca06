import { z } from 'zod';
import { fieldKeySchema } from './draft.ts';
import { draftSections } from './draft-check.ts';

/** Where a line of a request's text is written: a control of the form, one of a list's items, or the workshop's details in the settings. */
export const ticketPlaceSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('control'),
    section: z.enum(draftSections),
    control: z.enum([...fieldKeySchema.options, 'tool', 'requestType', 'addFile']),
  }),
  z.object({ kind: z.literal('item'), section: z.enum(['steps', 'guides']), id: z.uuid() }),
  z.object({ kind: z.literal('profile') }),
]);
export type TicketPlace = z.infer<typeof ticketPlaceSchema>;

/** One line of the text, or one field that holds several; `at` null for headings and what nobody writes. */
export const ticketLineSchema = z.object({ text: z.string(), at: ticketPlaceSchema.nullable() });
export type TicketLine = z.infer<typeof ticketLineSchema>;
