import type { ReactNode } from 'react';
import type { RequestRow } from '../../../shared/ipc/views.ts';
import { openRequest } from '../../features/open-request.ts';
import { requestCause } from '../../features/outbox-reason.ts';
import { RequestMenu } from '../../features/request-menu.tsx';
import { requestLook } from '../../features/request-state.ts';
import { useTranslation } from '../../words/translation.ts';
import { Chip } from '../../components/chip.tsx';
import { Identifier } from '../../components/identifier.tsx';
import { useApp } from '../../stores/app-store.ts';
import { useOutbox } from '../../stores/outbox-store.ts';

/** Requests on their way, each with the reason it waits and when it goes. */
export function WaitingLines({ rows }: { readonly rows: readonly RequestRow[] }): ReactNode {
  const words = useTranslation();
  const { t } = words;
  const go = useApp((state) => state.go);
  const outbox = useOutbox((state) => state.rows);
  return (
    <ul className="list">
      {rows.map((row) => {
        const look = requestLook(row, t);
        return (
          <RequestMenu key={row.id} row={row}>
            <li className="line linked">
              <look.icon size={16} className={look.tone} aria-hidden />
              <div className="grow">
                <button type="button" className="line-title" onClick={() => openRequest(row, go)}>
                  {row.title === '' ? t('requests.untitled') : row.title}
                </button>
                <div className="dim small row">
                  {row.number === null ? null : <Identifier text={row.number} />}
                  <span className="cut">
                    {[row.productName, row.vehicle].filter((part) => part !== '').join(' · ')}
                  </span>
                </div>
              </div>
              <Chip tone={look.tone}>{look.words}</Chip>
              <span className="dim small when">{requestCause(row, outbox, words)}</span>
            </li>
          </RequestMenu>
        );
      })}
    </ul>
  );
}
