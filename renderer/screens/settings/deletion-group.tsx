import { ListFilter, Trash2 } from 'lucide-react';
import { type FormEvent, type ReactNode, useState } from 'react';
import { displayName } from '../../../shared/domain/display-name.ts';
import type { DeletionPreview } from '../../../shared/ipc/views.ts';
import { unwrap } from '../../bridge/bridge.ts';
import { CheckField } from '../../components/check-field.tsx';
import { Confirm } from '../../components/confirm.tsx';
import { TextField } from '../../components/text-field.tsx';
import { attempt, useApp } from '../../stores/app-store.ts';
import { useToast } from '../../stores/toast-store.ts';
import { useTranslation } from '../../words/translation.ts';
import { SettingsGroup } from './settings-group.tsx';

/** What goes, one line a request. */
function Goes({ preview }: { readonly preview: DeletionPreview }): ReactNode {
  const { t } = useTranslation();
  return (
    <section className="stack tight" aria-label={t('deletion.goes')}>
      <h3>{t('deletion.goes')}</h3>
      <ul className="list">
        {preview.requests.map(({ id, kind, title, number, isQueued }) => (
          <li key={id} className="line">
            <span className="grow">
              {number === null ? '' : `${number} · `}
              <bdi>{title === '' ? t('requests.untitled') : displayName(title)}</bdi>{' '}
              <span className="dim small">
                {t(`deletion.kind_${kind}`)}
                {isQueued ? ` · ${t('deletion.queued')}` : ''}
              </span>
            </span>
          </li>
        ))}
      </ul>
      {preview.further === 0 ? null : <p>{t('deletion.further', { count: preview.further })}</p>}
      <p>{t('deletion.files', { count: preview.files })}</p>
    </section>
  );
}

/** What stays, and why. */
function Stays({
  preview,
  fromBackups,
}: {
  readonly preview: DeletionPreview;
  readonly fromBackups: boolean;
}): ReactNode {
  const { t } = useTranslation();
  return (
    <section className="stack tight" aria-label={t('deletion.stays')}>
      <h3>{t('deletion.stays')}</h3>
      <ul>
        <li>{t('deletion.staysAudit')}</li>
        {preview.sessions === 0 ? null : <li>{t('deletion.staysSessions', { count: preview.sessions })}</li>}
        <li>{t('deletion.staysVendor')}</li>
        <li>{t('deletion.staysElsewhere')}</li>
        {fromBackups ? null : <li>{t('deletion.staysBackups')}</li>}
      </ul>
    </section>
  );
}

/** What this PC holds of one customer, one car or one request: shown first, then deleted (R-PRIVACY-1). */
export function DeletionGroup(): ReactNode {
  const { t } = useTranslation();
  const [words, setWords] = useState('');
  const [preview, setPreview] = useState<DeletionPreview | null>(null);
  const [fromBackups, setFromBackups] = useState(false);
  const [asks, setAsks] = useState(false);
  const change = (text: string): void => {
    setWords(text);
    setPreview(null);
  };
  const look = (event: FormEvent): void => {
    event.preventDefault();
    void attempt(() => unwrap(window.officina.deletionPreview({ words }))).then(setPreview);
  };
  const remove = async (): Promise<void> => {
    const ids = preview?.requests.map(({ id }) => id) ?? [];
    const done = await attempt(() => unwrap(window.officina.deleteData({ words, ids, fromBackups })));
    setPreview(null);
    if (done === null) return;
    setWords('');
    await useApp.getState().lookAgain();
    useToast.getState().say(t('deletion.done', { count: done.requests }));
  };
  const found = preview?.requests ?? [];
  return (
    <SettingsGroup place="deletion" title={t('deletion.title')} text={t('deletion.text')}>
      <form className="stack tight" onSubmit={look}>
        <TextField
          label={t('deletion.words')}
          value={words}
          onChange={change}
          maxLength={120}
          note={t('deletion.wordsNote')}
        />
        <div>
          <button type="submit" className="button" disabled={words.trim().length < 2}>
            <ListFilter size={16} aria-hidden />
            {t('deletion.look')}
          </button>
        </div>
      </form>
      {preview === null ? null : found.length === 0 ? (
        <p>{t('deletion.nothing', { words: displayName(words.trim()) })}</p>
      ) : (
        <>
          <Goes preview={preview} />
          <Stays preview={preview} fromBackups={fromBackups} />
          <CheckField
            label={t('deletion.fromBackups')}
            checked={fromBackups}
            onChange={setFromBackups}
            note={t('deletion.fromBackupsText')}
          />
          <div>
            <button
              type="button"
              className="button danger"
              disabled={found.some(({ isQueued }) => isQueued)}
              onClick={() => setAsks(true)}
            >
              <Trash2 size={16} aria-hidden />
              {t('deletion.delete')}
            </button>
          </div>
        </>
      )}
      <Confirm
        open={asks}
        onOpenChange={setAsks}
        title={t('deletion.confirmTitle', { count: found.length })}
        text={t('deletion.confirmText')}
        keep={t('deletion.keep')}
        go={t('deletion.delete')}
        onGo={() => void remove()}
      />
    </SettingsGroup>
  );
}
