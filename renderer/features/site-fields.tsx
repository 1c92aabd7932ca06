import { type ReactNode, useEffect, useState } from 'react';
import type { KnownSite } from '../../shared/ipc/site-views.ts';
import { unwrap } from '../bridge/bridge.ts';
import { ChoiceField } from '../components/choice-field.tsx';
import { TextField } from '../components/text-field.tsx';
import { attempt } from '../stores/app-store.ts';
import { useTranslation } from '../words/translation.ts';

/** Which portal's pages, and where they are. */
export type ChosenSite = { readonly map: string; readonly url: string };

/** Chooses one of the portals whose pages are known, with its address; one that has an address of its own brings it along. */
export function SiteFields({
  site,
  onChange,
  addressId,
}: {
  readonly site: ChosenSite;
  readonly onChange: (site: ChosenSite) => void;
  /** Id of the address, for whoever leads to it. */
  readonly addressId?: string;
}): ReactNode {
  const { t } = useTranslation();
  const [known, setKnown] = useState<readonly KnownSite[]>([]);
  useEffect(() => {
    let isCurrent = true;
    void attempt(() => unwrap(window.officina.knownSites({}))).then((sites) => {
      if (isCurrent && sites !== null) setKnown(sites);
    });
    return () => {
      isCurrent = false;
    };
  }, []);
  const chosen = known.find(({ id }) => id === site.map);
  return (
    <>
      <ChoiceField
        label={t('siteFields.map')}
        value={chosen === undefined ? '' : site.map}
        choices={[
          ...(chosen === undefined ? [{ value: '', label: t('siteFields.choose') }] : []),
          ...known.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        onChange={(map) => onChange({ map, url: known.find(({ id }) => id === map)?.url ?? '' })}
        {...(chosen?.isTried === false ? { note: t('site.untried') } : {})}
      />
      <TextField
        {...(addressId === undefined ? {} : { id: addressId })}
        label={t('settings.address')}
        value={site.url}
        onChange={(url) => onChange({ ...site, url })}
        mono
        maxLength={300}
        placeholder={t('settings.addressExample')}
        note={t('siteFields.addressNote')}
      />
    </>
  );
}
