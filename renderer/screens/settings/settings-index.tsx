import type { ReactNode } from 'react';
import { useTranslation } from '../../words/translation.ts';
import { headingOf, type SettingsPlace, settingsPlaces } from './settings-places.ts';

/** Leads to a group; the keyboard and a reader go on from its heading. */
function goTo(place: SettingsPlace): void {
  const heading = document.getElementById(headingOf(place));
  heading?.scrollIntoView({ block: 'start' });
  heading?.focus({ preventScroll: true });
}

function Places<Place extends SettingsPlace>({
  of,
}: {
  readonly of: readonly (readonly [Place, Parameters<ReturnType<typeof useTranslation>['t']>[0]])[];
}): ReactNode {
  const { t } = useTranslation();
  return (
    <ul className="plain">
      {of.map(([place, title]) => (
        <li key={place}>
          <button type="button" className="index-line" onClick={() => goTo(place)}>
            {t(title)}
          </button>
        </li>
      ))}
    </ul>
  );
}

const entries = <Place extends string, Title extends string>(
  places: Readonly<Record<Place, Title>>,
): readonly (readonly [Place, Title])[] => Object.entries(places) as [Place, Title][];

/** What the settings hold, beside them: nobody scrolls a long page to find out. */
export function SettingsIndex(): ReactNode {
  const { t } = useTranslation();
  return (
    <nav className="settings-index" aria-label={t('settings.index')}>
      <Places of={entries(settingsPlaces.everyday)} />
      <p className="dim small">{t('settings.advanced')}</p>
      <Places of={entries(settingsPlaces.advanced)} />
    </nav>
  );
}
