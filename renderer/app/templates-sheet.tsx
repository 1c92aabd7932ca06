import { CopyPlus, Pencil, Trash2 } from 'lucide-react';
import { type FormEvent, type ReactNode, useState } from 'react';
import { type AppError, appError } from '../../shared/domain/app-error.ts';
import { templateNameMost } from '../../shared/domain/template-limits.ts';
import type { TemplateView } from '../../shared/ipc/views.ts';
import { CallFailed, unwrap } from '../bridge/bridge.ts';
import { Confirm } from '../components/confirm.tsx';
import { Sheet } from '../components/sheet.tsx';
import { TextField } from '../components/text-field.tsx';
import { ErrorNotice } from '../features/error-notice.tsx';
import { useProductWord } from '../features/product-word.ts';
import { startFromTemplate } from '../features/templates.ts';
import { attempt } from '../stores/app-store.ts';
import { type TemplateSheet, useTemplates } from '../stores/template-store.ts';
import { useToast } from '../stores/toast-store.ts';
import { useTranslation } from '../words/translation.ts';

/** One name and what keeps it; a name that cannot be is said beneath it, and what was typed stays. */
function NameForm({
  name,
  go,
  onName,
  onLeave,
}: {
  readonly name: string;
  readonly go: string;
  readonly onName: (name: string) => Promise<unknown>;
  readonly onLeave: () => void;
}): ReactNode {
  const { t } = useTranslation();
  const [text, setText] = useState(name);
  const [error, setError] = useState<AppError | null>(null);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (text.trim() === '') return;
    onName(text).then(onLeave, (fault: unknown) =>
      setError(fault instanceof CallFailed ? fault.error : appError('E_UNEXPECTED')),
    );
  };
  return (
    <form className="stack tight" onSubmit={submit}>
      {error === null ? null : <ErrorNotice error={error} />}
      <TextField label={t('template.name')} value={text} maxLength={templateNameMost} onChange={setText} />
      <div className="row wrap">
        <button type="submit" className="button primary" disabled={text.trim() === ''}>
          {go}
        </button>
        <button type="button" className="button quiet" onClick={onLeave}>
          {t('action.cancel')}
        </button>
      </div>
    </form>
  );
}

function TemplateLine({
  template,
  onRemove,
}: {
  readonly template: TemplateView;
  readonly onRemove: () => void;
}): ReactNode {
  const { t } = useTranslation();
  const productWord = useProductWord();
  const [isNaming, setNaming] = useState(false);
  const { id, name, productId, requestType } = template;
  const about = [
    ...(productId === null ? [] : [productWord(productId)]),
    ...(requestType === null ? [] : [t(`requestType.${requestType}`)]),
  ];
  if (isNaming)
    return (
      <li className="removed-draft">
        <NameForm
          name={name}
          go={t('template.rename')}
          onName={(text) => unwrap(window.officina.renameTemplate({ id, name: text }))}
          onLeave={() => setNaming(false)}
        />
      </li>
    );
  return (
    <li className="removed-draft stack tight">
      <p className="strong">{name}</p>
      {about.length === 0 ? null : <p className="dim small">{about.join(' · ')}</p>}
      <div className="row wrap">
        <button type="button" className="button" onClick={() => startFromTemplate(id)}>
          <CopyPlus size={16} aria-hidden />
          {t('template.start')}
        </button>
        <button type="button" className="button quiet" onClick={() => setNaming(true)}>
          <Pencil size={16} aria-hidden />
          {t('template.rename')}
        </button>
        <button type="button" className="button quiet" onClick={onRemove}>
          <Trash2 size={16} aria-hidden />
          {t('template.remove')}
        </button>
      </div>
    </li>
  );
}

function AllTemplates(): ReactNode {
  const { t } = useTranslation();
  const templates = useTemplates((state) => state.templates);
  const [asked, setAsked] = useState<TemplateView | null>(null);
  return (
    <div className="stack">
      <p className="dim small">{t('template.text')}</p>
      {templates.length === 0 ? <p>{t('template.none')}</p> : null}
      <ul className="plain stack">
        {templates.map((template) => (
          <TemplateLine key={template.id} template={template} onRemove={() => setAsked(template)} />
        ))}
      </ul>
      <Confirm
        open={asked !== null}
        onOpenChange={(open) => (open ? undefined : setAsked(null))}
        title={t('template.removeTitle')}
        text={t('template.removeText', { name: asked?.name ?? '' })}
        keep={t('template.keep')}
        go={t('template.remove')}
        onGo={() => {
          if (asked !== null) void attempt(() => unwrap(window.officina.removeTemplate({ id: asked.id })));
        }}
      />
    </div>
  );
}

function SaveTemplate({ from, suggested }: Extract<TemplateSheet, { readonly kind: 'save' }>): ReactNode {
  const { t } = useTranslation();
  const { show } = useTemplates.getState();
  const save = async (name: string): Promise<void> => {
    const saved = await unwrap(window.officina.saveTemplate({ from, name }));
    useToast.getState().say(t('template.saved', { name: saved.name }), {
      label: t('template.show'),
      run: () => show({ kind: 'all' }),
    });
  };
  return (
    <div className="stack">
      <p className="dim small">{t('template.keeps')}</p>
      <NameForm name={suggested} go={t('template.save')} onName={save} onLeave={() => show(null)} />
    </div>
  );
}

/** What stands open about templates, wherever it was asked for. */
export function TemplatesSheet(): ReactNode {
  const { t } = useTranslation();
  const { sheet, show } = useTemplates();
  return (
    <Sheet
      open={sheet !== null}
      onOpenChange={(open) => (open ? undefined : show(null))}
      title={t(sheet?.kind === 'save' ? 'template.saveTitle' : 'template.title')}
      close={t('action.close')}
      beginsInField={sheet?.kind === 'save'}
    >
      {sheet?.kind === 'save' ? <SaveTemplate {...sheet} /> : <AllTemplates />}
    </Sheet>
  );
}
