import { type ComponentType, lazy, type LazyExoticComponent, type ReactNode, Suspense, useRef } from 'react';
import { useApp } from '../stores/app-store.ts';
import { useOutbox } from '../stores/outbox-store.ts';
import { Today } from '../screens/today/today.tsx';

const others: (() => Promise<unknown>)[] = [];

/**
 * A screen read from disk when it is first opened: the program starts with one screen, not with all, and without the schemas that
 * only forms need.
 */
function later<P>(load: () => Promise<ComponentType<P>>): LazyExoticComponent<ComponentType<P>> {
  const read = async (): Promise<{ default: ComponentType<P> }> => {
    await import('../bridge/read-schemas.ts');
    return { default: await load() };
  };
  others.push(read);
  return lazy(read);
}

/** Reads the other screens when there is nothing else to do, so that going there is not a wait. Returns the function that stops it. */
export function readAhead(): () => void {
  const asked = requestIdleCallback(
    () => {
      for (const read of others) void read();
    },
    { timeout: 3_000 },
  );
  return () => cancelIdleCallback(asked);
}

export const FirstRun = later(async () => (await import('../screens/first-run/first-run.tsx')).FirstRun);
const Audit = later(async () => (await import('../screens/audit/audit.tsx')).Audit);
const DraftEditor = later(async () => (await import('../screens/new-request/draft-editor.tsx')).DraftEditor);
const EvidenceScreen = later(
  async () => (await import('../screens/evidence/evidence-screen.tsx')).EvidenceScreen,
);
const OutboxPanel = later(async () => (await import('../screens/outbox/outbox-panel.tsx')).OutboxPanel);
const RemoteScreen = later(async () => (await import('../screens/remote/remote-screen.tsx')).RemoteScreen);
const Requests = later(async () => (await import('../screens/requests/requests.tsx')).Requests);
const Review = later(async () => (await import('../screens/review/review.tsx')).Review);
const SettingsScreen = later(
  async () => (await import('../screens/settings/settings-screen.tsx')).SettingsScreen,
);
const SiteScreen = later(async () => (await import('../screens/site/site-screen.tsx')).SiteScreen);
const TicketScreen = later(async () => (await import('../screens/ticket/ticket-screen.tsx')).TicketScreen);
const Tools = later(async () => (await import('../screens/tools/tools.tsx')).Tools);

function Routed(): ReactNode {
  const route = useApp((state) => state.route);
  switch (route.screen) {
    case 'today':
      return <Today />;
    case 'requests':
      return <Requests />;
    case 'evidence':
      return <EvidenceScreen />;
    case 'tools':
      return <Tools />;
    case 'audit':
      return <Audit />;
    case 'remote':
      return <RemoteScreen key={route.id} id={route.id} />;
    case 'site':
      return <SiteScreen key={route.id} id={route.id} />;
    case 'settings':
      return <SettingsScreen />;
    case 'draft':
      return (
        <DraftEditor key={route.id} id={route.id} check={route.check ?? null} fact={route.fact ?? null} />
      );
    case 'review':
      return <Review key={route.id} id={route.id} />;
    case 'ticket':
      return <TicketScreen key={route.id} id={route.id} />;
  }
}

/** The screen we are on; nothing in its place for the moment its code is read. */
export function Screen(): ReactNode {
  return (
    <Suspense fallback={null}>
      <Routed />
    </Suspense>
  );
}

/** The panel of what is on its way, once somebody has opened it. */
export function Outbox(): ReactNode {
  const open = useOutbox((state) => state.open);
  const wanted = useRef(false);
  wanted.current ||= open;
  return wanted.current ? (
    <Suspense fallback={null}>
      <OutboxPanel />
    </Suspense>
  ) : null;
}
