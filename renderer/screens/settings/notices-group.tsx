import { CalendarPlus, Trash2 } from 'lucide-react';
import { type FormEvent, type ReactNode, useId, useState } from 'react';
import type { NoticeInput } from '../../../shared/domain/notice.ts';
import type { PortalStatus } from '../../../shared/ipc/views.ts';
import { unwrap } from '../../app/bridge.ts';
import { useTranslation } from '../../app/translation.ts';
import { ChoiceField } from '../../components/choice-field.tsx';
import { TextField } from '../../components/text-field.tsx';
import { attempt } from '../../stores/app-store.ts';
import { usePortal } from '../../stores/portal-store.ts';
import { SettingsGroup } from './settings-group.tsx';

const kinds = ['closure', 'maintenance', 'info'] as const satisfies readonly NoticeInput['kind'][];

/** A day and time of this PC's own clock, as the platform's own field gives it; empty while incomplete. */
function MomentField({ label, value, onChange }: { readonly label: string; readonly value: string; readonly onChange: (text: string) => void }): ReactNode {
  const id = useId();
  return <div className="field"><div className="label"><label htmlFor={id}>{label}</label></div><input id={id} type="datetime-local" className="input" value={value} onChange={(event) => onChange(event.target.value)} /></div>;
}

const instantOf = (local: string): string | null => (Number.isNaN(Date.parse(local)) ? null : new Date(local).toISOString());

function put(work: () => Promise<PortalStatus>): Promise<boolean> {
  return attempt(async () => {
    usePortal.getState().put(await work());
    return true;
  }).then((done) => done === true);
}

function NoticeForm(): ReactNode {
  const { t } = useTranslation();
  const [kind, setKind] = useState<NoticeInput['kind']>('closure');
  const [title, setTitle] = useState('');
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const [startsAt, endsAt] = [instantOf(from), instantOf(to)];
  const backwards = startsAt !== null && endsAt !== null && endsAt <= startsAt;
  const ready = title.trim() !== '' && startsAt !== null && !backwards;
  const add = (event: FormEvent): void => {
    event.preventDefault();
    if (!ready || startsAt === null) return;
    void put(() => unwrap(window.officina.addNotice({ kind, title: title.trim(), startsAt, endsAt }))).then((done) => {
      if (!done) return;
      setTitle('');
      setFrom('');
      setTo('');
    });
  };
  return (
    <form className="stack tight" onSubmit={add} noValidate>
      <ChoiceField label={t('notices.kind')} value={kind} onChange={(value) => setKind(kinds.find((item) => item === value) ?? 'closure')} choices={kinds.map((value) => ({ value, label: t(`noticeKind.${value}`) }))} />
      <TextField label={t('notices.name')} value={title} onChange={setTitle} maxLength={200} />
      <MomentField label={t('notices.starts')} value={from} onChange={setFrom} />
      <MomentField label={t('notices.ends')} value={to} onChange={setTo} />
      {backwards ? <p className="note wrong" role="alert">{t('notices.backwards')}</p> : null}
      <div><button type="submit" className="button" disabled={!ready}><CalendarPlus size={16} aria-hidden />{t('notices.add')}</button></div>
    </form>
  );
}

/** Closures and maintenance: those the portal announced, and those read elsewhere and typed in (R-HOURS-2). */
export function NoticesGroup(): ReactNode {
  const { t, language, moment } = useTranslation();
  const notices = usePortal((state) => state.status?.notices ?? null);
  if (notices === null) return null;
  return (
    <SettingsGroup title={t('notices.title')} text={t('notices.text')}>
      {notices.length === 0 ? null : (
        <ul className="list" aria-label={t('notices.title')}>
          {notices.map((notice) => (
            <li key={notice.id} className="line">
              <div className="grow"><div>{notice.title[language]}</div><div className="dim small">{t(`noticeKind.${notice.kind}`)} · {notice.endsAt === null ? t('banner.from', { start: moment(notice.startsAt) }) : t('banner.fromTo', { start: moment(notice.startsAt), end: moment(notice.endsAt) })}</div></div>
              {notice.origin === 'typed' ? <button type="button" className="button icon" aria-label={t('notices.remove', { title: notice.title[language] })} onClick={() => void put(() => unwrap(window.officina.removeNotice({ id: notice.id })))}><Trash2 size={16} aria-hidden /></button> : <span className="dim small">{t('notices.fromPortal')}</span>}
            </li>
          ))}
        </ul>
      )}
      <NoticeForm />
    </SettingsGroup>
  );
}
