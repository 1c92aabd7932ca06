import { ArrowLeft } from 'lucide-react';
import { Fragment, type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { Sheet } from '../../components/sheet.tsx';
import { TextField } from '../../components/text-field.tsx';
import { useHelp } from '../../stores/help-store.ts';
import { useTranslation } from '../../words/translation.ts';
import { helpPictures } from './help-pictures.ts';
import { foundPages, type HelpKind, type HelpPage, helpPages } from './help-pages.ts';

const kinds: readonly HelpKind[] = ['screen', 'rule', 'error', 'failure'];

/** A picture of the screen, and the same large with one press. */
function HelpPicture({
  title,
  source,
  words,
}: {
  readonly title: string;
  readonly source: string;
  readonly words: string;
}): ReactNode {
  const { t } = useTranslation();
  const [isLarge, setLarge] = useState(false);
  return (
    <>
      <button
        type="button"
        className="help-picture"
        aria-label={t('help.enlarge')}
        title={t('help.enlarge')}
        onClick={() => setLarge(true)}
      >
        <img src={source} alt={words} />
      </button>
      <Sheet open={isLarge} onOpenChange={setLarge} title={title} close={t('action.close')} shape="centre">
        <img className="help-picture" src={source} alt={words} />
        <p className="dim small">{words}</p>
      </Sheet>
    </>
  );
}

function Page({
  page,
  onBack,
  onOpen,
}: {
  readonly page: HelpPage;
  readonly onBack: () => void;
  readonly onOpen: (id: string) => void;
}): ReactNode {
  const { t, language } = useTranslation();
  const head = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    void page;
    head.current?.focus();
  }, [page]);
  return (
    <article className="stack">
      <div>
        <button type="button" className="button quiet" onClick={onBack}>
          <ArrowLeft size={16} aria-hidden />
          {t('help.all')}
        </button>
      </div>
      <h3 ref={head} tabIndex={-1} className="help-title">
        {page.title}
      </h3>
      {page.picture === undefined ? null : (
        <HelpPicture
          title={page.title}
          source={helpPictures[language][page.picture]}
          words={t(`help.picture_${page.picture}`)}
        />
      )}
      {page.parts.map(({ text, code, to }) =>
        to === undefined ? (
          <Fragment key={`${text} ${code ?? ''}`}>
            <p>{text}</p>
            {code === undefined ? null : (
              <details className="licence small">
                <summary>{t('action.details')}</summary>
                <span className="rule">{code}</span>
              </details>
            )}
          </Fragment>
        ) : (
          <button key={to} type="button" className="help-link" onClick={() => onOpen(to)}>
            {text}
          </button>
        ),
      )}
    </article>
  );
}

function Contents({ pages }: { readonly pages: readonly HelpPage[] }): ReactNode {
  const { t } = useTranslation();
  const open = useHelp((state) => state.open);
  const [query, setQuery] = useState('');
  const found = useMemo(() => foundPages(pages, query), [pages, query]);
  return (
    <div className="stack">
      <TextField type="search" label={t('help.search')} value={query} onChange={setQuery} maxLength={100} />
      <output className="dim small">{t('help.found', { count: found.length })}</output>
      {kinds.map((kind) => {
        const own = found.filter((page) => page.kind === kind);
        return own.length === 0 ? null : (
          <section key={kind} className="stack tight" aria-label={t(`help.kind_${kind}`)}>
            <h3>{t(`help.kind_${kind}`)}</h3>
            <ul className="list">
              {own.map((page) => (
                <li key={page.id}>
                  <button type="button" className="help-link" onClick={() => open(page.id)}>
                    {page.title}
                  </button>
                </li>
              ))}
            </ul>
          </section>
        );
      })}
    </div>
  );
}

/** The help beside the screen: one page, or all of them to look through. It is made here and asks nobody. */
export function HelpPanel(): ReactNode {
  const { t } = useTranslation();
  const { page: id, open, close } = useHelp();
  const pages = useMemo(() => helpPages(t), [t]);
  const page = pages.find((one) => one.id === id);
  return (
    <Sheet
      open={id !== null}
      onOpenChange={(isOpen) => (isOpen ? undefined : close())}
      title={t('help.title')}
      close={t('action.close')}
    >
      {page === undefined ? (
        <Contents pages={pages} />
      ) : (
        <Page page={page} onBack={() => open('contents')} onOpen={open} />
      )}
    </Sheet>
  );
}
