import { ContextMenu } from '@base-ui/react/context-menu';
import { ArrowUpRight, Copy, CopyPlus, FolderDown, LayoutTemplate, Trash2 } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';
import type { RequestRow } from '../../shared/ipc/views.ts';
import { quietly } from '../bridge/bridge.ts';
import { useApp } from '../stores/app-store.ts';
import { useTranslation } from '../words/translation.ts';
import { openRequest } from './open-request.ts';
import { removeDraft } from './remove-draft.ts';
import { saveToFolder } from './save-folder.ts';
import { askTemplateName } from './templates.ts';
import { startFrom } from './start-from.ts';

/** What can be done with a line of a list, on right click or by the menu key. */
export function RequestMenu({
  row,
  children,
}: {
  readonly row: RequestRow | undefined;
  readonly children: ReactElement;
}): ReactNode {
  const { t } = useTranslation();
  const go = useApp((state) => state.go);
  if (row === undefined) return children;
  const { number } = row;
  return (
    <ContextMenu.Root>
      <ContextMenu.Trigger render={children} />
      <ContextMenu.Portal>
        <ContextMenu.Positioner className="over">
          <ContextMenu.Popup className="popup" aria-label={t('requests.menu')}>
            <ContextMenu.Item className="menu-item" onClick={() => openRequest(row, go)}>
              <ArrowUpRight size={16} aria-hidden />
              {t('today.open')}
            </ContextMenu.Item>
            {number === null ? null : (
              <ContextMenu.Item
                className="menu-item"
                onClick={() => void quietly(window.officina.copyText({ text: number }))}
              >
                <Copy size={16} aria-hidden />
                {t('requests.copyNumber')}
              </ContextMenu.Item>
            )}
            <ContextMenu.Item className="menu-item" onClick={() => startFrom(row.id)}>
              <CopyPlus size={16} aria-hidden />
              {t('origin.start')}
            </ContextMenu.Item>
            <ContextMenu.Item className="menu-item" onClick={() => askTemplateName(row.id, row.title)}>
              <LayoutTemplate size={16} aria-hidden />
              {t('template.saveAs')}
            </ContextMenu.Item>
            <ContextMenu.Item className="menu-item" onClick={() => void saveToFolder(row.id, t)}>
              <FolderDown size={16} aria-hidden />
              {t('action.saveFolder')}
            </ContextMenu.Item>
            {row.stage === 'draft' ? (
              <ContextMenu.Item className="menu-item danger" onClick={() => void removeDraft(row, t)}>
                <Trash2 size={16} aria-hidden />
                {t('draft.remove')}
              </ContextMenu.Item>
            ) : null}
          </ContextMenu.Popup>
        </ContextMenu.Positioner>
      </ContextMenu.Portal>
    </ContextMenu.Root>
  );
}
