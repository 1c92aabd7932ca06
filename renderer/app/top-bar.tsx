import type { ReactNode } from 'react';
import { PortalChip } from './portal-chip.tsx';
import { Search } from './search.tsx';
import { SyncState } from './sync-state.tsx';

/** Search, what is saved and waiting, and the portal in words; always there. */
export function TopBar(): ReactNode {
  return (
    <header className="top">
      <Search />
      <span className="grow" />
      <SyncState />
      <PortalChip />
    </header>
  );
}
