import { Scale, Stethoscope } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { AppInfo, Licence } from '../../../shared/ipc/views.ts';
import { unwrap } from '../../bridge/bridge.ts';
import { useTranslation } from '../../words/translation.ts';
import { Sheet } from '../../components/sheet.tsx';
import { attempt } from '../../stores/app-store.ts';
import { DiagnosisSheet } from './diagnosis-sheet.tsx';
import { SettingsGroup } from './settings-group.tsx';

/** What this program is made of, with the licence of every part, and what it knows of itself. */
export function AboutGroup({ info }: { readonly info: AppInfo }): ReactNode {
  const { t } = useTranslation();
  const [licences, setLicences] = useState<readonly Licence[] | null>(null);
  const [diagnosis, setDiagnosis] = useState(false);
  const show = (): void =>
    void attempt(() => unwrap(window.officina.licences({}))).then((loaded) => setLicences(loaded));
  return (
    <SettingsGroup
      place="about"
      title={t('settings.aboutTitle')}
      text={t('settings.about', { version: info.appVersion, runtime: info.runtime })}
    >
      <div className="row wrap">
        <button type="button" className="button" onClick={show}>
          <Scale size={16} aria-hidden />
          {t('settings.licences')}
        </button>
        <button type="button" className="button" onClick={() => setDiagnosis(true)}>
          <Stethoscope size={16} aria-hidden />
          {t('diagnosis.title')}
        </button>
      </div>
      {diagnosis ? <DiagnosisSheet info={info} onClose={() => setDiagnosis(false)} /> : null}
      <Sheet
        open={licences !== null}
        onOpenChange={(open) => (open ? undefined : setLicences(null))}
        title={t('settings.licences')}
        close={t('action.close')}
      >
        <div className="stack tight">
          <button
            type="button"
            className="button"
            onClick={() => void attempt(() => unwrap(window.officina.showChromiumLicences({})))}
          >
            {t('settings.licencesOfChromium')}
          </button>
          {(licences ?? []).map((item) => (
            <details key={`${item.name}@${item.version}`} className="licence">
              <summary>
                {item.name} {item.version} · {item.licence}
              </summary>
              <pre className="text-preview">{item.text}</pre>
            </details>
          ))}
        </div>
      </Sheet>
    </SettingsGroup>
  );
}
