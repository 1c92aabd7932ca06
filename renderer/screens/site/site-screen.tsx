import { ArrowLeft, Keyboard, RotateCw, ShieldCheck, Undo2 } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import type { TicketId } from '../../../shared/domain/ids.ts';
import type { ManualPackage } from '../../../shared/rules/manual-package.ts';
import { unwrap } from '../../bridge/bridge.ts';
import { CheckField } from '../../components/check-field.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { attempt, useApp } from '../../stores/app-store.ts';
import { useSite } from '../../stores/site-store.ts';
import { useTranslation } from '../../words/translation.ts';
import { FilledParts } from './filled-parts.tsx';
import { PagePlace } from './page-place.tsx';
import { ReadParts } from './read-parts.tsx';
import { SiteStepCard } from './site-step-card.tsx';

/** Ways about the portal's pages that are the same at each step. */
function PageWays(): ReactNode {
  const { t } = useTranslation();
  const go = (way: 'back' | 'reload' | 'page'): void =>
    void attempt(async () => useSite.getState().put(await unwrap(window.officina.goOnSite({ way }))));
  return (
    <div className="row wrap">
      <button type="button" className="button quiet" onClick={() => go('back')}>
        <Undo2 size={16} aria-hidden />
        {t('site.back')}
      </button>
      <button type="button" className="button quiet" onClick={() => go('reload')}>
        <RotateCw size={16} aria-hidden />
        {t('site.reload')}
      </button>
      <button type="button" className="button quiet" onClick={() => go('page')}>
        <Keyboard size={16} aria-hidden />
        {t('site.toPage')}
      </button>
    </div>
  );
}

/** The portal's own pages beside the request they are for: the program fills in and reads, the person logs in and presses. */
export function SiteScreen({ id }: { readonly id: TicketId }): ReactNode {
  const { t } = useTranslation();
  const view = useSite((state) => state.view);
  const [pack, setPack] = useState<ManualPackage | null>(null);
  const open = (keepsLogin: boolean): void =>
    void attempt(async () =>
      useSite.getState().put(await unwrap(window.officina.openSite({ id, keepsLogin }))),
    );
  useEffect(() => {
    void attempt(async () => {
      const standing = await unwrap(window.officina.siteView({}));
      useSite
        .getState()
        .put(await unwrap(window.officina.openSite({ id, keepsLogin: standing?.keepsLogin ?? false })));
    });
  }, [id]);
  const shown = view?.ticketId === id ? view : null;
  const sends = shown?.purpose === 'send';
  useEffect(() => {
    if (!sends) return undefined;
    let isCurrent = true;
    void attempt(() => unwrap(window.officina.manualPackage({ id }))).then((loaded) => {
      if (isCurrent) setPack(loaded);
    });
    return () => {
      isCurrent = false;
    };
  }, [id, sends]);
  return (
    <div className="site">
      <PagePlace label={t('site.page')} />
      <aside
        className="site-panel stack"
        aria-label={t(shown?.purpose === 'read' ? 'site.panelRead' : 'site.panel')}
      >
        <div className="stack tight">
          <div>
            <button
              type="button"
              className="button quiet"
              onClick={() => useApp.getState().go({ screen: 'ticket', id })}
            >
              <ArrowLeft size={16} aria-hidden />
              {t('site.backToRequest')}
            </button>
          </div>
          <h1>{t('site.title')}</h1>
          {shown === null ? null : (
            <p className="row small dim">
              <ShieldCheck size={16} aria-hidden />
              {shown.map.name} · {shown.host}
            </p>
          )}
        </div>
        {shown === null ? (
          <Skeleton lines={6} label={t('action.loading')} />
        ) : (
          <>
            {shown.map.isTried ? null : <p className="notice warn">{t('site.untried')}</p>}
            <SiteStepCard view={shown} id={id} />
            {sends ? <FilledParts view={shown} pack={pack} /> : <ReadParts view={shown} />}
            <PageWays />
            <CheckField
              label={t('site.keepsLogin')}
              checked={shown.keepsLogin}
              onChange={open}
              note={t('site.keepsLoginNote')}
            />
            {shown.refused === 0 ? null : (
              <p className="small dim">{t('site.refused', { count: shown.refused })}</p>
            )}
          </>
        )}
      </aside>
    </div>
  );
}
