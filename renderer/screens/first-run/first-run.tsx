import { Check, FlaskConical, Languages, Wrench } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { WorkshopProfile } from '../../../shared/domain/workshop-profile.ts';
import { unwrap } from '../../app/bridge.ts';
import { saveSettings } from '../../app/save-settings.ts';
import { storeProfile } from '../../app/store-facts.ts';
import { useTranslation } from '../../app/translation.ts';
import { Identifier } from '../../components/identifier.tsx';
import { WatchedFolders } from '../../components/watched-folders.tsx';
import { WorkshopForm } from '../../components/workshop-form.tsx';
import { attempt, useApp } from '../../stores/app-store.ts';
import { FirstTools } from './first-tools.tsx';

const steps = ['workshop', 'tools', 'folders'] as const;
type StepName = (typeof steps)[number];

function StepMarks({ now }: { readonly now: StepName }): ReactNode {
  const { t } = useTranslation();
  const at = steps.indexOf(now);
  return (
    <ol className="step-marks" aria-label={t('firstRun.steps')}>
      {steps.map((name, index) => (
        <li key={name} aria-current={name === now ? 'step' : undefined} data-done={index < at}>
          <span className="step-number">{index < at ? <Check size={14} aria-hidden /> : index + 1}</span>{t(`firstRun.step_${name}`)}
        </li>
      ))}
    </ol>
  );
}

/** The code is read back large before it goes on every request; a wrong one would be found out only by the vendor. */
function ConfirmCode({ profile, onYes, onNo }: { readonly profile: WorkshopProfile; readonly onYes: () => void; readonly onNo: () => void }): ReactNode {
  const { t } = useTranslation();
  return (
    <div className="stack read-back">
      <p>{t('firstRun.isThisCode')}</p>
      <p><Identifier text={profile.customerCode} large /></p>
      <p className="dim">{t('firstRun.codeWhy', { company: profile.company, email: profile.email })}</p>
      <div className="row wrap"><button type="button" className="button primary" onClick={onYes}>{t('firstRun.codeRight')}</button><button type="button" className="button" onClick={onNo}>{t('firstRun.correct')}</button></div>
    </div>
  );
}

/** First start: who asks, with what, and where the LOG files lie. Three steps, none of them a trap. */
export function FirstRun(): ReactNode {
  const { t, language } = useTranslation();
  const known = useApp((state) => state.info?.profile ?? null);
  const arrive = useApp((state) => state.arrive);
  const [step, setStep] = useState<StepName>(known === null ? 'workshop' : 'tools');
  const [written, setWritten] = useState<WorkshopProfile | null>(null);
  const [confirming, setConfirming] = useState(false);
  const confirmed = async (): Promise<void> => {
    if (written === null || !(await storeProfile(written))) return;
    setConfirming(false);
    setStep('tools');
  };
  const samples = (): void => void attempt(async () => {
    await unwrap(window.officina.loadSamples({}));
    await useApp.getState().refresh();
    arrive();
  });
  return (
    <div className="welcome">
      <header className="welcome-head">
        <div className="brand"><span className="mark"><Wrench size={13} aria-hidden /></span>{t('app.name')}</div>
        <button type="button" className="button quiet" lang={language === 'it' ? 'en' : 'it'} onClick={() => saveSettings({ language: language === 'it' ? 'en' : 'it' })}><Languages size={16} aria-hidden />{t(`language.${language === 'it' ? 'en' : 'it'}`)}</button>
      </header>
      <StepMarks now={step} />
      <section className="card roomy stack">
        <div><h1>{t(`firstRun.title_${step}`)}</h1><p className="dim">{t(`firstRun.intro_${step}`)}</p></div>
        {step !== 'workshop' ? null : confirming && written !== null ? <ConfirmCode profile={written} onYes={() => void confirmed()} onNo={() => setConfirming(false)} /> : (
          <WorkshopForm known={written ?? known} submit={t('firstRun.continue')} onSubmit={(profile) => {
            setWritten(profile);
            setConfirming(true);
          }} />
        )}
        {step === 'tools' ? <FirstTools onDone={() => setStep('folders')} /> : null}
        {step === 'folders' ? <><WatchedFolders /><div><button type="button" className="button primary" onClick={arrive}>{t('firstRun.finish')}</button></div></> : null}
      </section>
      {step === 'workshop' ? null : <p className="samples dim"><FlaskConical size={16} aria-hidden /><span className="grow">{t('firstRun.samplesText')}</span><button type="button" className="button" onClick={samples}>{t('firstRun.samples')}</button></p>}
    </div>
  );
}
