import { type FormEvent, type ReactNode, useState } from 'react';
import { identifierTextSchema } from '../../shared/domain/identifier-text.ts';
import { productName } from '../../shared/domain/product-name.ts';
import { type Product, type ProductId, productIdSchema } from '../../shared/domain/product.ts';
import type { ToolInput } from '../../shared/domain/tool.ts';
import { useTranslation } from '../words/translation.ts';
import { ChoiceField } from './choice-field.tsx';
import { TextField } from './text-field.tsx';

const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());

export type ToolFormProps = {
  readonly known: ToolInput | null;
  readonly products: readonly Product[];
  readonly submit: string;
  readonly onSubmit: (tool: ToolInput) => void;
  readonly onCancel?: () => void;
  /** What the PC itself speaks of, chosen until the person chooses, and the words that say where it was found. */
  readonly found?: { readonly productId: ProductId; readonly words: string };
};

/** A tool: product, serial where it has one (R-INFO-2), version and a name of one's own. */
export function ToolForm({ known, products, submit, onSubmit, onCancel, found }: ToolFormProps): ReactNode {
  const { t, language } = useTranslation();
  const [chosen, setChosen] = useState<string | null>(known?.productId ?? null);
  const [serial, setSerial] = useState<string>(known?.serial ?? '');
  const [version, setVersion] = useState(known?.installedVersion ?? '');
  const [nickname, setNickname] = useState(known?.nickname ?? '');
  const [wrong, setWrong] = useState<'product' | 'serial' | null>(null);
  const productId = chosen ?? found?.productId ?? '';
  const product = products.find((item) => item.id === productId);
  const send = (event: FormEvent): void => {
    event.preventDefault();
    const parsed = identifierTextSchema.safeParse(serial);
    const problem =
      product === undefined ? 'product' : product.hasSerial && !parsed.success ? 'serial' : null;
    setWrong(problem);
    if (problem !== null) document.getElementById(`tool-${problem}`)?.focus();
    else
      onSubmit({
        productId: productIdSchema.parse(productId),
        serial: product?.hasSerial === true && parsed.success ? parsed.data : null,
        installedVersion: orNull(version),
        nickname: orNull(nickname),
      });
  };
  const choices = [
    { value: '', label: t('tools.choose') },
    ...products.map((item) => ({ value: item.id, label: productName(item, language) })),
  ];
  return (
    <form className="stack" onSubmit={send} noValidate>
      <div className="grid two">
        <ChoiceField
          id="tool-product"
          label={t('tools.product')}
          value={productId}
          choices={choices}
          onChange={setChosen}
          {...(chosen === null && found !== undefined ? { chip: found.words } : {})}
          {...(wrong === 'product'
            ? { error: t('wrong.product') }
            : product?.supported === false
              ? { note: t('tools.unsupported') }
              : {})}
        />
        {product?.hasSerial === false ? null : (
          <TextField
            id="tool-serial"
            label={t('tools.serial')}
            value={serial}
            onChange={setSerial}
            mono
            maxLength={64}
            note={t('tools.serialHint')}
            {...(wrong === 'serial' ? { error: t('wrong.serial') } : {})}
          />
        )}
        <TextField
          label={t('tools.version')}
          value={version}
          onChange={setVersion}
          mono
          maxLength={40}
          note={t('tools.versionHint')}
        />
        <TextField
          label={t('tools.nickname')}
          value={nickname}
          onChange={setNickname}
          maxLength={60}
          note={t('tools.nicknameHint')}
        />
      </div>
      <div className="row wrap">
        <button type="submit" className="button primary">
          {submit}
        </button>
        {onCancel === undefined ? null : (
          <button type="button" className="button" onClick={onCancel}>
            {t('action.cancel')}
          </button>
        )}
      </div>
    </form>
  );
}
