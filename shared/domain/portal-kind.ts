/** What a person fills in to use a kind of portal: nothing; an address, a proxy and a password; or a site this program knows the pages of. */
export type PortalForm = 'none' | 'address' | 'site';

/** What a person says beside the address where the server is not made for this program; each may be left empty. */
export const deskFields = ['project', 'tracker', 'referenceField', 'serialField'] as const;
export type DeskField = (typeof deskFields)[number];

/** What tells one kind of portal from another, wherever a screen, a rule or a service must know it. What it needs of the PC: `portal-transport.ts`. */
type PortalKind = {
  /** A person carries what is sent, and says what came back: nobody else knows. */
  readonly isCarriedByHand: boolean;
  /** Its web pages open inside the program, which fills in the form; the person logs in and presses. */
  readonly opensHere: boolean;
  /** Nothing of it reaches the vendor, and it is never mixed with what is meant. */
  readonly isPractice: boolean;
  /** It keeps the vendor's opening hours (R-HOURS-1); where not, somebody is there at every hour. */
  readonly keepsHours: boolean;
  /** Whoever sends there accepts the vendor's terms first (R-ACCEPT-1); a dealer's own server has none of them. */
  readonly asksTerms: boolean;
  /** A person chooses it by an address, and each of them is a recipient of its own. */
  readonly hasAddress: boolean;
  /** Each customer of it is a recipient of its own, also where a person carries what is sent. */
  readonly hasCustomers: boolean;
  readonly form: PortalForm;
  /** What is asked beside the address. */
  readonly asks: readonly DeskField[];
  /** What opens it, as a person calls it. */
  readonly secret: 'password' | 'key';
  /** Time between two looks at its news, in milliseconds. */
  readonly newsEveryMs: number;
};

const practice = {
  isCarriedByHand: false,
  opensHere: false,
  isPractice: true,
  keepsHours: false,
  asksTerms: true,
  hasAddress: false,
  hasCustomers: false,
  form: 'none',
  asks: [],
  secret: 'password',
  newsEveryMs: 2_000,
} as const satisfies PortalKind;

const manual = {
  isCarriedByHand: true,
  opensHere: false,
  isPractice: false,
  keepsHours: true,
  asksTerms: true,
  hasAddress: false,
  hasCustomers: true,
  form: 'none',
  asks: [],
  secret: 'password',
  newsEveryMs: 60_000,
} as const satisfies PortalKind;

/** A portal without an interface for programs, whose web pages are read and filled in by a map of them. */
const web = {
  isCarriedByHand: true,
  opensHere: true,
  isPractice: false,
  keepsHours: true,
  asksTerms: true,
  hasAddress: true,
  hasCustomers: true,
  form: 'site',
  asks: [],
  secret: 'password',
  newsEveryMs: 60_000,
} as const satisfies PortalKind;

const contract = {
  isCarriedByHand: false,
  opensHere: false,
  isPractice: false,
  keepsHours: true,
  asksTerms: true,
  hasAddress: true,
  hasCustomers: true,
  form: 'address',
  asks: [],
  secret: 'password',
  newsEveryMs: 60_000,
} as const satisfies PortalKind;

/** A dealer's own server: neither the vendor's hours nor the vendor's terms and versions are its own. */
const redmine = {
  isCarriedByHand: false,
  opensHere: false,
  isPractice: false,
  keepsHours: false,
  asksTerms: false,
  hasAddress: true,
  hasCustomers: true,
  form: 'address',
  asks: deskFields,
  secret: 'key',
  newsEveryMs: 60_000,
} as const satisfies PortalKind;

/** Every kind of portal, in the order in which a person chooses. */
export const portalKinds = { practice, manual, web, contract, redmine } as const satisfies Readonly<
  Record<string, PortalKind>
>;

export const realms = [
  'practice',
  'manual',
  'web',
  'contract',
  'redmine',
] as const satisfies readonly (keyof typeof portalKinds)[];
/** The kind of portal a ticket belongs to. */
export type Realm = keyof typeof portalKinds;

/** Kinds of which each customer is a recipient of its own. */
export const customerRealms: readonly Realm[] = realms.filter((realm) => portalKinds[realm].hasCustomers);
