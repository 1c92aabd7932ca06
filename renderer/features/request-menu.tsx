import { ArrowUpRight, Copy, CopyPlus, FolderDown, LayoutTemplate, Trash2 } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';
import type { RequestRow } from '../../shared/ipc/views.ts';
import { quietly } from '../bridge/bridge.ts';
import { useApp } from '../stores/app-store.ts';
import { useTranslation } from '../words/translation.ts';
import { openRequest } from './open-request.ts';
import { removeDraft } from './remove-draft.ts';
import { saveToFolder } from './save-folder.ts';
import { type RowAct, RowMenu } from './row-menu.tsx';
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
  const acts: readonly RowAct[] = [
    { label: t('today.open'), icon: ArrowUpRight, run: () => openRequest(row, go) },
    ...(number === null
      ? []
      : [
          {
            label: t('requests.copyNumber'),
            icon: Copy,
            run: () => void quietly(window.officina.copyText({ text: number })),
          },
        ]),
    { label: t('origin.start'), icon: CopyPlus, run: () => startFrom(row.id) },
    { label: t('template.saveAs'), icon: LayoutTemplate, run: () => askTemplateName(row.id, row.title) },
    { label: t('action.saveFolder'), icon: FolderDown, run: () => void saveToFolder(row.id, t) },
    ...(row.stage === 'draft'
      ? [{ label: t('draft.remove'), icon: Trash2, run: () => void removeDraft(row, t), isDanger: true }]
      : []),
  ];
  return (
    <RowMenu label={t('requests.menu')} acts={acts}>
      {children}
    </RowMenu>
  );
}
