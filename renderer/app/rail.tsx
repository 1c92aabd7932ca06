import { HardDrive, MessagesSquare, Plus, Settings, Sun, Wrench } from 'lucide-react';
import type { ReactNode } from 'react';
import { type Route, useApp } from '../stores/app-store.ts';
import { unwrap } from './bridge.ts';
import { useTranslation } from './translation.ts';

const entries = [
  { screen: 'today', icon: Sun }, { screen: 'requests', icon: MessagesSquare }, { screen: 'tools', icon: HardDrive }, { screen: 'settings', icon: Settings },
] as const satisfies readonly { screen: Route['screen']; icon: typeof Sun }[];

/** Starts a draft for the tool when there is only one, and opens it. */
export function startRequest(): void {
  const { attempt, go, tools } = useApp.getState();
  const only = tools.length === 1 ? (tools[0]?.id ?? null) : null;
  void attempt(async () => {
    const draft = await unwrap(window.officina.startDraft({ toolId: only, evidenceIds: [] }));
    go({ screen: 'draft', id: draft.id });
  });
}

export function Rail(): ReactNode {
  const { t } = useTranslation();
  const screen = useApp((state) => state.route.screen);
  const go = useApp((state) => state.go);
  return (
    <nav className="rail" aria-label={t('nav.label')}>
      <div className="brand"><Wrench size={16} aria-hidden /><span className="words">{t('app.name')}</span></div>
      <button type="button" className="button primary" onClick={startRequest}><Plus size={16} aria-hidden /><span className="words">{t('nav.newRequest')}</span></button>
      {entries.map(({ screen: target, icon: Icon }) => (
        <button key={target} type="button" className="nav" aria-current={screen === target ? 'page' : undefined} onClick={() => go({ screen: target })}>
          <Icon size={16} aria-hidden /><span className="words">{t(`nav.${target}`)}</span>
        </button>
      ))}
    </nav>
  );
}
