import type { ReactNode } from 'react';
import type { Notifications } from '../../../shared/ipc/views.ts';
import { CheckField } from '../../components/check-field.tsx';
import { saveSettings } from '../../features/save-settings.ts';
import { useTranslation } from '../../words/translation.ts';
import { SettingsGroup } from './settings-group.tsx';

const kinds = ['answers', 'numbers', 'sessions'] as const;

/** Which news come as a notification while nobody looks at the program. */
export function NotificationsGroup({ chosen }: { readonly chosen: Notifications }): ReactNode {
  const { t } = useTranslation();
  return (
    <SettingsGroup
      place="notifications"
      title={t('notificationChoice.title')}
      text={t('notificationChoice.text')}
    >
      {kinds.map((kind) => (
        <CheckField
          key={kind}
          label={t(`notificationChoice.${kind}`)}
          checked={chosen[kind]}
          onChange={(on) => saveSettings({ notifications: { ...chosen, [kind]: on } })}
          {...(kind === 'sessions' ? { note: t('notificationChoice.sessionsText') } : {})}
        />
      ))}
    </SettingsGroup>
  );
}
