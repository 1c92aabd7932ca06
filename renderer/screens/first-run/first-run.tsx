import { type FormEvent, type ReactNode, useState } from 'react';
import { type Language, languageSchema } from '../../../shared/domain/ids.ts';
import { unwrap } from '../../app/bridge.ts';
import { useTranslation } from '../../app/translation.ts';
import { ChoiceField } from '../../components/choice-field.tsx';
import { TextField } from '../../components/text-field.tsx';
import { useApp } from '../../stores/app-store.ts';

/** The workshop's own facts, asked once (R-INFO-1, R-LANG-1, R-TICKET-3). */
export function FirstRun(): ReactNode {
  const { t } = useTranslation();
  const known = useApp((state) => state.info?.profile ?? null);
  const [customerCode, setCustomerCode] = useState(known?.customerCode ?? '');
  const [company, setCompany] = useState(known?.company ?? '');
  const [email, setEmail] = useState(known?.email ?? '');
  const [language, setLanguage] = useState<Language>(known?.ticketLanguage ?? 'it');
  const save = (event: FormEvent): void => {
    event.preventDefault();
    const { attempt, refresh, dismissError } = useApp.getState();
    void attempt(async () => {
      await unwrap(window.officina.saveProfile({ customerCode, company, email: email.trim(), ticketLanguage: language }));
      dismissError();
      await refresh();
    });
  };
  return (
    <form className="card stack narrow" onSubmit={save}>
      <div><h1>{t('firstRun.title')}</h1><p className="dim">{t('firstRun.intro')}</p></div>
      <TextField label={t('firstRun.customerCode')} value={customerCode} onChange={setCustomerCode} mono maxLength={64} />
      <TextField label={t('firstRun.company')} value={company} onChange={setCompany} maxLength={120} />
      <TextField label={t('firstRun.email')} value={email} onChange={setEmail} note={t('firstRun.emailHint')} maxLength={200} />
      <ChoiceField label={t('firstRun.language')} value={language} onChange={(value) => setLanguage(languageSchema.parse(value))} choices={languageSchema.options.map((value) => ({ value, label: t(`language.${value}`) }))} />
      <div><button type="submit" className="button primary">{t('firstRun.save')}</button></div>
    </form>
  );
}
