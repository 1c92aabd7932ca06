import { z } from 'zod';

/** What a person fills in to use a kind of portal: nothing, or an address, a proxy and a password. */
export type PortalForm = 'none' | 'address';

/** What tells one kind of portal from another, wherever a screen, a rule or a service must know it. What it needs of the PC: `portal-transport.ts`. */
type PortalKind = {
  /** The portal as it is stored. Secrets never come here (THREAT-5). Schemas are made when something is read: the first screen reads nothing. */
  readonly choice: () => z.ZodObject<{ readonly kind: z.ZodLiteral<string> }>;
  /** The portal as somebody types it in. */
  readonly wanted: () => z.ZodObject<{ readonly kind: z.ZodLiteral<string> }>;
  /** A person carries what is sent, and says what came back: nobody else knows. */
  readonly isCarriedByHand: boolean;
  /** Nothing of it reaches the vendor, and it is never mixed with what is meant. */
  readonly isPractice: boolean;
  /** It keeps the vendor's opening hours (R-HOURS-1); where not, somebody is there at every hour. */
  readonly keepsHours: boolean;
  /** Each address and customer of it is a recipient of its own. */
  readonly hasAddress: boolean;
  readonly form: PortalForm;
  /** Time between two looks at its news, in milliseconds. */
  readonly newsEveryMs: number;
};

const practice = {
  choice: () => z.object({ kind: z.literal('practice') }),
  wanted: () => z.object({ kind: z.literal('practice') }),
  isCarriedByHand: false,
  isPractice: true,
  keepsHours: false,
  hasAddress: false,
  form: 'none',
  newsEveryMs: 2_000,
} as const satisfies PortalKind;

const manual = {
  choice: () => z.object({ kind: z.literal('manual') }),
  wanted: () => z.object({ kind: z.literal('manual') }),
  isCarriedByHand: true,
  isPractice: false,
  keepsHours: true,
  hasAddress: false,
  form: 'none',
  newsEveryMs: 60_000,
} as const satisfies PortalKind;

const contract = {
  choice: () =>
    z.object({
      kind: z.literal('contract'),
      url: z.url(),
      /** Origin of the proxy on the way there; null: none. */ proxy: z.url().nullable().default(null),
    }),
  wanted: () =>
    z.object({
      kind: z.literal('contract'),
      url: z.string().trim().max(300),
      /** Left out or empty: none. */ proxy: z.string().trim().max(300).optional(),
    }),
  isCarriedByHand: false,
  isPractice: false,
  keepsHours: true,
  hasAddress: true,
  form: 'address',
  newsEveryMs: 60_000,
} as const satisfies PortalKind;

/** Every kind of portal, in the order in which a person chooses. */
export const portalKinds = { practice, manual, contract } as const satisfies Readonly<Record<string, PortalKind>>;

export const realms = ['practice', 'manual', 'contract'] as const satisfies readonly (keyof typeof portalKinds)[];
export const realmSchema = z.enum(realms);
/** The kind of portal a ticket belongs to. */
export type Realm = keyof typeof portalKinds;

/** Which portal this PC talks to. */
export const portalChoiceSchema = z.lazy(() => z.discriminatedUnion('kind', [practice.choice(), manual.choice(), contract.choice()]));
export type PortalChoice = z.infer<typeof portalChoiceSchema>;

/** Which portal somebody wants, as it was typed. */
export const wantedPortalSchema = z.lazy(() => z.discriminatedUnion('kind', [practice.wanted(), manual.wanted(), contract.wanted()]));
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

/** Kinds that a person chooses by an address. */
export const addressedRealms: readonly Realm[] = realms.filter((realm) => portalKinds[realm].hasAddress);

/** What somebody typed into the form of a kind; a kind without one takes no notice of it. */
export function wantedPortal(kind: Realm, url: string, proxy: string): WantedPortal {
  const typed = { url: url.trim(), ...(proxy.trim() === '' ? {} : { proxy: proxy.trim() }) };
  return { kind, ...(portalKinds[kind].form === 'address' ? typed : {}) } as WantedPortal;
}
