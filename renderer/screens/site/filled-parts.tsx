import { CircleAlert, CircleCheck, Circle } from 'lucide-react';
import type { ReactNode } from 'react';
import type { SiteView } from '../../../shared/ipc/site-views.ts';
import type { ManualPackage } from '../../../shared/rules/manual-package.ts';
import { CopyButton } from '../../features/copy-button.tsx';
import { useTranslation } from '../../words/translation.ts';

type Form = NonNullable<SiteView['filled']>;
const parts = ['subject', 'description', 'files'] as const;
export type FormPart = (typeof parts)[number];

/** One part of the page's form: whether it stands there as it was written here, and how to do it by hand where it does not. */
function PartLine({
  name,
  form,
  pack,
}: {
  readonly name: FormPart;
  readonly form: Form | null;
  readonly pack: ManualPackage | null;
}): ReactNode {
  const { t } = useTranslation();
  const part = form?.[name] ?? null;
  const isGood = part?.kind === 'filled';
  const Icon = part === null ? Circle : isGood ? CircleCheck : CircleAlert;
  const text = name === 'files' ? null : (pack?.blocks.find(({ label }) => label === name)?.text ?? null);
  return (
    <li className="site-part">
      <Icon size={18} className={part === null ? 'todo' : isGood ? 'ok' : 'warn'} aria-hidden />
      <div className="stack tight">
        <p>
          <span className="strong">{t(`site.part_${name}`)}</span>{' '}
          {part === null ? null : (
            <span className="dim small">
              {t(`site.count_${name}`, { done: part.done, wanted: part.wanted })}
            </span>
          )}
        </p>
        {part?.kind === 'not-filled' ? <p className="small">{t(`notFilled.${part.why}`)}</p> : null}
        {part?.kind === 'not-filled' && text !== null ? (
          <div>
            <CopyButton text={text} label={t('manual.copy', { block: t(`site.part_${name}`) })} words />
          </div>
        ) : null}
      </div>
    </li>
  );
}

/** What stands in the form, read back from the page; before that, what will. */
export function FilledParts({
  view,
  pack,
}: {
  readonly view: SiteView;
  readonly pack: ManualPackage | null;
}): ReactNode {
  const { t } = useTranslation();
  const form = view.arrived ?? view.filled;
  const shown = parts.filter((name) => name !== 'files' || (pack !== null && pack.files.length > 0));
  return (
    <section className="stack tight" aria-label={t('site.parts')}>
      <h2>{t(view.arrived === null ? 'site.parts' : 'site.partsArrived')}</h2>
      <ul className="site-parts stack tight">
        {shown.map((name) => (
          <PartLine key={name} name={name} form={form} pack={pack} />
        ))}
      </ul>
    </section>
  );
}
