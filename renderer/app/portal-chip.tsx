import { Popover } from '@base-ui/react/popover';
import { Cloud, CloudOff, Eye, FlaskConical, Hand, KeyRound, RefreshCw, Wrench } from 'lucide-react';
import type { ReactNode } from 'react';
import type { PortalStatus } from '../../shared/ipc/views.ts';
import { ErrorNotice } from '../components/error-notice.tsx';
import type { Tone } from '../components/chip.tsx';
import { attempt, useApp } from '../stores/app-store.ts';
import { usePortal } from '../stores/portal-store.ts';
import { unwrap } from './bridge.ts';
import { portalSentence, portalStateWords } from './portal-words.ts';
import { useTranslation, type Words } from './translation.ts';

type Shown = { readonly tone: Tone; readonly icon: typeof Cloud; readonly words: string };

function shownState(status: PortalStatus, words: Words): Shown {
  const { t, moment } = words;
  const state = portalStateWords(status.state, status.until, words);
  if (status.reach === 'by-hand' || status.realm === 'manual') return { tone: 'plain', icon: Hand, words: t('portal.byHand') };
  if (status.realm === 'contract' && status.credentials === 'absent')
    return { tone: 'warn', icon: KeyRound, words: t('portal.noPassword') };
  if (status.reach === 'unreachable') return { tone: 'warn', icon: CloudOff, words: t('portal.unreachable') };
  if (status.state === 'read-only') return { tone: 'warn', icon: Eye, words: state };
  if (status.state === 'unreachable') return { tone: 'warn', icon: Wrench, words: state };
  if (status.realm === 'practice') return { tone: 'info', icon: FlaskConical, words: t('portal.practice') };
  if (status.lastContactAt === null) return { tone: 'plain', icon: Cloud, words: t('portal.never') };
  if (status.state === 'unknown') return { tone: 'ok', icon: Cloud, words: t('portal.reached', { time: moment(status.lastContactAt) }) };
  return { tone: status.state === 'staffed' ? 'ok' : 'plain', icon: Cloud, words: state };
}

/** How it stands with the portal, in words; what is known of it opens beneath. */
export function PortalChip(): ReactNode {
  const words = useTranslation();
  const { t, moment } = words;
  const status = usePortal((state) => state.status);
  const go = useApp((state) => state.go);
  if (status === null) return null;
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
            <Popover.Title className="strong">{status.realm === 'contract' ? status.label : t(`realm.${status.realm}`)}</Popover.Title>
            {status.realm === 'manual' ? null : <p>{portalSentence(status, words)}</p>}
            <p className="dim small">
              {status.lastContactAt === null ? t('portal.neverReached') : t('portal.lastContact', { time: moment(status.lastContactAt) })}
            </p>
            {status.lastError === null ? null : <ErrorNotice error={status.lastError} />}
            <div className="row wrap">
              {status.realm === 'manual' ? null : (
                <Popover.Close className="button" onClick={sync}>
                  <RefreshCw size={16} aria-hidden />
                  {t('action.syncNow')}
                </Popover.Close>
              )}
              <Popover.Close className="button quiet" onClick={() => go({ screen: 'settings' })}>
                {t('portal.change')}
              </Popover.Close>
            </div>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
