import { ChevronDown, ChevronUp } from 'lucide-react';
import type { ReactNode } from 'react';
import type { RequestRow, RequestSort } from '../../../shared/ipc/views.ts';
import { removeDraft } from '../../features/remove-draft.ts';
import { RequestMenu } from '../../features/request-menu.tsx';
import { requestCause } from '../../features/outbox-reason.ts';
import { requestLook } from '../../features/request-state.ts';
import { useTranslation } from '../../words/translation.ts';
import { Chip } from '../../components/chip.tsx';
import { Identifier } from '../../components/identifier.tsx';
import { useApp } from '../../stores/app-store.ts';
import { useOutbox } from '../../stores/outbox-store.ts';
import { useRequests } from '../../stores/requests-store.ts';
import { useRowWindow } from './row-window.ts';

const rowHeight = { normal: 44, large: 56 } as const;
const columns: readonly RequestSort[] = ['number', 'tool', 'vehicle', 'subject', 'state', 'moved'];

function Cells({ row, title }: { readonly row: RequestRow; readonly title: ReactNode }): ReactNode {
  const words = useTranslation();
  const { t, moment } = words;
  const queue = useOutbox((state) => state.rows);
  const cause = row.number === null && row.stage !== 'draft' ? requestCause(row, queue, words) : null;
  const look = requestLook(row, t);
  return (
    <>
      <td className="c-number">
        <span className="row tight">
          {row.unread > 0 ? (
            <span className="unread" role="img" aria-label={t('requests.unread', { count: row.unread })} />
          ) : null}
          {row.number === null ? null : <Identifier text={row.number} />}
        </span>
      </td>
      <td className="c-tool">
        <span className="cut">{row.productName}</span>
        {row.serial === '' ? null : (
          <span className="dim small">
            <Identifier text={row.serial} />
          </span>
        )}
      </td>
      <td className="c-vehicle">
        <span className="cut">{row.vehicle}</span>
        {row.plate === '' && row.customer === '' ? null : (
          <span className="cut dim small">
            {[row.plate, row.customer].filter((part) => part !== '').join(' · ')}
          </span>
        )}
      </td>
      <td className="c-subject">
        <span className="row tight">{title}</span>
        {cause === null ? null : (
          <span className="cut dim small" title={cause}>
            {cause}
          </span>
        )}
      </td>
      <td className="c-state">
        <Chip tone={look.tone} icon={look.icon}>
          {look.words}
        </Chip>
      </td>
      <td className="c-moved dim">{moment(row.updatedAt)}</td>
    </>
  );
}

const columnOrders = { up: 'ascending', down: 'descending' } as const;

/** The head of a column puts the list in order by it; pressed again, the other way round. */
function Head({ column }: { readonly column: RequestSort }): ReactNode {
  const { t } = useTranslation();
  const sort = useRequests((state) => state.sort);
  const isTurned = useRequests((state) => state.isTurned);
  const sortBy = useRequests((state) => state.sortBy);
  // Newest first is how the list comes: down, where every other column begins at its smallest.
  const way = (column === 'moved') === isTurned ? 'up' : 'down';
  const Icon = way === 'up' ? ChevronUp : ChevronDown;
  return (
    <th scope="col" className={`c-${column}`} aria-sort={column === sort ? columnOrders[way] : undefined}>
      <button type="button" className="column-head" onClick={() => sortBy(column)}>
        {t(`requests.${column}`)}
        {column === sort ? <Icon size={14} aria-hidden /> : null}
      </button>
    </th>
  );
}

/** The dense table; only what can be seen is drawn, the rest is empty height. One tab stop, arrows inside, Enter opens. */
export function RequestTable({ onOpen }: { readonly onOpen: (row: RequestRow) => void }): ReactNode {
  const { t } = useTranslation();
  const total = useRequests((state) => state.total);
  const large = useApp((state) => state.info?.settings.largeControls ?? false);
  const height = large ? rowHeight.large : rowHeight.normal;
  const { box, virtualizer, active, setActive, rowAt, isUnreadable, onKey } = useRowWindow(height, onOpen);
  const items = virtualizer.getVirtualItems();
  const stop = items.some((item) => item.index === active) ? active : items[0]?.index;
  const before = items[0]?.start ?? 0;
  const after = virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0);
  return (
    <div ref={box} className="request-table">
      <table aria-label={t('requests.title')} aria-rowcount={total + 1}>
        <thead>
          <tr aria-rowindex={1}>
            {columns.map((column) => (
              <Head key={column} column={column} />
            ))}
          </tr>
        </thead>
        <tbody>
          {before > 0 ? (
            <tr aria-hidden>
              <td colSpan={columns.length} className="gap" style={{ height: before }} />
            </tr>
          ) : null}
          {items.map((item) => {
            const row = rowAt(item.index);
            const open = (): void => {
              setActive(item.index);
              if (row !== undefined) onOpen(row);
              else if (isUnreadable(item.index)) useApp.getState().go({ screen: 'settings', at: 'backups' });
            };
            const title = (
              <button
                type="button"
                className="line-title"
                data-index={item.index}
                tabIndex={item.index === stop ? 0 : -1}
                onKeyDown={(event) => {
                  if (event.key === 'Delete' && row?.stage === 'draft') void removeDraft(row, t);
                  else onKey(event);
                }}
                onFocus={() => setActive(item.index)}
                onClick={(event) => {
                  event.stopPropagation();
                  open();
                }}
              >
                {row === undefined
                  ? t(isUnreadable(item.index) ? 'requests.unreadable' : 'action.loading')
                  : row.title === ''
                    ? t('requests.untitled')
                    : row.title}
              </button>
            );
            return (
              <RequestMenu key={item.key} row={row}>
                <tr
                  aria-rowindex={item.index + 2}
                  data-active={item.index === active}
                  style={{ height: item.size }}
                  onClick={open}
                  onKeyDown={() => undefined}
                >
                  {row === undefined ? (
                    <td colSpan={columns.length}>{title}</td>
                  ) : (
                    <Cells row={row} title={title} />
                  )}
                </tr>
              </RequestMenu>
            );
          })}
          {after > 0 ? (
            <tr aria-hidden>
              <td colSpan={columns.length} className="gap" style={{ height: after }} />
            </tr>
          ) : null}
        </tbody>
      </table>
    </div>
  );
}
