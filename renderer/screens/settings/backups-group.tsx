import { History } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import type { StoreBackupView } from '../../../shared/ipc/views.ts';
import { quietly, unwrap } from '../../bridge/bridge.ts';
import { useTranslation } from '../../words/translation.ts';
import { Confirm } from '../../components/confirm.tsx';
import { ErrorNotice } from '../../features/error-notice.tsx';
import { Sheet } from '../../components/sheet.tsx';
import { attempt, useApp } from '../../stores/app-store.ts';
import { SettingsGroup } from './settings-group.tsx';

/** Copies of the whole store, made by themselves; going back to one restarts the program and keeps what stood there aside. */
export function BackupsGroup(): ReactNode {
  const { t, moment, moments, size } = useTranslation();
  const info = useApp((state) => state.info);
  const failure = info?.backupFailure ?? null;
  const [backups, setBackups] = useState<readonly StoreBackupView[] | null>(null);
  const [open, setOpen] = useState(false);
  const [chosen, setChosen] = useState<StoreBackupView | null>(null);
  useEffect(() => {
    // What is known of the store changes with every copy that is made, or could not be.
    void info;
    void quietly(window.officina.backups({})).then(setBackups);
  }, [info]);
  const show = (): void =>
    void attempt(() => unwrap(window.officina.backups({}))).then((loaded) => {
      if (loaded === null) return;
      setBackups(loaded);
      setOpen(true);
    });
  const restore = (backup: StoreBackupView): void =>
    void attempt(() => unwrap(window.officina.restoreBackup({ id: backup.id })));
  const newest = backups?.[0];
  const times = moments((backups ?? []).map(({ at }) => at));
  /** What tells a copy from all others; its file only where somebody laid another of the same moment and kind beside it. */
  const names = (backups ?? []).map(({ id, at, reason }, index) => {
    const isTwin = (backups ?? []).filter((other) => other.at === at && other.reason === reason).length > 1;
    const kind = t(`backups.reason_${reason}`);
    return { time: times[index] ?? '', reason: isTwin ? `${kind}, ${id}` : kind };
  });
  return (
    <SettingsGroup place="backups" title={t('backups.title')} text={t('backups.text')}>
      {failure === null ? null : <ErrorNotice error={failure} />}
      {backups === null ? null : (
        <p>
          {newest === undefined
            ? t('backups.none')
            : t('backups.last', { time: moment(newest.at), reason: t(`backups.reason_${newest.reason}`) })}
        </p>
      )}
      <div>
        <button type="button" className="button" onClick={show}>
          <History size={16} aria-hidden />
          {t('backups.show')}
        </button>
      </div>
      <Sheet open={open} onOpenChange={setOpen} title={t('backups.title')} close={t('action.close')}>
        {backups?.length === 0 ? (
          <p className="dim">{t('backups.none')}</p>
        ) : (
          <ul className="list">
            {(backups ?? []).map((backup, index) => (
              <li key={backup.id} className="line">
                <span className="grow">
                  {names[index]?.time}{' '}
                  <span className="dim small">
                    {names[index]?.reason} · {size(backup.sizeBytes)}
                  </span>
                </span>
                <button
                  type="button"
                  className="button"
                  aria-label={t('backups.restoreFrom', names[index] ?? { time: '', reason: '' })}
                  onClick={() => setChosen(backup)}
                >
                  {t('backups.restore')}
                </button>
              </li>
            ))}
          </ul>
        )}
      </Sheet>
      <Confirm
        open={chosen !== null}
        onOpenChange={(open) => (open ? undefined : setChosen(null))}
        title={t(
          'backups.confirmTitle',
          names[(backups ?? []).findIndex(({ id }) => id === chosen?.id)] ?? { time: '', reason: '' },
        )}
        text={t('backups.confirmText')}
        keep={t('backups.keep')}
        go={t('backups.go')}
        onGo={() => (chosen === null ? undefined : restore(chosen))}
      />
    </SettingsGroup>
  );
}
