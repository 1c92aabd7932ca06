import { CornerDownLeft, MessageSquare, Search as SearchIcon } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import type { RequestRow } from '../../shared/ipc/views.ts';
import { useApp } from '../stores/app-store.ts';
import { openRequest } from '../features/open-request.ts';
import { quietly } from '../bridge/bridge.ts';
import { type Command, useCommands } from './commands.ts';
import { useTranslation } from '../words/translation.ts';

const pauseMs = 120;
const shownRequests = 8;

type Hit =
  | { readonly kind: 'command'; readonly command: Command }
  | { readonly kind: 'request'; readonly row: RequestRow };

function useFoundRequests(text: string): readonly RequestRow[] {
  const [rows, setRows] = useState<readonly RequestRow[]>([]);
  useEffect(() => {
    if (text.trim() === '') {
      setRows([]);
      return;
    }
    let current = true;
    const timer = setTimeout(() => {
      void quietly(window.officina.requests({ filter: 'all', text, offset: 0, limit: shownRequests })).then(
        (list) => {
          if (current) setRows(list?.rows ?? []);
        },
      );
    }, pauseMs);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [text]);
  return rows;
}

/** One line of what was found; the keyboard stays in the box. */
function Result({
  id,
  hit,
  isActive,
  onActive,
  onRun,
  onKey,
}: {
  readonly id: string;
  readonly hit: Hit;
  readonly isActive: boolean;
  readonly onActive: () => void;
  readonly onRun: () => void;
  readonly onKey: (event: KeyboardEvent) => void;
}): ReactNode {
  const { t } = useTranslation();
  const Icon = hit.kind === 'command' ? hit.command.icon : MessageSquare;
  const label =
    hit.kind === 'command'
      ? hit.command.label
      : hit.row.title === ''
        ? t('requests.untitled')
        : hit.row.title;
  return (
    <div
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={isActive}
      className="result"
      onMouseDown={(event) => event.preventDefault()}
      onMouseEnter={onActive}
      onClick={onRun}
      onKeyDown={onKey}
    >
      <Icon size={16} aria-hidden />
      <span className="grow cut">{label}</span>
      {hit.kind === 'request' ? (
        <span className="dim small">
          {[hit.row.number ?? '', hit.row.productName].filter((part) => part !== '').join(' · ')}
        </span>
      ) : null}
      {isActive ? <CornerDownLeft size={14} aria-hidden /> : null}
    </div>
  );
}

/** One box for requests and commands; Ctrl+K from anywhere, arrows and Enter inside. */
export function Search(): ReactNode {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  const input = useRef<HTMLInputElement>(null);
  const listId = useId();
  const commands = useCommands();
  const rows = useFoundRequests(text);
  const hits: readonly Hit[] = [
    ...commands
      .filter((command) => command.label.toLocaleLowerCase().includes(text.trim().toLocaleLowerCase()))
      .map((command) => ({ kind: 'command', command }) as const),
    ...rows.map((row) => ({ kind: 'request', row }) as const),
  ];
  useEffect(() => {
    const focus = (event: globalThis.KeyboardEvent): void => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'k') return;
      event.preventDefault();
      input.current?.focus();
      input.current?.select();
    };
    window.addEventListener('keydown', focus);
    return () => window.removeEventListener('keydown', focus);
  }, []);
  const close = (): void => {
    setOpen(false);
    setText('');
    setActive(0);
  };
  const run = (hit: Hit | undefined): void => {
    if (hit === undefined) return;
    close();
    input.current?.blur();
    if (hit.kind === 'command') hit.command.run();
    else openRequest(hit.row, useApp.getState().go);
  };
  const onKey = (event: KeyboardEvent): void => {
    const moves: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };
    const move = moves[event.key];
    if (move !== undefined) {
      event.preventDefault();
      setOpen(true);
      setActive((active + move + hits.length) % Math.max(1, hits.length));
    } else if (event.key === 'Enter') run(hits[active]);
    else if (event.key === 'Escape') {
      close();
      input.current?.blur();
    }
  };
  const optionId = (index: number): string => `${listId}-${index}`;
  return (
    <search className="search">
      <SearchIcon size={16} aria-hidden />
      <input
        ref={input}
        type="text"
        role="combobox"
        aria-label={t('search.label')}
        aria-expanded={open}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={open && hits.length > 0 ? optionId(active) : undefined}
        placeholder={t('search.placeholder')}
        value={text}
        maxLength={200}
        spellCheck={false}
        autoComplete="off"
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={onKey}
        onChange={(event) => {
          setText(event.target.value);
          setActive(0);
          setOpen(true);
        }}
      />
      <kbd aria-hidden>Ctrl K</kbd>
      <div
        id={listId}
        role="listbox"
        aria-label={t('search.results')}
        className={open ? 'popup results' : 'popup results shut'}
      >
        {open
          ? hits.map((hit, index) => (
              <Result
                key={hit.kind === 'command' ? hit.command.id : hit.row.id}
                id={optionId(index)}
                hit={hit}
                isActive={index === active}
                onActive={() => setActive(index)}
                onRun={() => run(hit)}
                onKey={onKey}
              />
            ))
          : null}
        {open && hits.length === 0 ? (
          <div role="option" tabIndex={-1} aria-selected={false} aria-disabled className="result dim">
            {t('search.nothing')}
          </div>
        ) : null}
      </div>
    </search>
  );
}
