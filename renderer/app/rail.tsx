import { FileSearch, HardDrive, MessagesSquare, Plus, ScrollText, Settings, Sun, Wrench } from 'lucide-react';
import type { ReactNode } from 'react';
import { type PlainScreen, useApp } from '../stores/app-store.ts';
import { useRequests } from '../stores/requests-store.ts';
import { startRequest } from '../features/start-request.ts';
import { useTranslation } from '../words/translation.ts';

const icons = {
  today: Sun,
  requests: MessagesSquare,
  evidence: FileSearch,
  tools: HardDrive,
  audit: ScrollText,
  settings: Settings,
} as const satisfies Record<PlainScreen, typeof Sun>;
const order = ['today', 'requests', 'evidence', 'tools', 'audit', 'settings'] as const;
const homes: Readonly<Record<string, PlainScreen>> = {
  draft: 'requests',
  review: 'requests',
  ticket: 'requests',
  remote: 'requests',
};

/** The way around. Only what waits for the person carries a badge. */
export function Rail(): ReactNode {
  const { t } = useTranslation();
  const screen = useApp((state) => state.route.screen);
  const tools = useApp((state) => state.tools.length);
  const go = useApp((state) => state.go);
  const counts = useRequests((state) => state.counts);
  const numbers: Partial<Record<PlainScreen, number>> = {
    today: counts?.you ?? 0,
    requests: counts?.all ?? 0,
    tools,
  };
  const here = homes[screen] ?? screen;
  return (
    <nav className="rail" aria-label={t('nav.label')}>
      <div className="brand">
        <span className="mark">
          <Wrench size={13} aria-hidden />
        </span>
        <span className="words">{t('app.name')}</span>
      </div>
      <button
        type="button"
        className="button primary"
        title={t('nav.newRequest')}
        onClick={() => startRequest()}
      >
        <Plus size={16} aria-hidden />
        <span className="words">{t('nav.newRequest')}</span>
      </button>
      {order.map((target) => {
        const Icon = icons[target];
        const number = numbers[target] ?? 0;
        return (
          <button
            key={target}
            type="button"
            className="nav"
            title={t(`nav.${target}`)}
            aria-current={here === target ? 'page' : undefined}
            aria-description={
              number > 0 && target === 'today' ? t('nav.yourTurn', { count: number }) : undefined
            }
            onClick={() => go({ screen: target })}
          >
            <Icon size={16} aria-hidden />
            <span className="words">{t(`nav.${target}`)}</span>
            {number > 0 ? (
              <span className={target === 'today' ? 'count you' : 'count'} aria-hidden>
                {number}
              </span>
            ) : null}
          </button>
        );
      })}
    </nav>
  );
}
