import { ChevronDown, ChevronUp, HardDrive, Pencil, Trash2 } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import { portalKinds } from '../../../shared/domain/portal-kind.ts';
import type { Tool } from '../../../shared/domain/tool.ts';
import type { VersionCheck } from '../../../shared/domain/vendor-version.ts';
import { Identifier } from '../../components/identifier.tsx';
import { VersionChip, VersionFacts } from '../../components/version-facts.tsx';
import { Why } from '../../components/why.tsx';
import { DatabankLink } from '../../features/databank-link.tsx';
import { usePortal } from '../../stores/portal-store.ts';
import { useTranslation } from '../../words/translation.ts';
import { StatedVersionEntry } from './stated-version.tsx';

/** R-VERSION-1 for one tool: both numbers with their sources, and the way to update unless it is at the latest. */
function ToolVersion({
  name,
  productId,
  version,
}: {
  readonly name: string;
  readonly productId: Tool['productId'];
  readonly version: VersionCheck;
}): ReactNode {
  const { t } = useTranslation();
  const realm = usePortal((state) => state.status?.realm ?? null);
  const { status, installed, latest } = version;
  const isBehind = status === 'outdated' || status === 'cannot-tell';
  return (
    <>
      <div className="row wrap">
        <VersionFacts version={version} isBare />
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
    </>
  );
}

/** One tool on one line: which it is and how its version stands; where that comes from opens beneath. */
export function ToolLine({
  tool,
  product,
  name,
  version,
  isOpen,
  onOpen,
  onEdit,
  onRemove,
}: {
  readonly tool: Tool;
  /** The product's name, as people say it. */
  readonly product: string;
  /** Product and serial number, which tell this tool from every other. */
  readonly name: string;
  readonly version: VersionCheck | undefined;
  readonly isOpen: boolean;
  readonly onOpen: (isOpen: boolean) => void;
  readonly onEdit: () => void;
  readonly onRemove: () => void;
}): ReactNode {
  const { t } = useTranslation();
  const details = useId();
  return (
    <li className="line tool-line">
      <HardDrive size={16} aria-hidden />
      <div className="grow tool-words">
        <strong>{product}</strong>
        {tool.nickname === '' ? null : <span className="dim">{tool.nickname}</span>}
        <span className="small dim">
          {tool.serial === null ? (
            t('tools.noSerial')
          ) : (
            <>
              {t('tools.serialShort')} <Identifier text={tool.serial} />
            </>
          )}
        </span>
        {version === undefined ? null : <VersionChip version={version} />}
      </div>
      <div className="row">
        <button
          type="button"
          className="button icon quiet"
          aria-label={t('tools.details', { name })}
          title={t('action.details')}
          aria-expanded={isOpen}
          {...(isOpen ? { 'aria-controls': details } : {})}
          onClick={() => onOpen(!isOpen)}
        >
          {isOpen ? <ChevronUp size={16} aria-hidden /> : <ChevronDown size={16} aria-hidden />}
        </button>
        <button
          type="button"
          className="button icon quiet"
          aria-label={t('tools.edit', { name })}
          title={t('tools.editShort')}
          onClick={onEdit}
        >
          <Pencil size={16} aria-hidden />
        </button>
        <button
          type="button"
          className="button icon quiet"
          aria-label={t('tools.remove', { name })}
          title={t('tools.removeShort')}
          onClick={onRemove}
        >
          <Trash2 size={16} aria-hidden />
        </button>
      </div>
      {isOpen && version !== undefined ? (
        <div id={details} className="tool-details stack tight small">
          <ToolVersion name={name} productId={tool.productId} version={version} />
        </div>
      ) : null}
    </li>
  );
}
