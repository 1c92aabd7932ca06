import { HardDrive, Plus } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import type { ToolId } from '../../../shared/domain/ids.ts';
import type { Tool } from '../../../shared/domain/tool.ts';
import type { VersionCheck } from '../../../shared/domain/vendor-version.ts';
import { quietly, unwrap } from '../../bridge/bridge.ts';
import { useProductWord } from '../../features/product-word.ts';
import { storeTool } from '../../features/store-facts.ts';
import { useTranslation } from '../../words/translation.ts';
import { Confirm } from '../../components/confirm.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { ToolForm } from '../../components/tool-form.tsx';
import { attempt, useApp } from '../../stores/app-store.ts';
import { usePortal } from '../../stores/portal-store.ts';
import { ToolLine } from './tool-line.tsx';

/** How each tool's version stands; asked again when a tool or what is known of the portal changes. */
function useToolVersions(): ReadonlyMap<ToolId, VersionCheck> {
  const [versions, setVersions] = useState<ReadonlyMap<ToolId, VersionCheck>>(new Map());
  const tools = useApp((state) => state.tools);
  const portal = usePortal((state) => state.status);
  useEffect(() => {
    let current = true;
    void [tools, portal];
    void quietly(window.officina.toolVersions({})).then((rows) => {
      if (current && rows !== null)
        setVersions(new Map(rows.map(({ toolId, version }) => [toolId, version])));
    });
    return () => {
      current = false;
    };
  }, [tools, portal]);
  return versions;
}

/** The products this workshop owns (R-PROD-1, R-INFO-2) and how their versions stand (R-VERSION-1): add, correct, remove. */
export function Tools(): ReactNode {
  const { t } = useTranslation();
  const tools = useApp((state) => state.tools);
  const products = useApp((state) => state.products);
  const [editing, setEditing] = useState<ToolId | 'new' | null>(null);
  const [removing, setRemoving] = useState<Tool | null>(null);
  const [opened, setOpened] = useState<ReadonlySet<ToolId>>(new Set());
  const versions = useToolVersions();
  const wordOf = useProductWord();
  const nameOf = (tool: Tool): string =>
    [wordOf(tool.productId), tool.serial ?? ''].filter((part) => part !== '').join(' ');
  const open = (id: ToolId, isOpen: boolean): void =>
    setOpened(new Set(isOpen ? [...opened, id] : [...opened].filter((other) => other !== id)));
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
      onSubmit={(tool) =>
        void storeTool(known?.id ?? null, tool).then((stored) =>
          stored === null ? undefined : setEditing(null),
        )
      }
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
              <ToolLine
                key={tool.id}
                tool={tool}
                product={wordOf(tool.productId)}
                name={nameOf(tool)}
                version={versions.get(tool.id)}
                isOpen={opened.has(tool.id)}
                onOpen={(isOpen) => open(tool.id, isOpen)}
                onEdit={() => setEditing(tool.id)}
                onRemove={() => setRemoving(tool)}
              />
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
