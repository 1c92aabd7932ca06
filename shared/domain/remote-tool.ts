import { z } from 'zod';

/** Why a TeamViewer that was looked for may not be started (R-REMOTE-2); each has its sentence in both catalogues. */
export const toolRefusals = [
  'not-found',
  'path-network',
  'path-quotes',
  'path-variables',
  'path-odd',
  'is-link',
  'odd-library',
  'unsigned',
  'signature-invalid',
  'other-signer',
  'chain-invalid',
  'no-answer',
  'too-old',
  'other-version',
  'version-unknown',
  'none-offered',
  'other-system',
] as const;
export const toolRefusalSchema = z.enum(toolRefusals);
export type ToolRefusal = (typeof toolRefusals)[number];

/** What was found on this PC. `practice`: our own stand-in, labelled as one, started only with the practice portal. */
export const toolFindingSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('verified'),
    version: z.string().max(40),
    signer: z.string().max(300),
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    practice: z.boolean(),
  }),
  z.object({
    kind: z.literal('refused'),
    reason: toolRefusalSchema,
    version: z.string().max(40).nullable(),
    required: z.string().max(40).nullable(),
  }),
]);
export type ToolFinding = z.infer<typeof toolFindingSchema>;
