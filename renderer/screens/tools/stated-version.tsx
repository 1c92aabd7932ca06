import { PencilLine } from 'lucide-react';
import { type FormEvent, type ReactNode, useState } from 'react';
import { typedDay, writtenDay } from '../../../shared/calendar/typed-day.ts';
import type { ProductId } from '../../../shared/domain/product.ts';
import type { FoundVersion, StatedVersion } from '../../../shared/domain/vendor-version.ts';
import { unwrap } from '../../bridge/bridge.ts';
import { TextField } from '../../components/text-field.tsx';
import { attempt } from '../../stores/app-store.ts';
import { useTranslation } from '../../words/translation.ts';

/** Today on this PC, day first as it is typed here in both languages. */
const today = (): string => new Date().toLocaleDateString('en-GB');

type Fields = { readonly version: string; readonly source: string; readonly on: string };

/** What is written as it would be kept; null where something of it is missing or is no day. */
function statedOf({ version, source, on }: Fields): StatedVersion | null {
  const day = typedDay(on);
  return version.trim() === '' || source.trim() === '' || day === null
    ? null
    : { version: version.trim(), source: source.trim(), on: day };
}

function StatedForm(props: {
  readonly first: Fields;
  readonly onKeep: (stated: StatedVersion) => void;
  readonly onCancel: () => void;
}): ReactNode {
  const { t } = useTranslation();
  const [fields, setFields] = useState(props.first);
  const [tried, setTried] = useState(false);
  const keep = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    const stated = statedOf(fields);
    if (stated !== null) props.onKeep(stated);
  };
  const error = (isWrong: boolean, words: string): { readonly error?: string } =>
    tried && isWrong ? { error: words } : {};
  return (
    <form className="stack tight" onSubmit={keep} noValidate>
      <div className="grid three">
        <TextField
          label={t('statedVersion.version')}
          value={fields.version}
          maxLength={40}
          mono
          onChange={(version) => setFields((now) => ({ ...now, version }))}
          {...error(fields.version.trim() === '', t('statedVersion.noVersion'))}
        />
        <TextField
          label={t('statedVersion.source')}
          value={fields.source}
          maxLength={200}
          onChange={(source) => setFields((now) => ({ ...now, source }))}
          {...error(fields.source.trim() === '', t('statedVersion.noSource'))}
        />
        <TextField
          label={t('statedVersion.on')}
          value={fields.on}
          maxLength={20}
          note={t('statedVersion.dayHint')}
          onChange={(on) => setFields((now) => ({ ...now, on }))}
          {...error(typedDay(fields.on) === null, t('statedVersion.noDay'))}
        />
      </div>
      <div className="row wrap">
        <button type="submit" className="button primary">
          {t('statedVersion.keep')}
        </button>
        <button type="button" className="button quiet" onClick={props.onCancel}>
          {t('action.cancel')}
        </button>
      </div>
    </form>
  );
}

/** Where the portal tells this program no versions, the person writes down what its page says: once for a product, with source and day (R-VERSION-1). */
export function StatedVersionEntry({
  productId,
  latest,
}: {
  readonly productId: ProductId;
  readonly latest: FoundVersion | null;
}): ReactNode {
  const { t } = useTranslation();
  const [isOpen, setIsOpen] = useState(false);
  const known = latest?.origin.kind === 'stated' ? { text: latest.text, ...latest.origin } : null;
  const put = (stated: StatedVersion | null): void =>
    void attempt(async () => {
      await unwrap(window.officina.stateVersion({ productId, stated }));
      setIsOpen(false);
    });
  if (!isOpen)
    return (
      <div className="row wrap">
        <button type="button" className="button" onClick={() => setIsOpen(true)}>
          <PencilLine size={16} aria-hidden />
          {t('statedVersion.open')}
        </button>
        {known === null ? null : (
          <button type="button" className="button quiet" onClick={() => put(null)}>
            {t('statedVersion.remove')}
          </button>
        )}
      </div>
    );
  const first: Fields =
    known === null
      ? { version: '', source: t('statedVersion.databank'), on: today() }
      : { version: known.text, source: known.source, on: writtenDay(known.on) };
  return <StatedForm first={first} onKeep={put} onCancel={() => setIsOpen(false)} />;
}
