import { z } from 'zod';
import { type DeskField, portalKinds, type Realm, realms } from './portal-kind.ts';

/** The kind of portal a ticket belongs to, as it is stored. */
export const realmSchema = z.enum(realms);

type SchemaOfKind = Readonly<Record<Realm, z.ZodObject<{ readonly kind: z.ZodLiteral<string> }>>>;

/** What is said of a dealer's server beside its address: each by its name there, empty where nobody said. */
const deskText = z.string().trim().max(120);
const desk = {
  project: deskText.default(''),
  tracker: deskText.default(''),
  referenceField: deskText.default(''),
  serialField: deskText.default(''),
} as const satisfies Readonly<Record<DeskField, z.ZodType>>;
export const deskSchema = z.object(desk);
export type Desk = Readonly<Record<DeskField, string>>;

/** Each kind as it is stored. Secrets never come here (THREAT-5). */
const stored = {
  practice: z.object({ kind: z.literal('practice') }),
  manual: z.object({ kind: z.literal('manual') }),
  web: z.object({
    kind: z.literal('web'),
    url: z.url(),
    /** Map of its pages; empty where nobody said which. */ map: z.string().max(40).default(''),
  }),
  contract: z.object({
    kind: z.literal('contract'),
    url: z.url(),
    /** Origin of the proxy on the way there; null: none. */ proxy: z.url().nullable().default(null),
  }),
  redmine: z.object({
    kind: z.literal('redmine'),
    url: z.url(),
    proxy: z.url().nullable().default(null),
    ...desk,
  }),
} as const satisfies SchemaOfKind;

/** Each kind as somebody types it in. */
const typed = {
  practice: stored.practice,
  manual: stored.manual,
  web: z.object({ kind: z.literal('web'), url: z.string().trim().max(300), map: z.string().max(40) }),
  contract: z.object({
    kind: z.literal('contract'),
    url: z.string().trim().max(300),
    /** Left out or empty: none. */ proxy: z.string().trim().max(300).optional(),
  }),
  redmine: z.object({
    kind: z.literal('redmine'),
    url: z.string().trim().max(300),
    proxy: z.string().trim().max(300).optional(),
    ...desk,
  }),
} as const satisfies SchemaOfKind;

/** Which portal this PC talks to. */
export const portalChoiceSchema = z.discriminatedUnion('kind', [
  stored.practice,
  stored.manual,
  stored.web,
  stored.contract,
  stored.redmine,
]);
export type PortalChoice = z.infer<typeof portalChoiceSchema>;

/** Which portal somebody wants, as it was typed. */
export const wantedPortalSchema = z.discriminatedUnion('kind', [
  typed.practice,
  typed.manual,
  typed.web,
  typed.contract,
  typed.redmine,
]);
export type WantedPortal = z.input<typeof wantedPortalSchema>;

/** The address as it was chosen; null where there is none to choose. */
export function addressOf(choice: PortalChoice): string | null {
  return 'url' in choice ? choice.url : null;
}

/** Address of the proxy on the way there; null: none. */
export function proxyOf(choice: PortalChoice): string | null {
  return 'proxy' in choice ? choice.proxy : null;
}

/** Map of the pages of a site that opens here; null where none does. */
export function mapOf(choice: PortalChoice): string | null {
  return 'map' in choice ? choice.map : null;
}

/** What was said beside the address; null where nothing is asked. */
export function deskOf(choice: PortalChoice): Desk | null {
  if (!('project' in choice)) return null;
  const { project, tracker, referenceField, serialField } = choice;
  return { project, tracker, referenceField, serialField };
}

/** Name under which everything a portal says of itself is kept: one for each address. */
export function portalKey(choice: PortalChoice): string {
  const address = addressOf(choice);
  return address === null ? choice.kind : `${choice.kind} ${address}`;
}

/** What somebody typed into the form of a kind; a kind without one takes no notice of it. */
export function wantedPortal(
  kind: Realm,
  url: string,
  proxy: string,
  said: Partial<Desk> = {},
  map = '',
): WantedPortal {
  const { form } = portalKinds[kind];
  if (form === 'site') return { kind, url: url.trim(), map } as WantedPortal;
  const asked = Object.fromEntries(portalKinds[kind].asks.map((field) => [field, said[field] ?? '']));
  const typed = { url: url.trim(), ...(proxy.trim() === '' ? {} : { proxy: proxy.trim() }), ...asked };
  return { kind, ...(form === 'address' ? typed : {}) } as WantedPortal;
}
