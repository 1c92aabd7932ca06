import {
  CircleCheck,
  FolderDown,
  FolderPlus,
  HardDriveDownload,
  Paperclip,
  TriangleAlert,
} from 'lucide-react';
import type { ReactNode } from 'react';
import type { BackupProof } from '../../../shared/domain/backup.ts';
import { localeOf } from '../../../shared/i18n/translator.ts';
import { displayName } from '../../../shared/domain/display-name.ts';
import type { RemoteView } from '../../../shared/ipc/remote-views.ts';
import { unwrap } from '../../bridge/bridge.ts';
import { useTranslation, type Words } from '../../words/translation.ts';
import { CheckField } from '../../components/check-field.tsx';
import { attempt } from '../../stores/app-store.ts';
import { useTicket } from '../../stores/ticket-store.ts';
import { useToast } from '../../stores/toast-store.ts';
import { BackupRun } from './backup-run.tsx';
import { DeclareBackup } from './declare-backup.tsx';
import { remoteAct } from '../../features/remote-act.ts';
import { saveReceipt } from '../../features/save-receipt.ts';

function proofSentence(proof: BackupProof, { t, size, language }: Words): string {
  if (proof.kind === 'declared')
    return t('remote.backupDeclared', {
      what: proof.what,
      where: proof.where,
      on: new Intl.DateTimeFormat(localeOf(language), { dateStyle: 'long', timeZone: 'UTC' }).format(
        new Date(proof.on),
      ),
      by: proof.by,
    });
  const done = t('remote.backupDone', {
    files: proof.files,
    size: size(proof.bytes),
    restored: proof.sampleRestored,
  });
  return proof.unchangedFiles === 0
    ? done
    : `${done} ${t('remote.backupRepeated', { copied: proof.copiedFiles, unchanged: proof.unchangedFiles })}`;
}

function Proof({ view }: { readonly view: RemoteView }): ReactNode {
  const words = useTranslation();
  const { t } = words;
  const { proof, ticketId } = view;
  if (proof === null) return null;
  const attach = async (): Promise<void> => {
    const reply = await attempt(() =>
      unwrap(window.officina.attachBackupReceipt({ ticketId, proofId: proof.id })),
    );
    if (reply === null) return;
    useTicket.getState().bring(reply);
    useToast.getState().say(t('remote.attachedBackup'));
  };
  return (
    <div className="stack tight">
      <div className="hint-line">
        <CircleCheck size={16} className="ok" aria-hidden />
        <span className="grow">{proofSentence(proof, words)}</span>
      </div>
      <div className="row wrap">
        <button
          type="button"
          className="button"
          onClick={() =>
            void saveReceipt(() => window.officina.saveBackupReceipt({ proofId: proof.id }), words)
          }
        >
          <FolderDown size={16} aria-hidden />
          {t('remote.saveBackup')}
        </button>
        <button type="button" className="button" onClick={() => void attach()}>
          <Paperclip size={16} aria-hidden />
          {t('remote.attach')}
        </button>
        <button
          type="button"
          className="button quiet"
          onClick={() => void remoteAct(() => window.officina.withdrawBackup({}))}
        >
          {t('remote.withdraw')}
        </button>
      </div>
    </div>
  );
}

/** R-BACKUP-1: folders, destination, copy and proof; or a backup made elsewhere, declared. */
export function BackupGate({ view }: { readonly view: RemoteView }): ReactNode {
  const { t, size } = useTranslation();
  const { folders, destination, sameDrive, freeBytes, state } = view.backup;
  const busy =
    state.phase === 'copying' ||
    state.phase === 'paused' ||
    state.phase === 'restoring' ||
    state.phase === 'estimating';
  return (
    <section className="stack" aria-label={t('remote.gate_backup')}>
      <h2>{t('remote.backupTitle')}</h2>
      <p className="dim">{t('remote.backupText')}</p>
      <Proof view={view} />
      {view.proof !== null ? null : busy ? (
        <>
          <BackupRun backup={view.backup} />
          <p className="dim small">
            {t('remote.copyingTo')} <bdi className="file-name">{displayName(destination ?? '')}</bdi>
          </p>
        </>
      ) : (
        <>
          <fieldset className="stack tight">
            <legend className="strong">{t('remote.folders')}</legend>
            {folders.length === 0 ? (
              <p className="dim">{t('remote.noFolders')}</p>
            ) : (
              folders.map((folder) => (
                <CheckField
                  key={folder.id}
                  label={<bdi className="file-name">{displayName(folder.displayPath)}</bdi>}
                  checked={folder.chosen}
                  note={t(`remote.folderOrigin_${folder.origin}`)}
                  onChange={(chosen) =>
                    remoteAct(() => window.officina.chooseBackupFolder({ id: folder.id, chosen }))
                  }
                />
              ))
            )}
            <div>
              <button
                type="button"
                className="button"
                onClick={() => void remoteAct(() => window.officina.addBackupFolder({}))}
              >
                <FolderPlus size={16} aria-hidden />
                {t('remote.addFolder')}
              </button>
            </div>
          </fieldset>
          <section className="stack tight" aria-label={t('remote.destination')}>
            <h3>{t('remote.destination')}</h3>
            <p>
              {destination === null ? (
                <span className="dim">{t('remote.noDestination')}</span>
              ) : (
                <bdi className="file-name mono">{displayName(destination)}</bdi>
              )}{' '}
              {freeBytes === null ? null : (
                <span className="dim small">{t('remote.free', { size: size(freeBytes) })}</span>
              )}
            </p>
            {sameDrive === true ? (
              <p className="notice warn">
                <TriangleAlert size={16} aria-hidden />
                <span>{t('remote.sameDrive')}</span>
              </p>
            ) : null}
            <div>
              <button
                type="button"
                className="button"
                onClick={() => void remoteAct(() => window.officina.chooseBackupDestination({}))}
              >
                <HardDriveDownload size={16} aria-hidden />
                {t('remote.chooseDestination')}
              </button>
            </div>
          </section>
          <BackupRun backup={view.backup} />
          <DeclareBackup />
        </>
      )}
    </section>
  );
}
