import { FileKey, PackageOpen } from 'lucide-react';
import { type FormEvent, type ReactNode, useEffect, useState } from 'react';
import { type AppError, appError } from '../../shared/domain/app-error.ts';
import { displayName } from '../../shared/domain/display-name.ts';
import type { ChannelOutput } from '../../shared/ipc/contract.ts';
import type { MovedWorkshop } from '../../shared/ipc/views.ts';
import { CallFailed, quietly, unwrap } from '../bridge/bridge.ts';
import { Confirm } from '../components/confirm.tsx';
import { ProgressBar } from '../components/progress-bar.tsx';
import { Sheet } from '../components/sheet.tsx';
import { TextField } from '../components/text-field.tsx';
import { useTranslation } from '../words/translation.ts';
import { ErrorNotice } from './error-notice.tsx';
import { useMoveProgress } from './move-progress.ts';

type Chosen = NonNullable<ChannelOutput<'chooseMoveFile'>>;

/** What the file holds, said before anything is touched. */
function Found({ moved }: { readonly moved: MovedWorkshop }): ReactNode {
  const { t, moment } = useTranslation();
  const time = moment(moved.savedAt);
  return (
    <output className="stack tight">
      <p className="strong">
        {moved.company === ''
          ? t('move.foundNobody', { time })
          : t('move.found', { company: displayName(moved.company), time })}
      </p>
      <p>
        {t('move.inFile', {
          requests: t('move.requests', { count: moved.requests }),
          files: t('move.files', { count: moved.files }),
        })}
      </p>
      {moved.lacking === 0 ? null : <p>{t('move.lacking', { count: moved.lacking })}</p>}
      {moved.waiting === 0 ? null : <p>{t('move.waiting', { count: moved.waiting })}</p>}
    </output>
  );
}

/** What of this PC goes aside for it. */
function Replaced({ moved }: { readonly moved: MovedWorkshop }): ReactNode {
  const { t } = useTranslation();
  return (
    <>
      <p className="strong">{t('move.here', { count: moved.requestsHere })}</p>
      <p>{t('move.confirmText')}</p>
      {moved.waitingHere === 0 ? null : (
        <p className="strong">{t('move.hereWaiting', { count: moved.waitingHere })}</p>
      )}
    </>
  );
}

type Bringing = {
  readonly chosen: Chosen | null;
  readonly moved: MovedWorkshop | null;
  readonly fault: AppError | null;
  readonly busy: boolean;
  readonly choose: () => Promise<void>;
  readonly read: (passphrase: string) => Promise<void>;
  readonly take: () => Promise<void>;
};

/** The steps of it, each with its own failure told where the person stands. */
function useBringing(): Bringing {
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [moved, setMoved] = useState<MovedWorkshop | null>(null);
  const [fault, setFault] = useState<AppError | null>(null);
  const [busy, setBusy] = useState(false);
  const run = async (work: () => Promise<void>): Promise<void> => {
    setFault(null);
    setBusy(true);
    try {
      await work();
    } catch (error) {
      const told = error instanceof CallFailed ? error.error : appError('E_UNEXPECTED');
      if (told.code !== 'cancelled') setFault(told);
    } finally {
      setBusy(false);
    }
  };
  return {
    chosen,
    moved,
    fault,
    busy,
    choose: () =>
      run(async () => {
        const next = await unwrap(window.officina.chooseMoveFile({}));
        if (next === null) return;
        setChosen(next);
        setMoved(null);
      }),
    read: (passphrase) =>
      run(async () => {
        setMoved(null);
        setMoved(await unwrap(window.officina.readMove({ passphrase })));
      }),
    take: () => run(async () => void (await unwrap(window.officina.takeMove({})))),
  };
}

function BringForm(): ReactNode {
  const { t, size } = useTranslation();
  const { chosen, moved, fault, busy, choose, read, take } = useBringing();
  const [passphrase, setPassphrase] = useState('');
  const [asks, setAsks] = useState(false);
  const share = useMoveProgress(busy);
  useEffect(() => () => void quietly(window.officina.dropMove({})), []);
  const check = (event: FormEvent): void => {
    event.preventDefault();
    void read(passphrase);
  };
  return (
    <div className="stack">
      <p>{t('move.bringText')}</p>
      <div className="row wrap">
        <button type="button" className="button" disabled={busy} onClick={() => void choose()}>
          <FileKey size={16} aria-hidden />
          {t('move.chooseFile')}
        </button>
        {chosen === null ? null : (
          <bdi>{t('move.chosen', { name: displayName(chosen.name), size: size(chosen.sizeBytes) })}</bdi>
        )}
      </div>
      <form className="stack tight" onSubmit={check}>
        <TextField
          type="password"
          label={t('move.passphrase')}
          value={passphrase}
          onChange={setPassphrase}
          maxLength={200}
        />
        <div>
          <button
            type="submit"
            className="button"
            disabled={busy || chosen === null || passphrase === '' || moved !== null}
          >
            {t('move.check')}
          </button>
        </div>
      </form>
      {busy && chosen !== null ? <ProgressBar label={t('move.reading')} share={share} /> : null}
      {fault === null ? null : <ErrorNotice error={fault} />}
      {moved === null ? null : (
        <>
          <Found moved={moved} />
          <div>
            <button
              type="button"
              className="button primary"
              disabled={busy}
              onClick={() => (moved.requestsHere === 0 ? void take() : setAsks(true))}
            >
              <PackageOpen size={16} aria-hidden />
              {t('move.take')}
            </button>
          </div>
          <Confirm
            open={asks}
            onOpenChange={setAsks}
            title={t('move.confirmTitle')}
            text={<Replaced moved={moved} />}
            keep={t('move.keep')}
            go={t('move.take')}
            onGo={() => void take()}
          />
        </>
      )}
    </div>
  );
}

/** A button that brings a whole workshop from another PC; what is read is forgotten when its panel is closed. */
export function BringFromPc(): ReactNode {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" className="button" onClick={() => setOpen(true)}>
        <PackageOpen size={16} aria-hidden />
        {t('move.bring')}
      </button>
      <Sheet open={open} onOpenChange={setOpen} title={t('move.bring')} close={t('action.close')}>
        <BringForm />
      </Sheet>
    </>
  );
}
