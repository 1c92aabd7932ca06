import { FolderPlus, FolderX, Trash2 } from 'lucide-react';
import { type ReactNode, useEffect } from 'react';
import { displayName } from '../../shared/domain/display-name.ts';
import type { WatchedFolder } from '../../shared/domain/evidence.ts';
import { unwrap } from '../bridge/bridge.ts';
import { useTranslation } from '../words/translation.ts';
import { attempt } from '../stores/app-store.ts';
import { useEvidence } from '../stores/evidence-store.ts';
import { Chip } from '../components/chip.tsx';
import { useTick } from '../components/tick.ts';

const tones = { guess: 'plain', 'installed-program': 'info', added: 'ok' } as const;

function change(work: () => Promise<unknown>): Promise<unknown> {
  return attempt(async () => {
    await work();
    await useEvidence.getState().refresh();
    useEvidence.getState().scanAnew();
  });
}

function FolderLine({ folder }: { readonly folder: WatchedFolder }): ReactNode {
  const { t } = useTranslation();
  const path = displayName(folder.displayPath);
  const [isOn, put] = useTick(folder.enabled, (enabled) =>
    change(() => unwrap(window.officina.enableWatchedFolder({ id: folder.id, enabled }))),
  );
  return (
    <li className="line">
      <label className="candidate">
        <input
          type="checkbox"
          className="tick"
          checked={isOn}
          onChange={(event) => put(event.target.checked)}
        />
        <span className="grow">
          <bdi className="mono file-name">{path}</bdi>
          {folder.exists ? null : <span className="reason dim small">{t('evidence.folderAbsent')}</span>}
        </span>
      </label>
      <Chip tone={tones[folder.origin]}>{t(`folderOrigin.${folder.origin}`)}</Chip>
      <button
        type="button"
        className="button icon"
        aria-label={t('evidence.removeFolder', { path })}
        title={t('evidence.removeFolderShort')}
        onClick={() => void change(() => unwrap(window.officina.removeWatchedFolder({ id: folder.id })))}
      >
        <Trash2 size={16} aria-hidden />
      </button>
    </li>
  );
}

/** Folders searched for LOG files: where each comes from, on or off, and the way to add one. */
export function WatchedFolders(): ReactNode {
  const { t } = useTranslation();
  const folders = useEvidence((state) => state.folders);
  useEffect(() => {
    void useEvidence.getState().refresh();
  }, []);
  return (
    <div className="stack tight">
      {folders === null || folders.length === 0 ? (
        <p className="hint-line dim">
          <FolderX size={16} aria-hidden />
          {t('evidence.noFolders')}
        </p>
      ) : (
        <ul className="list">
          {folders.map((folder) => (
            <FolderLine key={folder.id} folder={folder} />
          ))}
        </ul>
      )}
      <div>
        <button
          type="button"
          className="button"
          onClick={() => void change(() => unwrap(window.officina.addWatchedFolder({})))}
        >
          <FolderPlus size={16} aria-hidden />
          {t('evidence.addFolder')}
        </button>
      </div>
    </div>
  );
}
