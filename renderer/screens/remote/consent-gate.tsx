import {
  Archive,
  Download,
  Eye,
  FileLock,
  Info,
  LockKeyholeOpen,
  type LucideIcon,
  MousePointerClick,
  OctagonX,
  Scale,
  Video,
} from 'lucide-react';
import { type FormEvent, type ReactNode, useState } from 'react';
import { createPortal } from 'react-dom';
import type { RemoteView } from '../../../shared/ipc/remote-views.ts';
import { consentKeep, consentMay, consentTicks } from '../../../shared/rules/consent-text.ts';
import { useTranslation } from '../../words/translation.ts';
import { Identifier } from '../../components/identifier.tsx';
import { CheckField } from '../../components/check-field.tsx';
import { ErrorNotice } from '../../features/error-notice.tsx';
import { TextField } from '../../components/text-field.tsx';
import { isSettled } from './gate-look.ts';
import { remoteAct } from '../../features/remote-act.ts';

const mayIcons: readonly LucideIcon[] = [Eye, MousePointerClick, Download, Video, Scale];
const keepIcons: readonly LucideIcon[] = [OctagonX, Archive, FileLock, Info];

function Column({
  title,
  texts,
  icons,
  tone,
}: {
  readonly title: string;
  readonly texts: readonly string[];
  readonly icons: readonly LucideIcon[];
  readonly tone: 'warn' | 'ok';
}): ReactNode {
  return (
    <section className="card roomy" aria-label={title}>
      <h3>{title}</h3>
      <ul className="plain stack tight consent-points">
        {texts.map((text, index) => {
          const Icon = icons[index] ?? Info;
          return (
            <li key={text}>
              <Icon size={16} className={tone} aria-hidden />
              <span>{text}</span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

const formId = 'consent';

/**
 * R-REMOTE-3, -7, -8: what they may do beside what the person keeps; two ticks, a name, one button. Nothing is ticked before. Both
 * answers stand in the bar at the foot of the wizard, in sight however long the text above them is.
 */
export function ConsentGate({
  view,
  bar,
  onRefused,
}: {
  readonly view: RemoteView;
  readonly bar: HTMLElement | null;
  readonly onRefused: () => void;
}): ReactNode {
  const { t } = useTranslation();
  const [ticks, setTicks] = useState<readonly boolean[]>([false, false]);
  const [name, setName] = useState('');
  const missing = (['ticket', 'backup', 'programs', 'teamviewer'] as const).some(
    (gate) => !isSettled(view.gates[gate]),
  );
  const ready = ticks.every(Boolean) && name.trim().length >= 2 && !missing && view.keyError === null;
  const give = (event: FormEvent): void => {
    event.preventDefault();
    if (!ready) return;
    void remoteAct(() =>
      window.officina.giveConsent({
        name: name.trim(),
        allowed: true,
        backupIsMine: true,
        textSha256: view.consent.sha256,
      }),
    );
  };
  return (
    <section className="stack" aria-label={t('remote.gate_consent')}>
      <h2>{t('remote.consentTitle')}</h2>
      <p className="dim">
        {t('remote.consentText', { number: view.number ?? '', operator: view.operator ?? '' })}
      </p>
      <div className="consent-columns">
        <Column
          title={t('remote.may')}
          texts={consentMay.map((key) => t(key))}
          icons={mayIcons}
          tone="warn"
        />
        <Column
          title={t('remote.keepTitle')}
          texts={consentKeep.map((key) => t(key))}
          icons={keepIcons}
          tone="ok"
        />
      </div>
      {view.keyError === null ? null : (
        <>
          <p className="note wrong">{t('remote.noKey')}</p>
          <ErrorNotice error={view.keyError} />
        </>
      )}
      <form id={formId} className="stack" onSubmit={give}>
        {consentTicks.map((key, index) => (
          <CheckField
            key={key}
            label={t(key)}
            checked={ticks[index] ?? false}
            onChange={(checked) => setTicks(ticks.map((was, other) => (other === index ? checked : was)))}
          />
        ))}
        <div className="grid two">
          <TextField label={t('remote.name')} value={name} onChange={setName} maxLength={120} />
        </div>
        <details className="licence small">
          <summary>{t('action.details')}</summary>
          <dl className="facts">
            <dt>{t('remote.shownText')}</dt>
            <dd>{t('remote.shownVersion', { version: view.consent.version })}</dd>
            <dt>SHA-256</dt>
            <dd>
              <Identifier text={view.consent.sha256} />
            </dd>
          </dl>
        </details>
      </form>
      {bar === null
        ? null
        : createPortal(
            <>
              <output className="dim small grow">
                {ready ? '' : t(missing ? 'remote.missingGates' : 'remote.missingTicks')}
              </output>
              <button
                type="button"
                className="button"
                onClick={() => void remoteAct(() => window.officina.refuseConsent({})).then(onRefused)}
              >
                {t('remote.refuse')}
              </button>
              <button type="submit" form={formId} className="button primary" aria-disabled={!ready}>
                <LockKeyholeOpen size={16} aria-hidden />
                {t('remote.give')}
              </button>
            </>,
            bar,
          )}
    </section>
  );
}
