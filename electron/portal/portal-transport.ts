import type { PortalChoice, WantedPortal } from '../../shared/domain/portal-choice.ts';
import type { Realm } from '../../shared/domain/portal-kind.ts';
import type { Keychain } from '../secrets/keychain.ts';
import type { HttpLimits } from './contract/http-client.ts';
import type { Portal } from './port.ts';

/** A practice portal that runs: its address, and the token that stands for the password. */
export type RunningPractice = {
  readonly url: string;
  readonly token: string;
  readonly stop: () => Promise<void>;
};

export type OpenPortalParts = {
  readonly startPractice: () => Promise<RunningPractice>;
  readonly keychain: Keychain;
  /** Ends every request under way, of every portal: the program is being closed. */
  readonly leaving: AbortSignal;
  /** The customer code is the name on the portal (FACT-CODE-1); null before the first run. */
  readonly user: () => string | null;
  /** Shorter deadlines for a test; left out, those of the client hold. */
  readonly limits?: Partial<HttpLimits>;
  /** Least time between two answers about a file that count as two, in milliseconds; left out, the real one. */
  readonly gapMs?: number;
  /** Within it a portal has booked a file whose last byte it has, in milliseconds; left out, `gapMs`. */
  readonly bookingMs?: number;
};

/** `stop` ends what was started for it. */
export type OpenedPortal = { readonly portal: Portal; readonly stop: () => Promise<void> };

type ChoiceOf<K extends Realm> = Extract<PortalChoice, { readonly kind: K }>;
type WantedOf<K extends Realm> = Extract<WantedPortal, { readonly kind: K }>;

/** What one kind of portal needs of this PC; what everybody may know of it stands in `shared/domain/portal-kind.ts`. */
export type PortalTransport<K extends Realm> = {
  readonly open: (choice: ChoiceOf<K>, parts: OpenPortalParts) => Promise<OpenedPortal>;
  /** What was typed, as it is stored. @throws AppFault portal.addressInvalid and its like; nothing has changed then */
  readonly choose: (wanted: WantedOf<K>) => ChoiceOf<K>;
  /** Account in the keychain of the password of one customer; null where none is needed. */
  readonly passwordAccount: (choice: ChoiceOf<K>, user: string) => string | null;
};

export const nothingToStop = async (): Promise<void> => undefined;
