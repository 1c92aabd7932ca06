import { Trash2 } from 'lucide-react';
import { type FormEvent, type ReactNode, useState } from 'react';
import { productIdSchema } from '../../../shared/domain/product.ts';
import { unwrap } from '../../app/bridge.ts';
import { useTranslation } from '../../app/translation.ts';
import { ChoiceField } from '../../components/choice-field.tsx';
import { TextField } from '../../components/text-field.tsx';
import { useApp } from '../../stores/app-store.ts';

const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());

function AddTool(): ReactNode {
  const { t } = useTranslation();
  const products = useApp((state) => state.products);
  const [productId, setProductId] = useState('');
  const [serial, setSerial] = useState('');
  const [version, setVersion] = useState('');
  const [nickname, setNickname] = useState('');
  const product = products.find((item) => item.id === productId);
  const add = (event: FormEvent): void => {
    event.preventDefault();
    if (product === undefined) return;
    const { attempt, refresh, dismissError } = useApp.getState();
    void attempt(async () => {
      const tool = { productId: productIdSchema.parse(productId), serial: product.hasSerial ? orNull(serial) : null, installedVersion: orNull(version), nickname: orNull(nickname) };
      await unwrap(window.officina.saveTool({ id: null, tool }));
      dismissError();
      await refresh();
      setProductId('');
      setSerial('');
      setVersion('');
      setNickname('');
    });
  };
  const choices = [{ value: '', label: t('tools.choose') }, ...products.map((item) => ({ value: item.id, label: item.name }))];
  return (
    <form className="card stack" onSubmit={add}>
      <div className="grid">
        <ChoiceField label={t('tools.product')} value={productId} choices={choices} onChange={setProductId} {...(product?.supported === false ? { note: t('tools.unsupported') } : {})} />
        {product?.hasSerial === false ? null : <TextField label={t('tools.serial')} value={serial} onChange={setSerial} mono maxLength={64} />}
        <TextField label={t('tools.version')} value={version} onChange={setVersion} mono maxLength={40} />
        <TextField label={t('tools.nickname')} value={nickname} onChange={setNickname} maxLength={60} />
      </div>
      <div><button type="submit" className="button primary" disabled={product === undefined}>{t('tools.add')}</button></div>
    </form>
  );
}

/** The products this workshop owns (R-PROD-1, R-INFO-2). */
export function Tools(): ReactNode {
  const { t } = useTranslation();
  const tools = useApp((state) => state.tools);
  const products = useApp((state) => state.products);
  const remove = (id: (typeof tools)[number]['id']): void => {
    const { attempt, refresh } = useApp.getState();
    void attempt(async () => {
      await unwrap(window.officina.removeTool({ id }));
      await refresh();
    });
  };
  const nameOf = (id: string): string => products.find((item) => item.id === id)?.name ?? id;
  return (
    <div className="stack">
      <h1>{t('tools.title')}</h1>
      {tools.length === 0 ? <p className="dim">{t('tools.empty')}</p> : (
        <ul className="list">
          {tools.map((tool) => (
            <li key={tool.id}>
              <div className="grow"><strong>{nameOf(tool.productId)}</strong> {tool.nickname}<div className="dim mono small">{tool.serial ?? t('tools.noSerial')}</div></div>
              <span className="dim mono small">{tool.installedVersion}</span>
              <button type="button" className="button quiet" aria-label={t('tools.remove', { name: `${nameOf(tool.productId)} ${tool.serial ?? ''}` })} onClick={() => remove(tool.id)}><Trash2 size={16} aria-hidden /></button>
            </li>
          ))}
        </ul>
      )}
      <AddTool />
    </div>
  );
}
