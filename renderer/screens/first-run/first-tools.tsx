import { type ReactNode, useEffect, useState } from 'react';
import { displayName } from '../../../shared/domain/display-name.ts';
import type { EvidenceCandidate } from '../../../shared/domain/evidence.ts';
import type { ProductId } from '../../../shared/domain/product.ts';
import type { ToolInput } from '../../../shared/domain/tool.ts';
import { useProductWord } from '../../features/product-word.ts';
import { storeTool } from '../../features/store-facts.ts';
import { useTranslation } from '../../words/translation.ts';
import { focusWhenShown } from '../../components/focus-when-shown.ts';
import { Identifier } from '../../components/identifier.tsx';
import { ToolForm } from '../../components/tool-form.tsx';
import { useApp } from '../../stores/app-store.ts';
import { useEvidence } from '../../stores/evidence-store.ts';
import { YesButton } from './yes-button.tsx';

type Found = { readonly productId: ProductId; readonly fileName: string };

/** The product of the newest file on this PC that speaks of one the person has not named yet: a guess, shown with what it rests on. */
function foundProduct(candidates: readonly EvidenceCandidate[], owned: ReadonlySet<string>): Found | null {
  for (const { productGuess, name } of candidates)
    if (productGuess !== null && !owned.has(productGuess)) return { productId: productGuess, fileName: name };
  return null;
}

/** Tools owned, one after the other; each serial is read back before it is kept (R-INFO-2). */
export function FirstTools({ onDone }: { readonly onDone: () => void }): ReactNode {
  const { t } = useTranslation();
  const products = useApp((state) => state.products);
  const tools = useApp((state) => state.tools);
  const candidates = useEvidence((state) => state.candidates);
  const [adding, setAdding] = useState(tools.length === 0);
  const [written, setWritten] = useState<ToolInput | null>(null);
  const [reading, setReading] = useState(false);
  const nameOf = useProductWord();
  useEffect(() => void useEvidence.getState().scan(), []);
  const found = foundProduct(candidates, new Set(tools.map((tool) => tool.productId)));
  const keep = (tool: ToolInput, then: () => void): void =>
    void storeTool(null, tool).then((stored) => {
      if (stored === null) return;
      setWritten(null);
      setReading(false);
      then();
    });
  const another = (): void => setAdding(true);
  const serial = written?.serial ?? null;
  return (
    <div className="stack">
      {tools.length === 0 ? null : (
        <ul className="list">
          {tools.map((tool) => (
            <li key={tool.id} className="line">
              <span className="grow">
                <strong>{nameOf(tool.productId)}</strong> {tool.nickname}
              </span>
              {tool.serial === null ? (
                <span className="dim small">{t('tools.noSerial')}</span>
              ) : (
                <Identifier text={tool.serial} />
              )}
            </li>
          ))}
        </ul>
      )}
      {reading && written !== null && serial !== null ? (
        <div className="stack read-back">
          <p id="is-this">{t('firstRun.isThisSerial', { product: nameOf(written.productId) })}</p>
          <p id="this-one">
            <Identifier text={serial} large />
          </p>
          <div className="row wrap">
            <YesButton words={t('firstRun.serialRight')} onYes={() => keep(written, onDone)} />
            <button type="button" className="button" onClick={() => keep(written, another)}>
              {t('firstRun.rightAnother')}
            </button>
            <button type="button" className="button" onClick={() => setReading(false)}>
              {t('firstRun.correct')}
            </button>
          </div>
        </div>
      ) : adding ? (
        <ToolForm
          key={tools.length}
          known={written}
          products={products}
          submit={t('tools.add')}
          {...(found === null
            ? {}
            : {
                found: {
                  productId: found.productId,
                  words: t('tools.foundOnDisk', { name: displayName(found.fileName) }),
                },
              })}
          onSubmit={(tool) => {
            setWritten(tool);
            if (tool.serial === null) keep(tool, onDone);
            else setReading(true);
          }}
        />
      ) : null}
      {reading ? null : (
        <div className="row wrap">
          {adding ? null : (
            <button type="button" ref={focusWhenShown} className="button primary" onClick={onDone}>
              {t('firstRun.continue')}
            </button>
          )}
          {adding ? null : (
            <button type="button" className="button" onClick={another}>
              {t('tools.another')}
            </button>
          )}
          {adding ? (
            <button type="button" className="button quiet" onClick={onDone}>
              {t(tools.length === 0 ? 'firstRun.skip' : 'firstRun.enough')}
            </button>
          ) : null}
        </div>
      )}
    </div>
  );
}
