import { z } from 'zod';
import { instantSchema, toolIdSchema } from './ids.ts';
import { cleanIdentifier, identifierTextSchema } from './identifier-text.ts';
import { productIdSchema } from './product.ts';
import { readableText } from './readable-text.ts';

/** A product the workshop owns. Serial is absent for products that have none (R-INFO-2). */
export const toolSchema = z.object({
  id: toolIdSchema,
  productId: productIdSchema,
  serial: identifierTextSchema.nullable(),
  /** As the vendor prints it ("2.70", "5.017b"); absent until read or typed (R-VERSION-1). */
  installedVersion: z.string().transform(cleanIdentifier).pipe(z.string().max(40)).nullable(),
  nickname: z.string().transform(readableText).pipe(z.string().trim().max(60)).nullable(),
  createdAt: instantSchema,
});
export type Tool = z.infer<typeof toolSchema>;

export const toolInputSchema = toolSchema.omit({ id: true, createdAt: true });
export type ToolInput = z.infer<typeof toolInputSchema>;
