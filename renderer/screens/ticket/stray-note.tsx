import { GitBranch } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import type { TicketId, ToolId } from '../../../shared/domain/ids.ts';
import type { TwinReason } from '../../../shared/rules/duplicates.ts';
import { quietly } from '../../app/bridge.ts';
import { startRequest } from '../../app/start-request.ts';
import { useTranslation } from '../../app/translation.ts';
import { Why } from '../../components/why.tsx';

/** Long enough that nobody is asked about half a word, in milliseconds. */
const pauseMs = 700;

/** While a reply is written: says when it speaks of another unit or car, and offers a request of its own (R-TICKET-5). Never blocks. */
export function StrayNote({
  ticketId,
  toolId,
  text,
}: {
  readonly ticketId: TicketId;
  readonly toolId: ToolId | null;
  readonly text: string;
}): ReactNode {
  const { t } = useTranslation();
  const [strays, setStrays] = useState<readonly TwinReason[]>([]);
  useEffect(() => {
    let current = true;
    const timer = setTimeout(
      () =>
        void quietly(window.officina.replyAdvice({ ticketId, text })).then((answer) => {
          if (current) setStrays(answer?.strays ?? []);
        }),
      pauseMs,
    );
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [ticketId, text]);
  if (strays.length === 0) return <output className="unseen" />;
  const reasons = strays.map((reason) => t(`twinReason.${reason}`));
  return (
    <output className="hint-line">
      <GitBranch size={16} aria-hidden />
      <span className="grow">{t('ticket.strays', { reasons: reasons.join(', ') })}</span>
      <Why ruleId="R-TICKET-5" lookedAt={reasons} />
      <button type="button" className="button" onClick={() => (toolId === null ? startRequest() : startRequest(toolId))}>
        {t('ticket.newInstead')}
      </button>
    </output>
  );
}
