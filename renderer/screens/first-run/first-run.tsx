import { Check, FlaskConical, Languages, Wrench } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import type { WorkshopProfile } from '../../../shared/domain/workshop-profile.ts';
import { saveSettings } from '../../features/save-settings.ts';
import { storeProfile } from '../../features/store-facts.ts';
import { useTranslation } from '../../words/translation.ts';
import { focusWhenShown } from '../../components/focus-when-shown.ts';
import { Identifier } from '../../components/identifier.tsx';
import { BringFromPc } from '../../features/bring-from-pc.tsx';
import { SampleOffer } from '../../features/sample-offer.tsx';
import { WatchedFolders } from '../../features/watched-folders.tsx';
import { WorkshopForm } from '../../components/workshop-form.tsx';
import { useApp } from '../../stores/app-store.ts';
import { useEvidence } from '../../stores/evidence-store.ts';
import { FirstPortal } from './first-portal.tsx';
import { FirstTools } from './first-tools.tsx';
import { YesButton } from './yes-button.tsx';

const steps = ['workshop', 'tools', 'folders', 'portal'] as const;
type StepName = (typeof steps)[number];

function StepMarks({ now }: { readonly now: StepName }): ReactNode {
  const { t } = useTranslation();
  const at = steps.indexOf(now);
  return (
    <ol className="step-marks" aria-label={t('firstRun.steps')}>
      {steps.map((name, index) => (
        <li key={name} aria-current={name === now ? 'step' : undefined} data-done={index < at}>
          <span className="step-number">{index < at ? <Check size={14} aria-hidden /> : index + 1}</span>
          {t(`firstRun.step_${name}`)}
        </li>
      ))}
    </ol>
  );
}

/** The code is read back large before it goes on every request; a wrong one would be found out only by the vendor. */
function ConfirmCode({
  profile,
  onYes,
  onNo,
}: {
  readonly profile: WorkshopProfile;
  readonly onYes: () => void;
  readonly onNo: () => void;
}): ReactNode {
  const { t } = useTranslation();
  return (
    <div className="stack read-back">
      <p id="is-this">{t('firstRun.isThisCode')}</p>
      <p id="this-one">
        <Identifier text={profile.customerCode} large />
      </p>
      <p className="dim">{t('firstRun.codeWhy', { company: profile.company, email: profile.email })}</p>
      <div className="row wrap">
        <YesButton words={t('firstRun.codeRight')} onYes={onYes} />
        <button type="button" className="button" onClick={onNo}>
          {t('firstRun.correct')}
        </button>
      </div>
    </div>
  );
}

/** First start: who asks, with what, and where the LOG files lie, and where requests go. Four steps, none of them a trap. */
export function FirstRun(): ReactNode {
  const { t, language } = useTranslation();
  const known = useApp((state) => state.info?.profile ?? null);
  const arrive = useApp((state) => state.arrive);
  const [step, setStep] = useState<StepName>(known === null ? 'workshop' : 'tools');
  const [written, setWritten] = useState<WorkshopProfile | null>(null);
  const [confirming, setConfirming] = useState(false);
  useEffect(() => {
    if (step === 'workshop' && !confirming) document.getElementById('workshop-customerCode')?.focus();
  }, [step, confirming]);
  const confirmed = async (): Promise<void> => {
    if (written === null || !(await storeProfile(written))) return;
    setConfirming(false);
    setStep('tools');
  };
  const [hasSamples, setSamples] = useState(false);
  const loaded = async (): Promise<void> => {
    await useApp.getState().refresh();
    // The search for a tool on this PC has seen nothing of them.
    useEvidence.getState().scanAnew();
    setSamples(true);
    // Whoever only tries it out is asked as well: what is written with the samples goes somewhere, too.
    setStep('portal');
  };
  return (
    <div className="welcome">
      <header className="welcome-head">
        <div className="brand">
          <span className="mark">
            <Wrench size={13} aria-hidden />
          </span>
          {t('app.name')}
        </div>
        <button
          type="button"
          className="button quiet"
          lang={language === 'it' ? 'en' : 'it'}
          onClick={() => saveSettings({ language: language === 'it' ? 'en' : 'it' })}
        >
          <Languages size={16} aria-hidden />
          {t(`language.${language === 'it' ? 'en' : 'it'}`)}
        </button>
      </header>
      <StepMarks now={step} />
      <section className="card roomy stack">
        <div>
          <h1 key={step} ref={step === 'workshop' ? undefined : focusWhenShown} tabIndex={-1}>
            {t(`firstRun.title_${step}`)}
          </h1>
          <p className="dim">{t(`firstRun.intro_${step}`)}</p>
        </div>
        {step !== 'workshop' ? null : confirming && written !== null ? (
          <ConfirmCode profile={written} onYes={() => void confirmed()} onNo={() => setConfirming(false)} />
        ) : (
          <WorkshopForm
            known={written ?? known}
            submit={t('firstRun.continue')}
            onSubmit={(profile) => {
              setWritten(profile);
              setConfirming(true);
            }}
          />
        )}
        {step === 'tools' ? <FirstTools onDone={() => setStep('folders')} /> : null}
        {step === 'folders' ? (
          <>
            <WatchedFolders />
            <div>
              <button type="button" className="button primary" onClick={() => setStep('portal')}>
                {t('firstRun.continue')}
              </button>
            </div>
          </>
        ) : null}
        {step === 'portal' && hasSamples ? <p>{t('firstRun.samplesLoaded')}</p> : null}
        {step === 'portal' ? <FirstPortal onDone={arrive} /> : null}
      </section>
      {step === 'workshop' ? (
        <>
          <p className="samples dim">
            <FlaskConical size={16} aria-hidden />
            <span className="grow">{t('firstRun.samplesLater')}</span>
          </p>
          <div className="samples dim">
            <span className="grow">{t('firstRun.otherPc')}</span>
            <BringFromPc />
          </div>
        </>
      ) : step === 'portal' ? null : (
        <SampleOffer onLoaded={loaded} />
      )}
    </div>
  );
}
