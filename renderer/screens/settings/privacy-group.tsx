import { FolderDown, Trash2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { displayName } from '../../../shared/domain/display-name.ts';
import { keptFilesSchema } from '../../../shared/rules/retention.ts';
import { unwrap } from '../../bridge/bridge.ts';
import { withMissing } from '../../features/save-folder.ts';
import { saveSettings } from '../../features/save-settings.ts';
import { useTranslation } from '../../words/translation.ts';
import { CheckField } from '../../components/check-field.tsx';
import { ChoiceField } from '../../components/choice-field.tsx';
import { Confirm } from '../../components/confirm.tsx';
import { attempt, useApp } from '../../stores/app-store.ts';
import { useOutbox } from '../../stores/outbox-store.ts';
import { useToast } from '../../stores/toast-store.ts';
import { SettingsGroup } from './settings-group.tsx';

/** What this PC holds about the workshop and its customers: taken along whole, or erased (R-PRIVACY-1). */
export function PrivacyGroup(): ReactNode {
  const { t } = useTranslation();
  const [asks, setAsks] = useState(false);
  const [withOwn, setWithOwn] = useState(false);
  const keptFiles = useApp((state) => state.info?.settings.keptFiles) ?? 'until-erased';
  const waiting = useOutbox((state) => state.rows)?.length ?? 0;
  const take = async (): Promise<void> => {
    const taken = await attempt(() => unwrap(window.officina.exportEverything({ withOwn })));
    if (taken === null) return;
    const said = t('privacy.taken', { folder: displayName(taken.folder), count: taken.files });
    useToast.getState().say(withMissing(said, taken.missing, t));
  };
  const text = (
    <>
      <p>{t('privacy.confirmText')}</p>
      {waiting === 0 ? null : <p className="strong">{t('privacy.waiting', { count: waiting })}</p>}
    </>
  );
  return (
    <SettingsGroup place="privacy" title={t('privacy.title')} text={t('privacy.text')}>
      <ChoiceField
        label={t('privacy.keptFiles')}
        value={keptFiles}
        onChange={(value) => saveSettings({ keptFiles: keptFilesSchema.parse(value) })}
        choices={keptFilesSchema.options.map((value) => ({ value, label: t(`privacy.kept_${value}`) }))}
        note={t('privacy.keptFilesText')}
      />
      <CheckField
        label={t('privacy.withOwn')}
        checked={withOwn}
        onChange={setWithOwn}
        note={t('privacy.withOwnText')}
      />
      <div className="row wrap">
        <button type="button" className="button" onClick={() => void take()}>
          <FolderDown size={16} aria-hidden />
          {t('privacy.take')}
        </button>
        <button type="button" className="button quiet danger-quiet" onClick={() => setAsks(true)}>
          <Trash2 size={16} aria-hidden />
          {t('privacy.erase')}
        </button>
      </div>
      <Confirm
        open={asks}
        onOpenChange={setAsks}
        title={t('privacy.confirmTitle')}
        text={text}
        keep={t('privacy.keep')}
        go={t('privacy.go')}
        onGo={() => void attempt(() => unwrap(window.officina.eraseEverything({})))}
      />
    </SettingsGroup>
  );
}
