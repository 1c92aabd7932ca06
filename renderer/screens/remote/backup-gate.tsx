import { CircleCheck, FolderPlus, HardDriveDownload, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { displayName } from '../../../shared/domain/display-name.ts';
import type { RemoteView } from '../../../shared/ipc/remote-views.ts';
import { useTranslation } from '../../app/translation.ts';
import { CheckField } from '../../components/check-field.tsx';
import { BackupRun } from './backup-run.tsx';
import { DeclareBackup } from './declare-backup.tsx';
import { remoteAct } from './remote-act.ts';

function Proof({ view }: { readonly view: RemoteView }): ReactNode {
  const { t, size } = useTranslation();
  const { proof } = view;
  if (proof === null) return null;
  return (
    <div className="hint-line">
      <CircleCheck size={16} className="ok" aria-hidden />
      <span className="grow">{proof.kind === 'made' ? t('remote.backupDone', { files: proof.files, size: size(proof.bytes), restored: proof.sampleRestored }) : t('remote.backupDeclared', { what: proof.what, where: proof.where, on: proof.on, by: proof.by })}</span>
      <button type="button" className="button quiet" onClick={() => void remoteAct(() => window.officina.withdrawBackup({}))}>{t('remote.withdraw')}</button>
    </div>
  );
}

/** R-BACKUP-1: folders, destination, copy and proof; or a backup made elsewhere, declared. */
export function BackupGate({ view }: { readonly view: RemoteView }): ReactNode {
  const { t, size } = useTranslation();
  const { folders, destination, sameDrive, freeBytes, state } = view.backup;
  const busy = state.phase === 'copying' || state.phase === 'paused' || state.phase === 'restoring' || state.phase === 'estimating';
  return (
    <section className="stack" aria-label={t('remote.gate_backup')}>
      <h2>{t('remote.backupTitle')}</h2>
      <p className="dim">{t('remote.backupText')}</p>
      <Proof view={view} />
      {view.proof === null ? (
        <>
          <fieldset className="stack tight">
            <legend className="strong">{t('remote.folders')}</legend>
            {folders.length === 0 ? <p className="dim">{t('remote.noFolders')}</p> : folders.map((folder) => (
              <CheckField key={folder.id} label={<bdi className="file-name">{displayName(folder.displayPath)}</bdi>} checked={folder.chosen} disabled={busy} note={t(`remote.folderOrigin_${folder.origin}`)} onChange={(chosen) => void remoteAct(() => window.officina.chooseBackupFolder({ id: folder.id, chosen }))} />
            ))}
            <div><button type="button" className="button" disabled={busy} onClick={() => void remoteAct(() => window.officina.addBackupFolder({}))}><FolderPlus size={16} aria-hidden />{t('remote.addFolder')}</button></div>
          </fieldset>
          <section className="stack tight" aria-label={t('remote.destination')}>
            <h3>{t('remote.destination')}</h3>
            <p>{destination === null ? <span className="dim">{t('remote.noDestination')}</span> : <bdi className="file-name mono">{displayName(destination)}</bdi>} {freeBytes === null ? null : <span className="dim small">{t('remote.free', { size: size(freeBytes) })}</span>}</p>
            {sameDrive === true ? <p className="notice warn"><TriangleAlert size={16} aria-hidden /><span>{t('remote.sameDrive')}</span></p> : null}
            <div><button type="button" className="button" disabled={busy} onClick={() => void remoteAct(() => window.officina.chooseBackupDestination({}))}><HardDriveDownload size={16} aria-hidden />{t('remote.chooseDestination')}</button></div>
          </section>
          <BackupRun backup={view.backup} />
          {busy ? null : <DeclareBackup />}
        </>
      ) : null}
    </section>
  );
}
