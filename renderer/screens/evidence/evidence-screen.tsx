import { Tabs } from '@base-ui/react/tabs';
import { FolderPlus, RefreshCw } from 'lucide-react';
import { type ReactNode, useCallback, useEffect, useState } from 'react';
import type { Evidence } from '../../../shared/domain/evidence.ts';
import { evidenceLimits } from '../../../shared/domain/evidence-limits.ts';
import { usePastedFiles } from '../../features/paste.ts';
import { useTranslation } from '../../words/translation.ts';
import { CopyProgress } from '../../features/copy-progress.tsx';
import { DropZone } from '../../components/drop-zone.tsx';
import { RefusedFiles } from '../../features/refused-files.tsx';
import { ScanLine } from '../../features/scan-line.tsx';
import { WatchedFolders } from '../../features/watched-folders.tsx';
import { takeFiles, useEvidence } from '../../stores/evidence-store.ts';
import { FoundFiles } from './found-files.tsx';
import { FrozenFiles } from './frozen-files.tsx';

/** What this PC holds that could help the vendor: found on disk, copies already made, and where it is searched. */
export function EvidenceScreen(): ReactNode {
  const { t, size } = useTranslation();
  const scanning = useEvidence((state) => state.scanId !== null);
  const [tab, setTab] = useState<string>('found');
  const taken = useCallback((files: readonly Evidence[]): void => {
    if (files.length > 0) setTab('copies');
  }, []);
  usePastedFiles(taken);
  useEffect(() => {
    const { candidates, scan, refresh } = useEvidence.getState();
    void refresh();
    if (candidates.length === 0) void scan();
  }, []);
  return (
    <DropZone
      hint={t('evidence.dropHere')}
      onFiles={(files) => void takeFiles(() => window.officina.freezeDroppedFiles(files)).then(taken)}
    >
      <div className="page">
        <div className="page-head">
          <div>
            <h1>{t('nav.evidence')}</h1>
            <p className="dim">{t('evidence.intro')}</p>
          </div>
          <div className="row wrap">
            <button
              type="button"
              className="button"
              onClick={() => void takeFiles(() => window.officina.chooseFiles({})).then(taken)}
            >
              <FolderPlus size={16} aria-hidden />
              {t('evidence.addFile')}
            </button>
            <button
              type="button"
              className="button"
              disabled={scanning}
              onClick={() => void useEvidence.getState().scan()}
            >
              <RefreshCw size={16} aria-hidden />
              {t('evidence.scanAgain')}
            </button>
          </div>
        </div>
        <CopyProgress />
        <RefusedFiles onTaken={taken} />
        <Tabs.Root value={tab} onValueChange={(value) => setTab(String(value))}>
          <Tabs.List className="tabs" aria-label={t('nav.evidence')}>
            <Tabs.Tab value="found" className="tab">
              {t('evidence.tabFound')}
            </Tabs.Tab>
            <Tabs.Tab value="copies" className="tab">
              {t('evidence.tabCopies')}
            </Tabs.Tab>
            <Tabs.Tab value="folders" className="tab">
              {t('evidence.tabFolders')}
            </Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="found" className="tab-panel">
            <ScanLine />
            <FoundFiles />
          </Tabs.Panel>
          <Tabs.Panel value="copies" className="tab-panel">
            <FrozenFiles />
          </Tabs.Panel>
          <Tabs.Panel value="folders" className="tab-panel">
            <p className="dim">{t('evidence.foldersIntro')}</p>
            <WatchedFolders />
          </Tabs.Panel>
        </Tabs.Root>
        <p className="dim small">
          {t('evidence.limits', {
            file: size(evidenceLimits.fileBytes),
            all: size(evidenceLimits.ticketBytes),
            count: evidenceLimits.filesPerTicket,
            tail: size(evidenceLimits.tailBytes),
          })}
        </p>
      </div>
    </DropZone>
  );
}
