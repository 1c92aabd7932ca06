import { HardDrive, Pencil, Plus, Trash2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { ToolId } from '../../../shared/domain/ids.ts';
import type { Tool } from '../../../shared/domain/tool.ts';
import { unwrap } from '../../app/bridge.ts';
import { useProductWord } from '../../app/product-word.ts';
import { storeTool } from '../../app/store-facts.ts';
import { useTranslation } from '../../app/translation.ts';
import { Confirm } from '../../components/confirm.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { Identifier } from '../../components/identifier.tsx';
import { ToolForm } from '../../components/tool-form.tsx';
import { attempt, useApp } from '../../stores/app-store.ts';

/** The products this workshop owns (R-PROD-1, R-INFO-2): add, correct, remove. */
export function Tools(): ReactNode {
  const { t } = useTranslation();
  const tools = useApp((state) => state.tools);
  const products = useApp((state) => state.products);
  const [editing, setEditing] = useState<ToolId | 'new' | null>(null);
  const [removing, setRemoving] = useState<Tool | null>(null);
  const wordOf = useProductWord();
  const nameOf = (tool: Tool): string => [wordOf(tool.productId), tool.serial ?? ''].filter((part) => part !== '').join(' ');
  const remove = (id: ToolId): void =>
    void attempt(async () => {
      await unwrap(window.officina.removeTool({ id }));
      await useApp.getState().refresh();
    });
  const form = (known: Tool | null): ReactNode => (
    <ToolForm
      known={known}
      products={products}
      submit={t(known === null ? 'tools.add' : 'tools.save')}
      onCancel={() => setEditing(null)}
      onSubmit={(tool) => void storeTool(known?.id ?? null, tool).then((stored) => (stored === null ? undefined : setEditing(null)))}
    />
  );
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t('tools.title')}</h1>
        {editing === 'new' ? null : (
          <button type="button" className="button" onClick={() => setEditing('new')}>
            <Plus size={16} aria-hidden />
            {t('tools.add')}
          </button>
        )}
      </div>
      {editing === 'new' ? (
        <section className="card roomy stack" aria-label={t('tools.add')}>
          <h2>{t('tools.add')}</h2>
          {form(null)}
        </section>
      ) : null}
      {tools.length === 0 ? (
        editing === 'new' ? null : (
          <EmptyState icon={HardDrive} title={t('tools.emptyTitle')} text={t('tools.empty')} />
        )
      ) : (
        <ul className="list">
          {tools.map((tool) =>
            editing === tool.id ? (
              <li key={tool.id} className="line form">
                {form(tool)}
              </li>
            ) : (
              <li key={tool.id} className="line">
                <HardDrive size={16} aria-hidden />
                <div className="grow">
                  <strong>{wordOf(tool.productId)}</strong> <span className="dim">{tool.nickname}</span>
                  <div className="small dim">
                    {tool.serial === null ? (
                      t('tools.noSerial')
                    ) : (
                      <>
                        {t('tools.serialShort')} <Identifier text={tool.serial} />
                      </>
                    )}
                  </div>
                </div>
                <span className="dim small">
                  {tool.installedVersion === null ? '' : t('tools.versionIs', { version: tool.installedVersion })}
                </span>
                <button
                  type="button"
                  className="button icon"
                  aria-label={t('tools.edit', { name: nameOf(tool) })}
                  title={t('tools.editShort')}
                  onClick={() => setEditing(tool.id)}
                >
                  <Pencil size={16} aria-hidden />
                </button>
                <button
                  type="button"
                  className="button icon"
                  aria-label={t('tools.remove', { name: nameOf(tool) })}
                  title={t('tools.removeShort')}
                  onClick={() => setRemoving(tool)}
                >
                  <Trash2 size={16} aria-hidden />
                </button>
              </li>
            ),
          )}
        </ul>
      )}
      <Confirm
        open={removing !== null}
        onOpenChange={(open) => (open ? undefined : setRemoving(null))}
        title={t('tools.removeTitle', { name: removing === null ? '' : nameOf(removing) })}
        text={t('tools.removeText')}
        keep={t('tools.keep')}
        go={t('tools.removeGo')}
        onGo={() => (removing === null ? undefined : remove(removing.id))}
      />
    </div>
  );
}
