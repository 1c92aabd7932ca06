import { z } from 'zod';
import { portalKinds, type Realm, realms } from './portal-kind.ts';

/** The kind of portal a ticket belongs to, as it is stored. */
export const realmSchema = z.enum(realms);

type SchemaOfKind = Readonly<Record<Realm, z.ZodObject<{ readonly kind: z.ZodLiteral<string> }>>>;

/** Each kind as it is stored. Secrets never come here (THREAT-5). */
const stored = {
  practice: z.object({ kind: z.literal('practice') }),
  manual: z.object({ kind: z.literal('manual') }),
  contract: z.object({
    kind: z.literal('contract'),
    url: z.url(),
    /** Origin of the proxy on the way there; null: none. */ proxy: z.url().nullable().default(null),
  }),
} as const satisfies SchemaOfKind;

/** Each kind as somebody types it in. */
const typed = {
  practice: stored.practice,
  manual: stored.manual,
  contract: z.object({
    kind: z.literal('contract'),
    url: z.string().trim().max(300),
    /** Left out or empty: none. */ proxy: z.string().trim().max(300).optional(),
  }),
} as const satisfies SchemaOfKind;

/** Which portal this PC talks to. */
export const portalChoiceSchema = z.discriminatedUnion('kind', [
  stored.practice,
  stored.manual,
  stored.contract,
]);
export type PortalChoice = z.infer<typeof portalChoiceSchema>;

/** Which portal somebody wants, as it was typed. */
export const wantedPortalSchema = z.discriminatedUnion('kind', [
  typed.practice,
  typed.manual,
  typed.contract,
]);
export type WantedPortal = z.infer<typeof wantedPortalSchema>;

/** The address as it was chosen; null where there is none to choose. */
export function addressOf(choice: PortalChoice): string | null {
  return 'url' in choice ? choice.url : null;
}

/** Address of the proxy on the way there; null: none. */
export function proxyOf(choice: PortalChoice): string | null {
  return 'proxy' in choice ? choice.proxy : null;
}

/** Name under which everything a portal says of itself is kept: one for each address. */
export function portalKey(choice: PortalChoice): string {
  const address = addressOf(choice);
  return address === null ? choice.kind : `${choice.kind} ${address}`;
}

/** What somebody typed into the form of a kind; a kind without one takes no notice of it. */
export function wantedPortal(kind: Realm, url: string, proxy: string): WantedPortal {
  const typed = { url: url.trim(), ...(proxy.trim() === '' ? {} : { proxy: proxy.trim() }) };
  return { kind, ...(portalKinds[kind].form === 'address' ? typed : {}) } as WantedPortal;
}
