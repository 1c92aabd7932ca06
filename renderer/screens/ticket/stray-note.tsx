import { GitBranch } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import type { Evidence } from '../../../shared/domain/evidence.ts';
import type { TicketId } from '../../../shared/domain/ids.ts';
import type { DuplicateReason } from '../../../shared/rules/duplicates.ts';
import { quietly, unwrap } from '../../bridge/bridge.ts';
import { useTranslation } from '../../words/translation.ts';
import { Why } from '../../components/why.tsx';
import { attempt, useApp } from '../../stores/app-store.ts';

/** Long enough that nobody is asked about half a word, in milliseconds. */
const pauseMs = 700;

/** While a reply is written: says when it speaks of another unit or car, and offers a request of its own with these words (R-TICKET-5). Never blocks. */
export function StrayNote({
  ticketId,
  text,
  files,
}: {
  readonly ticketId: TicketId;
  readonly text: string;
  readonly files: readonly Evidence[];
}): ReactNode {
  const { t } = useTranslation();
  const [strays, setStrays] = useState<readonly DuplicateReason[]>([]);
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
  const begin = (): void =>
    void attempt(async () => {
      const draft = await unwrap(
        window.officina.draftFromReply({ ticketId, text, evidenceIds: files.map((file) => file.id) }),
      );
      useApp.getState().go({ screen: 'draft', id: draft.id });
    });
  const reasons = strays.map((reason) => t(`duplicateReason.${reason}`));
  return (
    <output className="hint-line">
      <GitBranch size={16} aria-hidden />
      <span className="grow">{t('ticket.strays', { reasons: reasons.join(', ') })}</span>
      <Why ruleId="R-TICKET-5" answer="warn" lookedAt={reasons} />
      <button type="button" className="button" onClick={begin}>
        {t('ticket.newInstead')}
      </button>
    </output>
  );
}
