import type { ReactNode } from 'react';
import type { RequestRow } from '../../shared/ipc/views.ts';
import { useTranslation } from '../app/translation.ts';
import { dayAndTime } from '../../shared/i18n/translator.ts';

/** Requests as rows: what, which tool, how far, when last touched. */
export function RequestRows({ rows, onOpen }: { readonly rows: readonly RequestRow[]; readonly onOpen: (row: RequestRow) => void }): ReactNode {
  const { t, language } = useTranslation();
  return (
    <ul className="list">
      {rows.map((row) => (
        <li key={row.id}>
          <div className="grow">
            <button type="button" className="fold" onClick={() => onOpen(row)}>{row.title === '' ? t('requests.untitled') : row.title}</button>
            <span className="dim small">{[row.productName, row.serial, row.vehicle].filter((part) => part !== '').join(' · ')}</span>
          </div>
          <span className="chip">{t('requests.draft', { met: row.metRules, all: row.allRules })}</span>
          <span className="dim small">{dayAndTime(row.updatedAt, language)}</span>
        </li>
      ))}
    </ul>
  );
}
