import { type ReactNode, useEffect, useState } from 'react';
import type { TermsView } from '../../../shared/ipc/views.ts';
import { quietly } from '../../bridge/bridge.ts';
import { useOutbox } from '../../stores/outbox-store.ts';
import { TermsCard } from '../review/terms-card.tsx';

/** R-ACCEPT-1: the terms that came into force while something waited, to be read and accepted where it waits. */
export function NewTerms(): ReactNode {
  const [terms, setTerms] = useState<TermsView | null>(null);
  useEffect(() => {
    let current = true;
    void quietly(window.officina.terms({})).then((view) => {
      if (current) setTerms(view);
    });
    return () => {
      current = false;
    };
  }, []);
  if (terms === null) return null;
  const accepted = (view: TermsView): void => {
    setTerms(view);
    void useOutbox.getState().refresh();
  };
  return <TermsCard terms={terms} onAccepted={accepted} />;
}
