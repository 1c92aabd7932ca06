import { useCallback, useEffect, useState } from 'react';
import type { TicketId } from '../../shared/domain/ids.ts';
import type { DraftAdvice } from '../../shared/ipc/advice-views.ts';
import { quietly } from '../bridge/bridge.ts';

export type Advice = {
  /** Null until the rules answered for the first time. */
  readonly advice: DraftAdvice | null;
  /** Asks the rules again, after a reason was kept or the draft changed. */
  readonly again: () => void;
};

/** What the rules say of a stored draft: what needs no look at the PC at once, the rest when the PC has been looked at. */
export function useDraftAdvice(id: TicketId, revision: number | null): Advice {
  const [told, setTold] = useState<{ readonly of: TicketId; readonly advice: DraftAdvice } | null>(null);
  const [turn, setTurn] = useState(0);
  const again = useCallback(() => setTurn((before) => before + 1), []);
  useEffect(() => {
    let current = true;
    void quietly(window.officina.lookAtPc({})).then(() => {
      if (current) again();
    });
    return () => {
      current = false;
    };
  }, [again]);
  useEffect(() => {
    let current = true;
    void [turn, revision];
    void quietly(window.officina.draftAdvice({ id })).then((advice) => {
      if (current && advice !== null) setTold({ of: id, advice });
    });
    return () => {
      current = false;
    };
  }, [id, turn, revision]);
  return { advice: told?.of === id ? told.advice : null, again };
}
