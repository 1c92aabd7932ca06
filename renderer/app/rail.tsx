import { Menu } from '@base-ui/react/menu';
import {
  ChevronDown,
  CopyPlus,
  FileSearch,
  HardDrive,
  LayoutTemplate,
  MessagesSquare,
  Plus,
  ScrollText,
  Settings,
  Sun,
  Wrench,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { type PlainScreen, useApp } from '../stores/app-store.ts';
import { useRequests } from '../stores/requests-store.ts';
import { startRequest } from '../features/start-request.ts';
import { startFromTemplate } from '../features/templates.ts';
import { useTemplates } from '../stores/template-store.ts';
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

/** Templates a new request may begin from, beside the button that begins with nothing; there while there are any. */
function TemplateMenu(): ReactNode {
  const { t } = useTranslation();
  const { templates, show } = useTemplates();
  if (templates.length === 0) return null;
  return (
    <Menu.Root>
      <Menu.Trigger
        className="button primary icon"
        aria-label={t('template.startOne')}
        title={t('template.startOne')}
      >
        <ChevronDown size={16} aria-hidden />
      </Menu.Trigger>
      <Menu.Portal>
        <section aria-label={t('template.startOne')}>
          <Menu.Positioner sideOffset={4} align="start" className="over">
            <Menu.Popup className="popup templates">
              {templates.map(({ id, name }) => (
                <Menu.Item key={id} className="menu-item" onClick={() => startFromTemplate(id)}>
                  <CopyPlus size={16} aria-hidden />
                  <span className="cut">{name}</span>
                </Menu.Item>
              ))}
              <Menu.Item className="menu-item" onClick={() => show({ kind: 'all' })}>
                <LayoutTemplate size={16} aria-hidden />
                {t('template.manage')}
              </Menu.Item>
            </Menu.Popup>
          </Menu.Positioner>
        </section>
      </Menu.Portal>
    </Menu.Root>
  );
}

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
      <div className="new-request">
        <button
          type="button"
          className="button primary"
          title={t('nav.newRequest')}
          onClick={() => startRequest()}
        >
          <Plus size={16} aria-hidden />
          <span className="words">{t('nav.newRequest')}</span>
        </button>
        <TemplateMenu />
      </div>
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
