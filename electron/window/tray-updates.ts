import { app } from 'electron';
import { type TraySession, type TrayWords, trayWords } from '../../shared/i18n/tray-words.ts';
import { createTranslator } from '../../shared/i18n/translator.ts';
import type { AppEvent } from '../../shared/ipc/contract.ts';
import type { OutboxRow, PortalStatus } from '../../shared/ipc/views.ts';
import { correctedMs } from '../../shared/calendar/clock-offset.ts';
import type { PublishEvent } from '../events/publish-event.ts';
import { systemClock } from '../platform/clock.ts';
import type { PortalLink } from '../portal/portal-link.ts';
import type { OpenedRemote } from '../remote/open-remote.ts';
import type { ServiceContext } from '../store/service-context.ts';
import type { TrayMark } from './tray.ts';

/** What may change a word of the tray. */
const heard: ReadonlySet<AppEvent['kind']> = new Set([
  'portalStatusChanged',
  'outboxChanged',
  'remoteChanged',
  'requestsChanged',
  'ticketChanged',
  'settingsSaved',
]);
/** A queue that drains changes with every request; nobody reads a menu faster than this. */
const pauseMs = 250;
/** At midnight another day is today though nothing happened. */
const lookMs = 60_000;

/** What the tray asks of what stands behind the window. */
export type TrayParts = {
  readonly status: () => Promise<PortalStatus>;
  readonly queue: () => readonly OutboxRow[];
  readonly remote: Pick<OpenedRemote, 'live'>;
  readonly link: Pick<PortalLink, 'recipient'>;
  readonly context: Pick<ServiceContext, 'profile' | 'requests'>;
  readonly store: { readonly db: { readonly open: boolean } };
};

async function wordsNow({
  status: askStatus,
  queue,
  remote,
  context,
  link,
  store,
}: TrayParts): Promise<TrayWords | null> {
  const status = await askStatus();
  if (!store.db.open) return null;
  const live = remote.live();
  const { language } = context.profile.settings();
  const asked = context.requests.askedSessions(link.recipient());
  const session: TraySession | null =
    live !== null
      ? { kind: 'live', number: live.number ?? '', operator: live.operator, ending: live.ending }
      : asked.length === 0
        ? null
        : { kind: 'asked', numbers: asked };
  const speech = {
    t: createTranslator(language),
    language,
    nowMs: correctedMs(Date.parse(systemClock.instant()), status.clockOffsetMs),
  };
  return trayWords(
    { status, queue: queue(), session, hasWorkshop: context.profile.profile() !== null },
    speech,
  );
}

/** Keeps the tray saying what Today says; the returned listener is told every event. */
export function trayUpdates(
  services: TrayParts,
  tray: TrayMark,
  log: (error: unknown) => void,
): PublishEvent {
  let planned = false;
  let over = false;
  const follow = async (): Promise<void> => {
    planned = false;
    if (over || !services.store.db.open) return;
    const words = await wordsNow(services);
    if (words !== null && !over) tray.show(words);
  };
  const plan = (): void => {
    if (planned) return;
    planned = true;
    setTimeout(() => void follow().catch(log), pauseMs);
  };
  const clock = setInterval(plan, lookMs);
  app.once('will-quit', () => {
    over = true;
    clearInterval(clock);
    tray.close();
  });
  return ({ kind }) => {
    if (heard.has(kind)) plan();
  };
}
