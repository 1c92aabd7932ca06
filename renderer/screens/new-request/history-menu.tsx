import { Menu } from '@base-ui/react/menu';
import { History } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { TicketId } from '../../../shared/domain/ids.ts';
import { dayAndTime } from '../../../shared/i18n/translator.ts';
import type { DraftVersion } from '../../../shared/ipc/views.ts';
import { unwrap } from '../../app/bridge.ts';
import { useTranslation } from '../../app/translation.ts';
import { useApp } from '../../stores/app-store.ts';
import { useDraft } from '../../stores/draft-store.ts';

/** Earlier versions of the draft; going back keeps the present one as a version too. */
export function HistoryMenu({ id }: { readonly id: TicketId }): ReactNode {
  const { t, language } = useTranslation();
  const [versions, setVersions] = useState<readonly DraftVersion[]>([]);
  const { attempt } = useApp.getState();
  const load = (open: boolean): void => {
    if (!open) return;
    void attempt(async () => {
      await useDraft.getState().flush();
      setVersions(await unwrap(window.officina.draftVersions({ id })));
    });
  };
  const restore = (revision: number): void => void attempt(async () => {
    await unwrap(window.officina.restoreDraftVersion({ id, revision }));
    await useDraft.getState().open(id);
  });
  return (
    <Menu.Root onOpenChange={load}>
      <Menu.Trigger className="button quiet"><History size={16} aria-hidden />{t('draft.history')}</Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner>
          <Menu.Popup className="card">
            {versions.length === 0 ? <Menu.Item disabled>{t('draft.noHistory')}</Menu.Item> : versions.map((version) => <Menu.Item key={version.revision} className="nav" onClick={() => restore(version.revision)}>{t('draft.restore', { time: dayAndTime(version.savedAt, language) })}</Menu.Item>)}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
