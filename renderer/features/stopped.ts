import type { AppError } from '../../shared/domain/app-error.ts';
import { type PersonCode, personCodes } from '../../shared/flows/queue-wait.ts';
import type { PortalStatus } from '../../shared/ipc/views.ts';
import type { PortalField } from '../stores/app-store.ts';
import { usePortal } from '../stores/portal-store.ts';
import { errorTextId } from '../words/error-text.ts';
import type { Words } from '../words/translation.ts';

/** Where in the settings each is put right. */
const fields = {
  'portal.unauthorized': 'password',
  'portal.keyRefused': 'password',
  'portal.notConfigured': 'address',
  'portal.deskUnknown': 'desk',
  'portal.certificate': 'address',
  'portal.proxyRefused': 'proxy',
  'keychain.absent': 'portal',
  'keychain.unavailable': 'password',
  'keychain.denied': 'password',
} as const satisfies Record<PersonCode, PortalField>;

/** What is said instead where nothing was there to refuse. */
const missing: Partial<Record<PersonCode, 'missing' | 'missingKey'>> = {
  'portal.unauthorized': 'missing',
  'portal.keyRefused': 'missingKey',
};

/** What stopped the queue in words, the button that leads to the field, and what that field says of itself. */
export type Stop = {
  readonly code: PersonCode;
  readonly field: PortalField;
  readonly why: string;
  readonly go: string;
  readonly atField: string;
};

/** A failure that waiting cannot mend, with the way to mend it; null for every other. */
export function stopOf(error: AppError | null, { t }: Pick<Words, 't'>): Stop | null {
  const code = personCodes.find((one) => one === error?.code);
  if (code === undefined) return null;
  // Without a password or a key nobody asked the portal, so it has refused none.
  const isAbsent = usePortal.getState().status?.credentials === 'absent';
  const id = (isAbsent ? missing[code] : undefined) ?? errorTextId(code);
  return {
    code,
    field: fields[code],
    why: t(`stopped.${id}`),
    go: t(`stoppedGo.${id}`),
    atField: t(`stoppedField.${id}`),
  };
}

/** What only the person can put right, wherever it was met: at the queue or at the last question; null where there is nothing of the kind. */
export function stoppedBy({
  queueWait,
  lastError,
}: Pick<PortalStatus, 'queueWait' | 'lastError'>): AppError | null {
  return (
    [queueWait?.reason ?? null, lastError].find((error) =>
      personCodes.some((code) => code === error?.code),
    ) ?? null
  );
}
