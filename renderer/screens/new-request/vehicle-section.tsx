import { ClipboardPaste } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { DraftContent } from '../../../shared/domain/draft.ts';
import { identificationBlock } from '../../../shared/logs/identification-block.ts';
import { useTranslation } from '../../words/translation.ts';
import { TextField } from '../../components/text-field.tsx';
import { useDraft } from '../../stores/draft-store.ts';
import { formFields } from '../../../shared/rules/form-controls.ts';
import { DraftField } from './draft-field.tsx';
import { useDraftFacts } from './draft-results.ts';
import { ModeField } from './mode-field.tsx';

function PasteHelper(): ReactNode {
  const { t } = useTranslation();
  const [pasted, setPasted] = useState('');
  const [found, setFound] = useState<number | null>(null);
  const read = (text: string): void => {
    setPasted(text);
    const values = identificationBlock(text);
    setFound(text.trim() === '' ? null : values.length);
    if (values.length === 0) return;
    useDraft.getState().change((now) => {
      // What a person typed is never replaced by what a parser guessed.
      const free = values.filter(
        (value) =>
          now.fields[value.key]?.source.kind !== 'typed' || now.fields[value.key]?.text.trim() === '',
      );
      const taken: DraftContent['fields'] = Object.fromEntries(
        free.map((value) => [
          value.key,
          { text: value.text, source: { kind: 'file', name: t('draft.pastedText') } },
        ]),
      );
      return { ...now, fields: { ...now.fields, ...taken } };
    });
  };
  return (
    <div className="helper">
      <ClipboardPaste size={16} aria-hidden />
      <TextField
        label={t('draft.paste')}
        value={pasted}
        onChange={read}
        lines={2}
        mono
        maxLength={20_000}
        note={found === null ? t('draft.pasteNote') : t('draft.pasteFound', { count: found })}
      />
    </div>
  );
}

/** Vehicle and ECU: at least one of the two is asked for (R-INFO-3), with a helper that reads what the tool printed. */
export function VehicleSection(): ReactNode {
  const { t } = useTranslation();
  const facts = useDraftFacts();
  if (facts === null) return null;
  const { content, product } = facts;
  const driverLabel =
    product?.driverNumber === 'plugin'
      ? t('draft.plugin')
      : product?.driverNumber === 'protocol'
        ? t('draft.protocol')
        : t('field.driverNumber');
  return (
    <div className="stack">
      <PasteHelper />
      <fieldset className="group">
        <legend>{t('ticketText.vehicle')}</legend>
        <div className="grid three">
          {formFields.vehicle.map((name) => (
            <DraftField key={name} name={name} />
          ))}
        </div>
      </fieldset>
      <fieldset className="group">
        <legend>{t('ticketText.ecu')}</legend>
        <div className="grid three">
          {formFields.ecu.map((name) => (
            <DraftField key={name} name={name} />
          ))}
        </div>
      </fieldset>
      <div className="grid three">
        {formFields
          .work(content, product)
          .map((name) =>
            name === 'mode' ? (
              <ModeField key={name} />
            ) : (
              <DraftField
                key={name}
                name={name}
                {...(name === 'driverNumber' ? { label: driverLabel } : {})}
              />
            ),
          )}
      </div>
    </div>
  );
}
