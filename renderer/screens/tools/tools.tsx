import { HardDrive, Pencil, Plus, Trash2 } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import type { ToolId } from '../../../shared/domain/ids.ts';
import { portalKinds } from '../../../shared/domain/portal-kind.ts';
import type { ProductId } from '../../../shared/domain/product.ts';
import type { Tool } from '../../../shared/domain/tool.ts';
import type { VersionCheck } from '../../../shared/domain/vendor-version.ts';
import { quietly, unwrap } from '../../bridge/bridge.ts';
import { useProductWord } from '../../features/product-word.ts';
import { storeTool } from '../../features/store-facts.ts';
import { useTranslation } from '../../words/translation.ts';
import { Confirm } from '../../components/confirm.tsx';
import { DatabankLink } from '../../features/databank-link.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { Identifier } from '../../components/identifier.tsx';
import { ToolForm } from '../../components/tool-form.tsx';
import { VersionFacts } from '../../components/version-facts.tsx';
import { Why } from '../../components/why.tsx';
import { attempt, useApp } from '../../stores/app-store.ts';
import { usePortal } from '../../stores/portal-store.ts';
import { StatedVersionEntry } from './stated-version.tsx';

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

/** R-VERSION-1 for one tool: both numbers with their sources, and the way to update unless it is at the latest. */
function ToolVersion({
  name,
  productId,
  version,
}: {
  readonly name: string;
  readonly productId: ProductId;
  readonly version: VersionCheck | undefined;
}): ReactNode {
  const { t } = useTranslation();
  const realm = usePortal((state) => state.status?.realm ?? null);
  if (version === undefined) return null;
  const { status, installed, latest } = version;
  const isBehind = status === 'outdated' || status === 'cannot-tell';
  return (
    <div className="stack tight small">
      <div className="row wrap">
        <VersionFacts version={version} />
        <Why
          ruleId="R-VERSION-1"
          answer={status === 'outdated' ? 'warn' : status === 'cannot-tell' ? 'inform' : 'met'}
          lookedAt={[installed, latest].flatMap((found) => (found === null ? [] : [found.text]))}
        />
      </div>
      {isBehind ? (
        <div className="row wrap">
          <span className="dim">{t('version.update')}</span>
          <DatabankLink about={name} />
        </div>
      ) : null}
      {realm !== null && portalKinds[realm].isCarriedByHand ? (
        <StatedVersionEntry productId={productId} latest={latest} />
      ) : null}
    </div>
  );
}

/** The products this workshop owns (R-PROD-1, R-INFO-2) and how their versions stand (R-VERSION-1): add, correct, remove. */
export function Tools(): ReactNode {
  const { t } = useTranslation();
  const tools = useApp((state) => state.tools);
  const products = useApp((state) => state.products);
  const [editing, setEditing] = useState<ToolId | 'new' | null>(null);
  const [removing, setRemoving] = useState<Tool | null>(null);
  const versions = useToolVersions();
  const wordOf = useProductWord();
  const nameOf = (tool: Tool): string =>
    [wordOf(tool.productId), tool.serial ?? ''].filter((part) => part !== '').join(' ');
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
              <li key={tool.id} className="line tall">
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
                  <ToolVersion
                    name={nameOf(tool)}
                    productId={tool.productId}
                    version={versions.get(tool.id)}
                  />
                </div>
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
