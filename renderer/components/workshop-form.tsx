import { type FormEvent, type ReactNode, useState } from 'react';
import { type Language, languageSchema } from '../../shared/domain/ids.ts';
import { type WorkshopProfile, workshopProfileSchema } from '../../shared/domain/workshop-profile.ts';
import { useTranslation } from '../words/translation.ts';
import { ChoiceField } from './choice-field.tsx';
import { TextField } from './text-field.tsx';

const checked = ['customerCode', 'company', 'email'] as const;
type Checked = (typeof checked)[number];

/** The workshop's own facts (R-INFO-1, R-LANG-1, R-TICKET-3), judged by their schema before they are handed on. */
export function WorkshopForm({
  known,
  submit,
  onSubmit,
}: {
  readonly known: WorkshopProfile | null;
  readonly submit: string;
  readonly onSubmit: (profile: WorkshopProfile) => void;
}): ReactNode {
  const { t, language: spoken } = useTranslation();
  const [customerCode, setCustomerCode] = useState<string>(known?.customerCode ?? '');
  const [company, setCompany] = useState(known?.company ?? '');
  const [email, setEmail] = useState(known?.email ?? '');
  const [language, setLanguage] = useState<Language | null>(known?.ticketLanguage ?? null);
  const [wrong, setWrong] = useState<ReadonlySet<string>>(new Set());
  const send = (event: FormEvent): void => {
    event.preventDefault();
    const parsed = workshopProfileSchema.safeParse({
      customerCode,
      company,
      email: email.trim(),
      ticketLanguage: language ?? spoken,
    });
    setWrong(new Set(parsed.success ? [] : parsed.error.issues.map((issue) => String(issue.path[0]))));
    if (parsed.success) onSubmit(parsed.data);
    else document.getElementById(`workshop-${String(parsed.error.issues[0]?.path[0])}`)?.focus();
  };
  const errorOf = (field: Checked): { readonly error?: string } =>
    wrong.has(field) ? { error: t(`wrong.${field}`) } : {};
  return (
    <form className="stack" onSubmit={send} noValidate>
      <TextField
        id="workshop-customerCode"
        label={t('firstRun.customerCode')}
        value={customerCode}
        onChange={setCustomerCode}
        mono
        maxLength={64}
        note={t('firstRun.customerCodeHint')}
        {...errorOf('customerCode')}
      />
      <TextField
        id="workshop-company"
        label={t('firstRun.company')}
        value={company}
        onChange={setCompany}
        maxLength={120}
        {...errorOf('company')}
      />
      <TextField
        id="workshop-email"
        type="email"
        label={t('firstRun.email')}
        value={email}
        onChange={setEmail}
        note={t('firstRun.emailHint')}
        maxLength={200}
        {...errorOf('email')}
      />
      <ChoiceField
        label={t('firstRun.language')}
        value={language ?? spoken}
        onChange={(value) => setLanguage(languageSchema.parse(value))}
        choices={languageSchema.options.map((value) => ({ value, label: t(`language.${value}`) }))}
      />
      <div className="row wrap">
        <button type="submit" className="button primary">
          {submit}
        </button>
      </div>
    </form>
  );
}
