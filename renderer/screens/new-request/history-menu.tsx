import { Menu } from '@base-ui/react/menu';
import { History } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { TicketId } from '../../../shared/domain/ids.ts';
import type { DraftVersion } from '../../../shared/ipc/views.ts';
import { unwrap } from '../../bridge/bridge.ts';
import { useTranslation } from '../../words/translation.ts';
import { attempt } from '../../stores/app-store.ts';
import { useDraft } from '../../stores/draft-store.ts';

/** Earlier versions of the draft; going back keeps the present one as a version too. */
export function HistoryMenu({ id }: { readonly id: TicketId }): ReactNode {
  const { t, moment } = useTranslation();
  const [versions, setVersions] = useState<readonly DraftVersion[]>([]);
  const load = (open: boolean): void => {
    if (!open) return;
    void attempt(async () => {
      await useDraft.getState().flush();
      setVersions(await unwrap(window.officina.draftVersions({ id })));
    });
  };
  const restore = (revision: number): void =>
    void attempt(async () => {
      await unwrap(window.officina.restoreDraftVersion({ id, revision }));
      await useDraft.getState().open(id);
    });
  return (
    <Menu.Root onOpenChange={load}>
      <Menu.Trigger className="button icon" aria-label={t('draft.history')} title={t('draft.history')}>
        <History size={16} aria-hidden />
      </Menu.Trigger>
      <Menu.Portal>
        <section aria-label={t('draft.history')}>
          <Menu.Positioner sideOffset={4} align="end" className="over">
            <Menu.Popup className="popup tall">
              {versions.length === 0 ? (
                <Menu.Item className="menu-item" disabled>
                  {t('draft.noHistory')}
                </Menu.Item>
              ) : (
                versions.map((version) => (
                  <Menu.Item
                    key={version.revision}
                    className="menu-item two"
                    onClick={() => restore(version.revision)}
                  >
                    <span>{t('draft.restore', { time: moment(version.savedAt) })}</span>
                    <span className="dim small cut">
                      {version.title === ''
                        ? t('draft.changedFields', { count: version.changedFields })
                        : version.title}
                    </span>
                  </Menu.Item>
                ))
              )}
            </Menu.Popup>
          </Menu.Positioner>
        </section>
      </Menu.Portal>
    </Menu.Root>
  );
}
