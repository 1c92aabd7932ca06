import { AlarmClock, Send } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { Hold } from '../../../shared/domain/hold.ts';
import { mayBeHeld } from '../../../shared/flows/holding.ts';
import type { OutboxRow } from '../../../shared/ipc/views.ts';
import { unwrap } from '../../bridge/bridge.ts';
import { type SendChoice, SendWhen, sendNow } from '../../features/send-when.tsx';
import { useTranslation } from '../../words/translation.ts';

/** Holds one thing of the queue back, changes until when, or lets it go. */
export function HoldItem({
  row,
  onAct,
}: {
  readonly row: OutboxRow;
  readonly onAct: (work: () => Promise<unknown>) => void;
}): ReactNode {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const [choice, setChoice] = useState<SendChoice>(sendNow);
  // What came meanwhile stands on the ticket, and there it is decided.
  if (!mayBeHeld(row) || row.hold?.kind === 'conflict') return null;
  const keep = (hold: Hold | null): void => {
    setOpen(false);
    setChoice(sendNow);
    onAct(() => unwrap(window.officina.holdOutboxItem({ id: row.id, hold })));
  };
  return (
    <div className="stack tight">
      {open ? <SendWhen onChoose={setChoice} /> : null}
      <div className="row wrap">
        {open ? (
          <button
            type="button"
            className="button"
            disabled={!choice.isReady}
            onClick={() => keep(choice.hold)}
          >
            {t('hold.keep')}
          </button>
        ) : null}
        <button type="button" className="button quiet" aria-expanded={open} onClick={() => setOpen(!open)}>
          <AlarmClock size={16} aria-hidden />
          {t(open ? 'hold.leave' : row.hold === null ? 'hold.sendAt' : 'hold.change')}
        </button>
        {row.hold === null ? null : (
          <button type="button" className="button" onClick={() => keep(null)}>
            <Send size={16} aria-hidden />
            {t('hold.release')}
          </button>
        )}
      </div>
    </div>
  );
}
