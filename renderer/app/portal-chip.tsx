import { Popover } from '@base-ui/react/popover';
import {
  CircleStop,
  Cloud,
  CloudOff,
  Eye,
  FlaskConical,
  Hand,
  Hourglass,
  KeyRound,
  RefreshCw,
  Wrench,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { isClosing } from '../../shared/flows/queue-wait.ts';
import { portalKinds } from '../../shared/domain/portal-kind.ts';
import type { PortalStatus } from '../../shared/ipc/views.ts';
import { ErrorNotice } from '../features/error-notice.tsx';
import type { Tone } from '../components/chip.tsx';
import { attempt, useApp } from '../stores/app-store.ts';
import { usePortal } from '../stores/portal-store.ts';
import { unwrap } from '../bridge/bridge.ts';
import { stopOf, stoppedBy } from '../features/stopped.ts';
import { portalSentence, portalStateWords } from '../features/portal-words.ts';
import { useTranslation, type Words } from '../words/translation.ts';

type Shown = { readonly tone: Tone; readonly icon: typeof Cloud; readonly words: string };

/** Why nothing goes although the portal may be reached, and until when; null where it goes. */
function shownWait(status: PortalStatus, { t, moment }: Words): Shown | null {
  const wrong = stoppedBy(status);
  if (wrong?.code === 'portal.unauthorized')
    return { tone: 'warn', icon: KeyRound, words: t('portal.passwordRefused') };
  if (wrong?.code === 'portal.keyRefused')
    return { tone: 'warn', icon: KeyRound, words: t('portal.keyRefused') };
  if (wrong !== null) return { tone: 'warn', icon: CircleStop, words: t('portal.stopped') };
  const { reason = null, until = null } = status.queueWait ?? {};
  // A closure has words of its own.
  return until === null || reason === null || isClosing(reason)
    ? null
    : { tone: 'warn', icon: Hourglass, words: t('portal.resting', { time: moment(until) }) };
}

function shownState(status: PortalStatus, words: Words): Shown {
  const { t, moment } = words;
  const state = portalStateWords(status.state, status.until, words);
  if (status.reach === 'by-hand' || portalKinds[status.realm].isCarriedByHand)
    return { tone: 'plain', icon: Hand, words: t('portal.byHand') };
  if (status.credentials === 'absent') return { tone: 'warn', icon: KeyRound, words: t('portal.noPassword') };
  const wait = shownWait(status, words);
  if (wait !== null && (status.reach !== 'unreachable' || stoppedBy(status) !== null)) return wait;
  if (status.reach === 'unreachable') return { tone: 'warn', icon: CloudOff, words: t('portal.unreachable') };
  if (status.state === 'read-only') return { tone: 'warn', icon: Eye, words: state };
  if (status.state === 'unreachable') return { tone: 'warn', icon: Wrench, words: state };
  if (portalKinds[status.realm].isPractice)
    return { tone: 'info', icon: FlaskConical, words: t('portal.practice') };
  if (status.lastContactAt === null) return { tone: 'plain', icon: Cloud, words: t('portal.never') };
  if (status.state === 'unknown')
    return { tone: 'ok', icon: Cloud, words: t('portal.reached', { time: moment(status.lastContactAt) }) };
  return { tone: status.state === 'staffed' ? 'ok' : 'plain', icon: Cloud, words: state };
}

/** How it stands with the portal, in words; what is known of it opens beneath. */
export function PortalChip(): ReactNode {
  const words = useTranslation();
  const { t, moment } = words;
  const status = usePortal((state) => state.status);
  const go = useApp((state) => state.go);
  if (status === null) return null;
  const stop = stopOf(stoppedBy(status), words);
  const fault = stoppedBy(status) ?? status.lastError ?? status.queueWait?.reason ?? null;
  const { tone, icon: Icon, words: text } = shownState(status, words);
  const sync = (): void => void attempt(async () => unwrap(window.officina.syncNow({})));
  return (
    <Popover.Root>
      <Popover.Trigger className={`chip button-chip ${tone}`} aria-label={`${t('portal.label')}: ${text}`}>
        <Icon size={14} aria-hidden />
        <span className="words">{text}</span>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner sideOffset={8} align="end" className="over">
          <Popover.Popup className="popup roomy">
            <Popover.Title className="strong">
              {portalKinds[status.realm].hasAddress ? status.label : t(`realm.${status.realm}`)}
            </Popover.Title>
            {fault === null ? null : <ErrorNotice error={fault} />}
            {portalKinds[status.realm].isCarriedByHand || stop !== null ? null : (
              <p>{portalSentence(status, words)}</p>
            )}
            {status.lastContactAt === null && status.reach !== 'never' ? null : (
              <p className="dim small">
                {status.lastContactAt === null
                  ? t('portal.neverReached')
                  : t('portal.lastContact', { time: moment(status.lastContactAt) })}
              </p>
            )}
            <div className="row wrap">
              {stop === null ? null : (
                <Popover.Close
                  className="button primary"
                  onClick={() => go({ screen: 'settings', at: stop.field })}
                >
                  {stop.go}
                </Popover.Close>
              )}
              {portalKinds[status.realm].isCarriedByHand ? null : (
                <Popover.Close className="button" onClick={sync}>
                  <RefreshCw size={16} aria-hidden />
                  {t('action.syncNow')}
                </Popover.Close>
              )}
              {stop !== null ? null : (
                <Popover.Close
                  className="button quiet"
                  onClick={() => go({ screen: 'settings', at: 'portal' })}
                >
                  {t('portal.change')}
                </Popover.Close>
              )}
            </div>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
