import { Check, FileText, PencilLine, RotateCw, Search, X } from 'lucide-react';
import type { ReactNode } from 'react';
import type { TicketId } from '../../../shared/domain/ids.ts';
import type { SiteView } from '../../../shared/ipc/site-views.ts';
import { unwrap } from '../../bridge/bridge.ts';
import { Identifier } from '../../components/identifier.tsx';
import { attempt, useApp } from '../../stores/app-store.ts';
import { useSite } from '../../stores/site-store.ts';
import { useTranslation } from '../../words/translation.ts';

type Answer = ReturnType<typeof window.officina.siteView>;

/** Asks for something on the portal's pages and shows what they say then. */
function act(ask: () => Answer): void {
  void attempt(async () => useSite.getState().put(await unwrap(ask())));
}

function Button({
  icon: Icon,
  words,
  onPress,
  primary = false,
}: {
  readonly icon: typeof Check;
  readonly words: string;
  readonly onPress: () => void;
  readonly primary?: boolean;
}): ReactNode {
  return (
    <button type="button" className={primary ? 'button primary' : 'button'} onClick={onPress}>
      <Icon size={16} aria-hidden />
      {words}
    </button>
  );
}

/** What can be pressed at this step; nothing where it is the page's turn. */
function StepButtons({ view, id }: { readonly view: SiteView; readonly id: TicketId }): ReactNode {
  const { t } = useTranslation();
  const toTicket = (): void => useApp.getState().go({ screen: 'ticket', id });
  const find = (
    <Button
      icon={Search}
      words={t('site.find')}
      onPress={() => act(() => window.officina.lookUpOnSite({}))}
      primary
    />
  );
  switch (view.step) {
    case 'to-form':
      return view.map.knowsForm ? (
        <Button
          icon={FileText}
          words={t('site.toForm')}
          onPress={() => act(() => window.officina.goOnSite({ way: 'form' }))}
          primary
        />
      ) : null;
    case 'fill':
      return (
        <Button
          icon={PencilLine}
          words={t('site.fill')}
          onPress={() => act(() => window.officina.fillSite({}))}
          primary
        />
      );
    case 'to-ticket':
      return view.map.knowsTicket ? (
        <Button
          icon={FileText}
          words={t('site.toTicket')}
          onPress={() => act(() => window.officina.goOnSite({ way: 'ticket' }))}
          primary
        />
      ) : null;
    case 'look-up':
      return find;
    case 'say-absent':
      return (
        <>
          <Button icon={FileText} words={t('site.itIsThere')} onPress={toTicket} />
          <Button
            icon={Check}
            words={t('site.notThere')}
            onPress={() => act(() => window.officina.sayAbsentOnSite({}))}
          />
        </>
      );
    case 'number':
      return (
        <>
          <Button
            icon={Check}
            words={t('manual.numberRight')}
            onPress={() => act(() => window.officina.judgeSiteNumber({ isRight: true }))}
            primary
          />
          <Button
            icon={X}
            words={t('site.notThisNumber')}
            onPress={() => act(() => window.officina.judgeSiteNumber({ isRight: false }))}
          />
        </>
      );
    case 'type-number':
      return (
        <>
          {find}
          <Button icon={FileText} words={t('site.typeNumber')} onPress={toTicket} />
        </>
      );
    case 'done':
    case 'read':
      return <Button icon={FileText} words={t('site.backToRequest')} onPress={toTicket} primary />;
    case 'fault':
    case 'page-error':
      return (
        <Button
          icon={RotateCw}
          words={t('site.reload')}
          onPress={() =>
            act(() => window.officina.goOnSite({ way: view.fault === 'gone' ? 'start' : 'reload' }))
          }
          primary
        />
      );
    case 'log-in':
    case 'press':
    case 'looking':
    case 'loading':
      return null;
  }
}

/** The one thing to do next, in words, with what does it. */
export function SiteStepCard({ view, id }: { readonly view: SiteView; readonly id: TicketId }): ReactNode {
  const { t, language } = useTranslation();
  return (
    <section className="stack tight" aria-label={t('site.next')} aria-live="polite">
      <p className="strong">
        {view.fault === null ? t(`siteStep.${view.step}`) : t(`siteFault.${view.fault}`)}
      </p>
      {view.step === 'to-form' ? <p className="dim small">{view.map.wayToForm[language]}</p> : null}
      {view.number === null || !['number', 'done', 'to-ticket'].includes(view.step) ? null : (
        <Identifier text={view.number} large />
      )}
      <div className="row wrap">
        <StepButtons view={view} id={id} />
      </div>
    </section>
  );
}
