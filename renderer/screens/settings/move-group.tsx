import { PackageCheck } from 'lucide-react';
import { type FormEvent, type ReactNode, useEffect, useState } from 'react';
import { type AppError, appError } from '../../../shared/domain/app-error.ts';
import { displayName } from '../../../shared/domain/display-name.ts';
import type { SavedWorkshop } from '../../../shared/ipc/views.ts';
import { passphraseFault, passphraseLeast, passphraseMost } from '../../../shared/rules/passphrase.ts';
import { CallFailed, quietly, unwrap } from '../../bridge/bridge.ts';
import { BringFromPc } from '../../features/bring-from-pc.tsx';
import { ErrorNotice } from '../../features/error-notice.tsx';
import { useMoveProgress } from '../../features/move-progress.ts';
import { withMissing } from '../../features/save-folder.ts';
import { CheckField } from '../../components/check-field.tsx';
import { ProgressBar } from '../../components/progress-bar.tsx';
import { Sheet } from '../../components/sheet.tsx';
import { TextField } from '../../components/text-field.tsx';
import { useOutbox } from '../../stores/outbox-store.ts';
import { useTranslation } from '../../words/translation.ts';
import { SettingsGroup } from './settings-group.tsx';

/** What was written, what is not in it, and what to do from now on. */
function Saved({ saved }: { readonly saved: SavedWorkshop }): ReactNode {
  const { t, size } = useTranslation();
  const said = t('move.saved', {
    count: saved.files,
    name: displayName(saved.name),
    folder: displayName(saved.folder),
    size: size(saved.sizeBytes),
  });
  return (
    <output className="stack tight">
      <p className="strong">{withMissing(said, saved.missing, t)}</p>
      {saved.hasKey ? null : <p>{t('move.noKey')}</p>}
      {saved.held === 0 ? null : <p>{t('move.held', { count: saved.held })}</p>}
      <p>{t('move.stop')}</p>
    </output>
  );
}

function SaveForm(): ReactNode {
  const { t } = useTranslation();
  const [first, setFirst] = useState('');
  const [again, setAgain] = useState('');
  const waiting = (useOutbox((state) => state.rows) ?? []).filter(
    ({ state }) => state !== 'set-aside',
  ).length;
  const [holds, setHolds] = useState(true);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<AppError | null>(null);
  const [saved, setSaved] = useState<SavedWorkshop | null>(null);
  const share = useMoveProgress(busy);
  useEffect(() => () => void quietly(window.officina.dropMove({})), []);
  const wrong = passphraseFault(first, again);
  const isLate = wrong === 'different' && again.length >= first.length;
  const save = async (): Promise<void> => {
    setFault(null);
    setSaved(null);
    setBusy(true);
    try {
      setSaved(
        await unwrap(window.officina.saveMove({ passphrase: first, holdsQueue: waiting > 0 && holds })),
      );
    } catch (error) {
      const told = error instanceof CallFailed ? error.error : appError('E_UNEXPECTED');
      if (told.code !== 'cancelled') setFault(told);
    } finally {
      setBusy(false);
    }
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (wrong === null) void save();
  };
  return (
    <form className="stack" onSubmit={submit} noValidate>
      <p>{t('move.saveText')}</p>
      <TextField
        type="password"
        label={t('move.passphrase')}
        value={first}
        onChange={setFirst}
        maxLength={passphraseMost}
        note={
          first === '' || wrong !== 'short'
            ? t('move.rule', { least: passphraseLeast })
            : t('move.length', { count: [...first].length, least: passphraseLeast })
        }
      />
      <TextField
        type="password"
        label={t('move.again')}
        value={again}
        onChange={setAgain}
        maxLength={passphraseMost}
        {...(isLate ? { error: t('move.different') } : {})}
      />
      {waiting === 0 ? null : (
        <>
          <p>{t('move.queue', { count: waiting })}</p>
          <CheckField label={t('move.hold')} checked={holds} onChange={setHolds} note={t('move.holdText')} />
        </>
      )}
      {saved === null ? <p className="dim">{t('move.stop')}</p> : null}
      <div>
        <button type="submit" className="button primary" disabled={wrong !== null || busy}>
          <PackageCheck size={16} aria-hidden />
          {t('move.choose')}
        </button>
      </div>
      {busy ? <ProgressBar label={t('move.writing')} share={share} /> : null}
      {fault === null ? null : <ErrorNotice error={fault} />}
      {saved === null ? null : <Saved saved={saved} />}
    </form>
  );
}

/** Everything of this workshop in one sealed file, to go on with on another PC; and the other way round. */
export function MoveGroup(): ReactNode {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <SettingsGroup place="move" title={t('move.title')} text={t('move.text')}>
      <div className="row wrap">
        <button type="button" className="button" onClick={() => setOpen(true)}>
          <PackageCheck size={16} aria-hidden />
          {t('move.save')}
        </button>
        <BringFromPc />
      </div>
      <Sheet open={open} onOpenChange={setOpen} title={t('move.save')} close={t('action.close')}>
        <SaveForm />
      </Sheet>
    </SettingsGroup>
  );
}
