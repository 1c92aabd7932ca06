import { z } from 'zod';

export const productIdSchema = z
  .string()
  .regex(/^[a-z0-9-]{1,40}$/)
  .brand<'ProductId'>();
export type ProductId = z.infer<typeof productIdSchema>;

export const connectionModes = ['obd', 'bench', 'boot', 'bdm', 'jtag', 'tricore'] as const;
export const connectionModeSchema = z.enum(connectionModes);
export type ConnectionMode = z.infer<typeof connectionModeSchema>;

/** What a guide helps with: a code is the same everywhere, a plain word is given in both languages. */
export const guideWordSchema = z.union([
  z.string().min(2).max(40),
  z.object({ it: z.string().min(2).max(40), en: z.string().min(2).max(40) }),
]);
export type GuideWord = z.infer<typeof guideWordSchema>;

export const guideSchema = z.object({
  title: z.object({ it: z.string(), en: z.string() }),
  url: z.url(),
  /** Errors and operations it is about; a catalogue from before they were named finds its guides by product alone. */
  words: z.array(guideWordSchema).max(40).default([]),
});
export type Guide = z.infer<typeof guideSchema>;

/** One row of the product catalogue (R-PROD-1): a new product is one row of `resources/products.json`. */
export const productSchema = z.object({
  id: productIdSchema,
  /** A proper name is the same everywhere; a plain word is given in both languages. */
  name: z.union([
    z.string().min(1).max(60),
    z.object({ it: z.string().min(1).max(60), en: z.string().min(1).max(60) }),
  ]),
  /** False for products outside the vendor's list: a notice is shown, nothing is blocked. */
  supported: z.boolean(),
  /** R-INFO-2: hardware has a serial number, ECM Titanium and Banca Dati have none. */
  hasSerial: z.boolean(),
  /** R-INFO-8: hardware tools write a LOG; a LOG is never demanded of the others. */
  hasToolLog: z.boolean(),
  /** Modes the tool can work in; empty for products that do not touch an ECU. */
  modes: z.array(connectionModeSchema),
  /** What the number of the driver is called for this tool: K-TAG plug-in, KESSv2 protocol. */
  driverNumber: z.enum(['protocol', 'plugin', 'none']),
  /** Words in folder and file names that hint at this product; guesses (FACT-LOG-1). */
  nameHints: z.array(z.string().min(2)),
  /** Text ids of the short phrases offered for steps done with this product. */
  phrases: z.array(z.string()),
  /** The same for what is tried afterwards; a catalogue from before they were told apart offers none. */
  triedPhrases: z.array(z.string()).default([]),
  /** Guides the vendor offers for it; links are allow-listed again before they open. */
  guides: z.array(guideSchema),
});
export type Product = z.infer<typeof productSchema>;

export const productCatalogueSchema = z.object({
  version: z.number().int().positive(),
  products: z.array(productSchema).min(1),
});
export type ProductCatalogue = z.infer<typeof productCatalogueSchema>;
