import { Send } from 'lucide-react';
import { type FormEvent, type ReactNode, useEffect, useState } from 'react';
import type { RemoteView } from '../../../shared/ipc/remote-views.ts';
import { useTranslation } from '../../words/translation.ts';
import { TextField } from '../../components/text-field.tsx';
import { remoteAct } from '../../features/remote-act.ts';

/** Codes do not stay on a screen longer than this, in milliseconds (THREAT-10). */
const lifeMs = 15 * 60_000;

/** R-REMOTE-5: id and password, masked, to that operator in private; gone from here as soon as they are told. */
export function CodesForm({ view }: { readonly view: RemoteView }): ReactNode {
  const { t } = useTranslation();
  const [codes, setCodes] = useState({ id: '', password: '' });
  const [sending, setSending] = useState(false);
  const filled = codes.id !== '' || codes.password !== '';
  useEffect(() => {
    if (!filled) return;
    const timer = setTimeout(() => setCodes({ id: '', password: '' }), lifeMs);
    return () => clearTimeout(timer);
  }, [filled]);
  const operator = view.operator ?? '';
  const state = 'codes' in view.session ? view.session.codes : 'none';
  const send = (event: FormEvent): void => {
    event.preventDefault();
    setSending(true);
    void remoteAct(() => window.officina.handOverCodes(codes)).then((told) => {
      if (told !== null) setCodes({ id: '', password: '' });
      setSending(false);
    });
  };
  if (state === 'sent' || state === 'shown')
    return <p className="hint-line">{t(`remote.${state}`, { operator })}</p>;
  return (
    <form className="card roomy stack" onSubmit={send} aria-label={t('remote.codesTitle', { operator })}>
      <h3>{t('remote.codesTitle', { operator })}</h3>
      <p className="dim">{t(view.carriesCodes ? 'remote.codesText' : 'remote.codesByHand', { operator })}</p>
      {view.practiceCodes === null ? null : (
        <p className="notice info">{t('remote.practiceCodes', view.practiceCodes)}</p>
      )}
      <div className="grid two">
        <TextField
          type="password"
          label={t('remote.tvId')}
          value={codes.id}
          onChange={(id) => setCodes({ ...codes, id })}
          maxLength={40}
          mono
        />
        <TextField
          type="password"
          label={t('remote.tvPassword')}
          value={codes.password}
          onChange={(password) => setCodes({ ...codes, password })}
          maxLength={80}
          mono
        />
      </div>
      <div>
        <button
          type="submit"
          className="button primary"
          disabled={sending || codes.id === '' || codes.password === ''}
        >
          <Send size={16} aria-hidden />
          {view.carriesCodes ? t('remote.send', { operator }) : t('remote.noteByHand')}
        </button>
      </div>
    </form>
  );
}
