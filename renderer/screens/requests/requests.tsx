import { type ReactNode, useState } from 'react';
import { useTranslation } from '../../app/translation.ts';
import { RequestRows } from '../../components/request-list.tsx';
import { TextField } from '../../components/text-field.tsx';
import { useApp } from '../../stores/app-store.ts';
import { useRequestRows } from '../../stores/request-list.ts';

/** Everything asked so far, searchable. */
export function Requests(): ReactNode {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const go = useApp((state) => state.go);
  const rows = useRequestRows(text);
  return (
    <div className="stack">
      <h1>{t('requests.title')}</h1>
      <div className="narrow"><TextField label={t('requests.search')} value={text} onChange={setText} maxLength={200} /></div>
      {rows === null ? null : rows.length === 0 ? <p className="dim">{t('requests.empty')}</p> : <RequestRows rows={rows} onOpen={(row) => go({ screen: 'draft', id: row.id })} />}
    </div>
  );
}
