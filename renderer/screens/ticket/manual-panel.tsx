import { ExternalLink, FolderDown, PanelRight } from 'lucide-react';
import { type FormEvent, type ReactNode, useEffect, useState } from 'react';
import { type TicketId, type TicketNumber, typedTicketNumberSchema } from '../../../shared/domain/ids.ts';
import type { ManualPackage } from '../../../shared/rules/manual-package.ts';
import { unwrap } from '../../bridge/bridge.ts';
import { saveToFolder } from '../../features/save-folder.ts';
import { useTranslation } from '../../words/translation.ts';
import { Confirm } from '../../components/confirm.tsx';
import { CopyButton } from '../../features/copy-button.tsx';
import { Identifier } from '../../components/identifier.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { TextBlock } from '../../components/text-block.tsx';
import { TextField } from '../../components/text-field.tsx';
import { attempt, useApp } from '../../stores/app-store.ts';
import { useTicket } from '../../stores/ticket-store.ts';

/** The way to the portal's own pages beside this request. */
function OpenHere({ id }: { readonly id: TicketId }): ReactNode {
  const { t } = useTranslation();
  return (
    <div>
      <button
        type="button"
        className="button primary"
        onClick={() => useApp.getState().go({ screen: 'site', id })}
      >
        <PanelRight size={16} aria-hidden />
        {t('manual.openHere')}
      </button>
    </div>
  );
}

/**
 * Carrying the request to the vendor's web form: the blocks in the form's order, the files, then the number it gave. `isDoubted`: it may
 * be there already, so the person is asked to look first.
 */
export function ManualPanel({
  id,
  isDoubted,
  opensHere,
}: {
  readonly id: TicketId;
  readonly isDoubted: boolean;
  /** The portal's pages open inside the program. */
  readonly opensHere: boolean;
}): ReactNode {
  const { t } = useTranslation();
  const [pack, setPack] = useState<ManualPackage | null>(null);
  const [number, setNumber] = useState('');
  const [wrong, setWrong] = useState(false);
  const [readBack, setReadBack] = useState<TicketNumber | null>(null);
  useEffect(() => {
    let current = true;
    void attempt(() => unwrap(window.officina.manualPackage({ id }))).then((loaded) => {
      if (current) setPack(loaded);
    });
    return () => {
      current = false;
    };
  }, [id]);
  const check = (event: FormEvent): void => {
    event.preventDefault();
    const parsed = typedTicketNumberSchema.safeParse(number);
    setWrong(!parsed.success);
    setReadBack(parsed.success ? parsed.data : null);
  };
  const keep = (kept: TicketNumber): void =>
    void attempt(async () => {
      await unwrap(window.officina.setManualNumber({ id, number: kept }));
      await useTicket.getState().refresh();
    });
  if (pack === null) return <Skeleton lines={6} label={t('action.loading')} />;
  return (
    <section className="card roomy stack manual" aria-label={t('manual.title')}>
      <div>
        <h2>{t('manual.title')}</h2>
        <p className="dim">{t(opensHere ? 'manual.introHere' : 'manual.intro')}</p>
      </div>
      {opensHere ? <OpenHere id={id} /> : null}
      {isDoubted ? <p className="notice warn">{t('manual.doubt')}</p> : null}
      <ol className="manual-steps">
        <li>
          <button
            type="button"
            className="button"
            onClick={() =>
              void attempt(() => unwrap(window.officina.openExternalLink({ url: pack.portalUrl })))
            }
          >
            <ExternalLink size={16} aria-hidden />
            {t('manual.openPortal')}
          </button>
        </li>
        {pack.blocks.map((block) => (
          <li key={block.label} className="manual-block">
            <div className="row between">
              <h3>{t(`manualBlock.${block.label}`)}</h3>
              <CopyButton
                text={block.text}
                label={t('manual.copy', { block: t(`manualBlock.${block.label}`) })}
                words
              />
            </div>
            <TextBlock text={block.text} label={t(`manualBlock.${block.label}`)} />
          </li>
        ))}
        {pack.files.length === 0 ? null : (
          <li className="stack tight">
            <p>{t('manual.files', { count: pack.files.length })}</p>
            <div>
              <button type="button" className="button" onClick={() => void saveToFolder(id, t)}>
                <FolderDown size={16} aria-hidden />
                {t('action.saveFolder')}
              </button>
            </div>
          </li>
        )}
        <li>
          <form className="number-form" onSubmit={check} noValidate>
            <TextField
              label={t('manual.number')}
              value={number}
              onChange={setNumber}
              mono
              maxLength={40}
              note={t('manual.numberHint')}
              {...(wrong ? { error: t('wrong.number') } : {})}
            />
            <button type="submit" className={opensHere ? 'button' : 'button primary'}>
              {t('manual.keepNumber')}
            </button>
          </form>
        </li>
      </ol>
      <Confirm
        open={readBack !== null}
        onOpenChange={(open) => (open ? undefined : setReadBack(null))}
        title={t('manual.isThisNumber')}
        text={
          <div className="stack tight">
            <Identifier text={readBack ?? ''} large />
            <p>{t('manual.numberStays')}</p>
          </div>
        }
        keep={t('firstRun.correct')}
        go={t('manual.numberRight')}
        tone="plain"
        onGo={() => {
          if (readBack !== null) keep(readBack);
        }}
      />
    </section>
  );
}
