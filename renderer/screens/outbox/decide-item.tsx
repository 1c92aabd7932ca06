import { type ReactNode, useState } from 'react';
import { typedTicketNumberSchema } from '../../../shared/domain/ids.ts';
import type { OutboxRow } from '../../../shared/ipc/views.ts';
import { unwrap } from '../../bridge/bridge.ts';
import { useTranslation } from '../../words/translation.ts';
import { TextField } from '../../components/text-field.tsx';

/** The portal cannot say whether it arrived, so the person does: with the number it got, or by sending it again. */
export function DecideItem({
  row,
  onAct,
}: {
  readonly row: OutboxRow;
  readonly onAct: (work: () => Promise<unknown>) => void;
}): ReactNode {
  const { t } = useTranslation();
  const [number, setNumber] = useState('');
  const [wrong, setWrong] = useState(false);
  const arrived = (): void => {
    // A reply goes by the number its request already has.
    const parsed = typedTicketNumberSchema.safeParse(row.number ?? number);
    setWrong(!parsed.success);
    if (parsed.success)
      onAct(() =>
        unwrap(
          window.officina.decideOutboxItem({
            id: row.id,
            decision: { kind: 'arrived', number: parsed.data },
          }),
        ),
      );
  };
  return (
    <div className="notice warn column">
      <p>
        {t(
          row.work.kind === 'upload-attachment'
            ? 'outbox.decideFile'
            : row.number === null
              ? 'outbox.decide'
              : 'outbox.decideReply',
        )}
      </p>
      {row.number !== null ? null : (
        <TextField
          label={t('outbox.numberOnPortal')}
          value={number}
          onChange={setNumber}
          mono
          maxLength={40}
          {...(wrong ? { error: t('wrong.number') } : {})}
        />
      )}
      <div className="row wrap">
        <button type="button" className="button" onClick={arrived}>
          {t('outbox.arrived')}
        </button>
        <button
          type="button"
          className="button"
          onClick={() =>
            onAct(() =>
              unwrap(window.officina.decideOutboxItem({ id: row.id, decision: { kind: 'send-again' } })),
            )
          }
        >
          {t('outbox.sendAgain')}
        </button>
      </div>
    </div>
  );
}
