import { Check } from 'lucide-react';
import { type FormEvent, type ReactNode, useId, useState } from 'react';
import type { TicketId } from '../../../shared/domain/ids.ts';
import { reasonFor, type Warning } from '../../../shared/rules/open-warnings.ts';
import type { Waiver } from '../../../shared/domain/waiver.ts';
import { unwrap } from '../../bridge/bridge.ts';
import { useTranslation } from '../../words/translation.ts';
import { focusWhenShown } from '../../components/focus-when-shown.ts';
import { TextField } from '../../components/text-field.tsx';
import { attempt } from '../../stores/app-store.ts';

const shortestReason = 3;

export type WarningReasonProps = {
  readonly id: TicketId;
  /** What the reason is for; more than one where they are shown together. */
  readonly warnings: readonly Warning[];
  readonly waivers: readonly Waiver[];
  readonly label: string;
  readonly onKept: () => void;
};

/** For a case that cannot wait: why it goes past a warning. Recorded beside the request and shown again; nobody is made to give one. */
export function WarningReason({ id, warnings, waivers, label, onKept }: WarningReasonProps): ReactNode {
  const { t } = useTranslation();
  const fieldId = useId();
  const reasons = warnings.map((warning) => reasonFor(warning, waivers));
  const [stored] = reasons.every((reason) => reason === reasons[0]) ? reasons : [null];
  const [keptHere, setKeptHere] = useState<string | null>(null);
  const [writing, setWriting] = useState<string | null>(null);
  const kept = keptHere ?? stored ?? null;
  const keep = (event: FormEvent): void => {
    event.preventDefault();
    const reason = (writing ?? '').trim();
    if (reason.length < shortestReason) return;
    void attempt(async () => {
      for (const warning of warnings)
        await unwrap(window.officina.waiveRule({ id, waiver: { ...warning, reason } }));
      setKeptHere(reason);
      setWriting(null);
      onKept();
    });
  };
  const change = (): void => {
    setWriting(kept);
    requestAnimationFrame(() => document.getElementById(fieldId)?.focus());
  };
  if (kept !== null && writing === null)
    return (
      <div className="row wrap small">
        <output className="grow kept-reason">
          <Check size={14} className="ok" aria-hidden /> {t('advice.reasonIs', { reason: kept })}
        </output>
        <button
          type="button"
          className="button quiet"
          {...(keptHere === null ? {} : { ref: focusWhenShown })}
          aria-label={`${t('advice.changeReason')}: ${label}`}
          onClick={change}
        >
          {t('advice.changeReason')}
        </button>
      </div>
    );
  return (
    <form className="stack tight" onSubmit={keep}>
      <TextField id={fieldId} label={label} value={writing ?? ''} onChange={setWriting} maxLength={500} />
      <div>
        <button
          type="submit"
          className="button quiet"
          disabled={(writing ?? '').trim().length < shortestReason}
        >
          {t('advice.keepReason')}
        </button>
      </div>
    </form>
  );
}
