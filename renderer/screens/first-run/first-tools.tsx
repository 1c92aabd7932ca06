import { type ReactNode, useState } from 'react';
import type { ToolInput } from '../../../shared/domain/tool.ts';
import { storeTool } from '../../app/store-facts.ts';
import { useTranslation } from '../../app/translation.ts';
import { Identifier } from '../../components/identifier.tsx';
import { ToolForm } from '../../components/tool-form.tsx';
import { useApp } from '../../stores/app-store.ts';

/** Tools owned, one after the other; each serial is read back before it is kept (R-INFO-2). */
export function FirstTools({ onDone }: { readonly onDone: () => void }): ReactNode {
  const { t } = useTranslation();
  const products = useApp((state) => state.products);
  const tools = useApp((state) => state.tools);
  const [adding, setAdding] = useState(tools.length === 0);
  const [written, setWritten] = useState<ToolInput | null>(null);
  const nameOf = (id: string): string => products.find((item) => item.id === id)?.name ?? id;
  const keep = (tool: ToolInput): void => void storeTool(null, tool).then((stored) => {
    if (stored === null) return;
    setWritten(null);
    setAdding(false);
  });
  const serial = written?.serial ?? null;
  return (
    <div className="stack">
      {tools.length === 0 ? null : <ul className="list">{tools.map((tool) => <li key={tool.id} className="line"><span className="grow"><strong>{nameOf(tool.productId)}</strong> {tool.nickname}</span>{tool.serial === null ? <span className="dim small">{t('tools.noSerial')}</span> : <Identifier text={tool.serial} />}</li>)}</ul>}
      {written !== null && serial !== null ? (
        <div className="stack read-back">
          <p>{t('firstRun.isThisSerial', { product: nameOf(written.productId) })}</p>
          <p><Identifier text={serial} large /></p>
          <div className="row wrap"><button type="button" className="button primary" onClick={() => keep(written)}>{t('firstRun.serialRight')}</button><button type="button" className="button" onClick={() => setWritten(null)}>{t('firstRun.correct')}</button></div>
        </div>
      ) : adding ? <ToolForm known={null} products={products} submit={t('tools.add')} onSubmit={(tool) => (tool.serial === null ? keep(tool) : setWritten(tool))} /> : null}
      <div className="row wrap">
        {adding || written !== null ? null : <button type="button" className="button primary" onClick={onDone}>{t('firstRun.continue')}</button>}
        {adding || written !== null ? null : <button type="button" className="button" onClick={() => setAdding(true)}>{t('tools.another')}</button>}
        {adding && written === null ? <button type="button" className="button quiet" onClick={onDone}>{t('firstRun.skip')}</button> : null}
      </div>
    </div>
  );
}
