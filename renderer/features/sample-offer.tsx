import { FlaskConical } from 'lucide-react';
import type { ReactNode } from 'react';
import { unwrap } from '../bridge/bridge.ts';
import { useTranslation } from '../words/translation.ts';
import { attempt } from '../stores/app-store.ts';

/** Sample tools and LOG files, one press away for a PC that has none of its own; `onLoaded` runs when they lie on the disk. */
export function SampleOffer({ onLoaded }: { readonly onLoaded: () => Promise<void> }): ReactNode {
  const { t } = useTranslation();
  const load = (): void =>
    void attempt(async () => {
      await unwrap(window.officina.loadSamples({}));
      await onLoaded();
    });
  return (
    <p className="samples dim">
      <FlaskConical size={16} aria-hidden />
      <span className="grow">{t('firstRun.samplesText')}</span>
      <button type="button" className="button" onClick={load}>
        {t('firstRun.samples')}
      </button>
    </p>
  );
}
