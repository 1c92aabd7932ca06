import { type ReactNode, useEffect, useId } from 'react';
import type { TicketId } from '../../../shared/domain/ids.ts';
import { openRequest } from '../../features/open-request.ts';
import { removeDraft } from '../../features/remove-draft.ts';
import { RequestMenu } from '../../features/request-menu.tsx';
import { requestLook } from '../../features/request-state.ts';
import { useTranslation } from '../../words/translation.ts';
import { Identifier } from '../../components/identifier.tsx';
import { useApp } from '../../stores/app-store.ts';
import { FilterChips } from './filter-chips.tsx';
import { useRowWindow } from './row-window.ts';

const rowHeight = 72;
/** Each request that is opened draws the list anew: where it was, and whether the keyboard was in it, outlasts that. */
const left = { offset: 0, hadKeys: false };

/** Opens the menu of a row as a press with the right button does. */
function menuOf(row: HTMLElement | null): void {
  if (row === null) return;
  const { left: x, bottom: y } = row.getBoundingClientRect();
  row.dispatchEvent(
    new MouseEvent('contextmenu', { bubbles: true, cancelable: true, clientX: x + 24, clientY: y - 24 }),
  );
}

/** The list beside an open ticket, three short lines each. */
export function RequestColumn({ chosen }: { readonly chosen: TicketId }): ReactNode {
  const { t, moment } = useTranslation();
  const go = useApp((state) => state.go);
  const { box, virtualizer, active, setActive, rowAt, isUnreadable, onKey } = useRowWindow(
    rowHeight,
    (row) => {
      left.hadKeys = true;
      openRequest(row, go);
    },
    { chosen, offset: left.offset },
  );
  useEffect(() => {
    if (left.hadKeys) box.current?.focus({ preventScroll: true });
    left.hadKeys = false;
  }, [box]);
  const id = useId();
  // An empty list, or a row scrolled out of sight, has nothing that could be named.
  const isActiveDrawn = virtualizer.getVirtualItems().some(({ index }) => index === active);
  return (
    <section className="request-column" aria-label={t('requests.title')}>
      <FilterChips />
      <div
        ref={box}
        className="column-list"
        role="listbox"
        aria-label={t('requests.title')}
        tabIndex={0}
        aria-activedescendant={isActiveDrawn ? `${id}-${active}` : undefined}
        onKeyDown={(event) => {
          const row = rowAt(active);
          if (event.key === 'Delete' && row?.stage === 'draft') void removeDraft(row, t);
          else onKey(event);
        }}
        onContextMenu={(event) => {
          // Asked for by the keyboard: the focus is on the list, and the row that is meant is the active one.
          if (event.target !== event.currentTarget) return;
          event.preventDefault();
          menuOf(document.getElementById(`${id}-${active}`));
        }}
        onScroll={(event) => {
          left.offset = event.currentTarget.scrollTop;
        }}
      >
        <div className="table-body" role="presentation" style={{ height: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map((item) => {
            const row = rowAt(item.index);
            return (
              <RequestMenu key={item.key} row={row}>
                <div
                  id={`${id}-${item.index}`}
                  role="option"
                  tabIndex={-1}
                  aria-selected={row?.id === chosen}
                  className={item.index === active ? 'column-row active' : 'column-row'}
                  style={{ height: item.size, transform: `translateY(${item.start}px)` }}
                  onClick={() => {
                    setActive(item.index);
                    if (row !== undefined) openRequest(row, go);
                    else if (isUnreadable(item.index)) go({ screen: 'settings', at: 'backups' });
                  }}
                  onKeyDown={() => undefined}
                >
                  {row === undefined && isUnreadable(item.index) ? (
                    <span className="dim small">{t('requests.unreadable')}</span>
                  ) : row === undefined ? (
                    <span className="bone" />
                  ) : (
                    <>
                      <span className="row between">
                        <span className="cut number-line">
                          {row.number === null ? (
                            <span className="dim small">{requestLook(row, t).words}</span>
                          ) : (
                            <Identifier text={row.number} />
                          )}
                          {row.unread > 0 ? (
                            <span
                              className="unread"
                              role="img"
                              aria-label={t('requests.unread', { count: row.unread })}
                            />
                          ) : null}
                        </span>
                        <span className="dim small">{moment(row.updatedAt)}</span>
                      </span>
                      <span className="cut title">
                        {row.title === '' ? t('requests.untitled') : row.title}
                      </span>
                      <span className="cut dim small">
                        {[row.plate, row.customer, row.productName, row.vehicle]
                          .filter((part) => part !== '')
                          .join(' · ')}
                      </span>
                    </>
                  )}
                </div>
              </RequestMenu>
            );
          })}
        </div>
      </div>
    </section>
  );
}
