import { CalendarPlus, Trash2 } from 'lucide-react';
import { type FormEvent, type ReactNode, useState } from 'react';
import type { NoticeInput } from '../../../shared/domain/notice.ts';
import { instantInItaly } from '../../../shared/i18n/italian-time.ts';
import type { PortalStatus } from '../../../shared/ipc/views.ts';
import { isPossible } from '../../../shared/rules/announcements.ts';
import { typedMoment } from '../../../shared/calendar/typed-day.ts';
import { unwrap } from '../../bridge/bridge.ts';
import { portalMoment } from '../../features/portal-words.ts';
import { useTranslation } from '../../words/translation.ts';
import { ChoiceField } from '../../components/choice-field.tsx';
import { TextField } from '../../components/text-field.tsx';
import { attempt } from '../../stores/app-store.ts';
import { usePortal } from '../../stores/portal-store.ts';
import { SettingsGroup } from './settings-group.tsx';

const kinds = ['closure', 'maintenance', 'info'] as const satisfies readonly NoticeInput['kind'][];

/** Shorter than a day and a time can be written: nobody is told that it is wrong while they write. */
const shortestMoment = 12;

/** An instant by the vendor's clock, as closures are announced; null while what is written is no day and time. */
function instantOf(text: string): string | null {
  const written = typedMoment(text);
  return written === null ? null : instantInItaly(written);
}

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
  const ready =
    title.trim() !== '' && startsAt !== null && (to.trim() === '' || endsAt !== null) && !backwards;
  const wrongMoment = (text: string): { readonly error?: string } =>
    text.trim().length >= shortestMoment && instantOf(text) === null ? { error: t('notices.noMoment') } : {};
  const add = (event: FormEvent): void => {
    event.preventDefault();
    if (!ready || startsAt === null) return;
    void put(() => unwrap(window.officina.addNotice({ kind, title: title.trim(), startsAt, endsAt }))).then(
      (done) => {
        if (!done) return;
        setTitle('');
        setFrom('');
        setTo('');
      },
    );
  };
  return (
    <form className="stack tight" onSubmit={add} noValidate>
      <ChoiceField
        label={t('notices.kind')}
        value={kind}
        onChange={(value) => setKind(kinds.find((item) => item === value) ?? 'closure')}
        choices={kinds.map((value) => ({ value, label: t(`noticeKind.${value}`) }))}
      />
      <TextField label={t('notices.name')} value={title} onChange={setTitle} maxLength={200} />
      <TextField
        label={t('notices.starts')}
        value={from}
        onChange={setFrom}
        maxLength={30}
        note={t('notices.momentHint')}
        {...wrongMoment(from)}
      />
      <TextField label={t('notices.ends')} value={to} onChange={setTo} maxLength={30} {...wrongMoment(to)} />
      {backwards ? (
        <p className="note wrong" role="alert">
          {t('notices.backwards')}
        </p>
      ) : null}
      <div>
        <button type="submit" className="button" disabled={!ready}>
          <CalendarPlus size={16} aria-hidden />
          {t('notices.add')}
        </button>
      </div>
    </form>
  );
}

/** Closures and maintenance: those the portal announced, and those read elsewhere and typed in (R-HOURS-2). */
export function NoticesGroup(): ReactNode {
  const words = useTranslation();
  const { t, language } = words;
  const notices = usePortal((state) => state.status?.notices ?? null);
  const further = usePortal((state) => state.status?.furtherNotices ?? 0);
  if (notices === null) return null;
  return (
    <SettingsGroup place="notices" title={t('notices.title')} text={t('notices.text')}>
      {notices.length === 0 ? null : (
        <ul className="list" aria-label={t('notices.title')}>
          {notices.map((notice) => (
            <li key={notice.id} className="line">
              <div className="grow">
                <div>{notice.title[language]}</div>
                <div className="dim small">
                  {t(`noticeKind.${notice.kind}`)} ·{' '}
                  {notice.endsAt === null
                    ? t('banner.from', { start: portalMoment(notice.startsAt, words) })
                    : t('banner.fromTo', {
                        start: portalMoment(notice.startsAt, words),
                        end: portalMoment(notice.endsAt, words),
                      })}
                </div>
                {isPossible(notice) ? null : <div className="small">{t('notices.backwardsKept')}</div>}
              </div>
              {notice.origin === 'typed' ? (
                <button
                  type="button"
                  className="button icon"
                  aria-label={t('notices.remove', { title: notice.title[language] })}
                  onClick={() => void put(() => unwrap(window.officina.removeNotice({ id: notice.id })))}
                >
                  <Trash2 size={16} aria-hidden />
                </button>
              ) : (
                <span className="dim small">{t('notices.fromPortal')}</span>
              )}
            </li>
          ))}
        </ul>
      )}
      {further === 0 ? null : <p className="dim small">{t('notices.further', { count: further })}</p>}
      <NoticeForm />
    </SettingsGroup>
  );
}
