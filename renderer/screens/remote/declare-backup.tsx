import { type FormEvent, type ReactNode, useState } from 'react';
import { declaredBackupInputSchema } from '../../../shared/domain/backup.ts';
import { typedDay } from '../../../shared/calendar/typed-day.ts';
import { useTranslation } from '../../words/translation.ts';
import { TextField } from '../../components/text-field.tsx';
import { remoteAct } from '../../features/remote-act.ts';

/** A backup made elsewhere, in the person's own words: what, where, when, by whom (R-BACKUP-1). */
export function DeclareBackup(): ReactNode {
  const { t } = useTranslation();
  const [input, setInput] = useState({ what: '', where: '', on: '', by: '' });
  const [wrong, setWrong] = useState(false);
  const declare = (event: FormEvent): void => {
    event.preventDefault();
    const parsed = declaredBackupInputSchema.safeParse({ ...input, on: typedDay(input.on) });
    setWrong(!parsed.success);
    if (parsed.success) void remoteAct(() => window.officina.declareBackup(parsed.data));
  };
  const put =
    (field: keyof typeof input) =>
    (text: string): void =>
      setInput({ ...input, [field]: text });
  return (
    <details className="licence">
      <summary className="strong">{t('remote.declareTitle')}</summary>
      <form className="stack tight" onSubmit={declare} noValidate>
        <TextField
          label={t('remote.declareWhat')}
          value={input.what}
          onChange={put('what')}
          lines={2}
          maxLength={1_000}
        />
        <TextField
          label={t('remote.declareWhere')}
          value={input.where}
          onChange={put('where')}
          maxLength={300}
        />
        <div className="grid two">
          <TextField
            label={t('remote.declareOn')}
            value={input.on}
            onChange={put('on')}
            maxLength={10}
            placeholder={t('remote.declareOnExample')}
          />
          <TextField label={t('remote.declareBy')} value={input.by} onChange={put('by')} maxLength={120} />
        </div>
        <p className={wrong ? 'note wrong' : 'note'} role={wrong ? 'alert' : undefined}>
          {t(wrong ? 'remote.declareWrong' : 'remote.declareNote')}
        </p>
        <div>
          <button type="submit" className="button">
            {t('remote.declareGo')}
          </button>
        </div>
      </form>
    </details>
  );
}
