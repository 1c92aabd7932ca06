import { History } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { BackupView } from '../../../shared/ipc/views.ts';
import { unwrap } from '../../app/bridge.ts';
import { useTranslation } from '../../app/translation.ts';
import { Confirm } from '../../components/confirm.tsx';
import { Sheet } from '../../components/sheet.tsx';
import { attempt } from '../../stores/app-store.ts';
import { SettingsGroup } from './settings-group.tsx';

/** Copies of the whole store, made by themselves; going back to one restarts the program and keeps what stood there aside. */
export function BackupsGroup(): ReactNode {
  const { t, moment, size } = useTranslation();
  const [backups, setBackups] = useState<readonly BackupView[] | null>(null);
  const [chosen, setChosen] = useState<BackupView | null>(null);
  const show = (): void => void attempt(() => unwrap(window.officina.backups({}))).then((loaded) => setBackups(loaded));
  const restore = (backup: BackupView): void => void attempt(() => unwrap(window.officina.restoreBackup({ id: backup.id })));
  return (
    <SettingsGroup title={t('backups.title')} text={t('backups.text')}>
      <div><button type="button" className="button" onClick={show}><History size={16} aria-hidden />{t('backups.show')}</button></div>
      <Sheet open={backups !== null} onOpenChange={(open) => (open ? undefined : setBackups(null))} title={t('backups.title')} close={t('action.close')}>
        {backups?.length === 0 ? <p className="dim">{t('backups.none')}</p> : (
          <ul className="list">
            {(backups ?? []).map((backup) => (
              <li key={backup.id} className="line">
                <span className="grow">{moment(backup.at)} <span className="dim small">{t(`backups.reason_${backup.reason}`)} · {size(backup.sizeBytes)}</span></span>
                <button type="button" className="button" aria-label={t('backups.restoreFrom', { time: moment(backup.at) })} onClick={() => setChosen(backup)}>{t('backups.restore')}</button>
              </li>
            ))}
          </ul>
        )}
      </Sheet>
      <Confirm open={chosen !== null} onOpenChange={(open) => (open ? undefined : setChosen(null))} title={t('backups.confirmTitle', { time: chosen === null ? '' : moment(chosen.at) })} text={t('backups.confirmText')} keep={t('backups.keep')} go={t('backups.go')} onGo={() => (chosen === null ? undefined : restore(chosen))} />
    </SettingsGroup>
  );
}
