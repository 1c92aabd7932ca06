import { type ReactNode, useId, useState } from 'react';
import { Banner } from '../components/banner.tsx';
import { toScreen } from '../components/to-screen.ts';
import { ErrorNotice } from '../features/error-notice.tsx';
import { useApp } from '../stores/app-store.ts';
import { useOutbox } from '../stores/outbox-store.ts';
import { usePortal } from '../stores/portal-store.ts';
import { useTranslation } from '../words/translation.ts';
import { bannerFacts, type BannerLine, storeLines } from './banner-facts.ts';
import { bannerLine, mayBePutAway } from './banner-rule.ts';

function Line({
  line,
  onAway,
  children,
}: {
  readonly line: BannerLine;
  readonly onAway: (key: string) => void;
  readonly children?: ReactNode;
}): ReactNode {
  const { t } = useTranslation();
  if (line.error !== undefined)
    return (
      <div className="banner bare">
        <ErrorNotice error={line.error} />
        {children}
      </div>
    );
  const { tone, icon, text, isUrgent = false, act } = line;
  const away = mayBePutAway(line)
    ? { label: t('action.dismiss'), onPress: () => onAway(line.key) }
    : undefined;
  return (
    <Banner tone={tone} icon={icon} text={text} isUrgent={isUrgent} act={act} away={away}>
      {children}
    </Banner>
  );
}

/** How the store came up, where that is not as it was left: all there is to say before the first start is done. */
export function StoreBanner(): ReactNode {
  const words = useTranslation();
  const health = useApp((state) => state.info?.storeHealth);
  if (health === undefined) return null;
  return storeLines(health, words).map((line) => <Line key={line.key} line={line} onAway={toScreen} />);
}

/** One thin line for what changes how everything else is to be read; whatever else is in force opens beneath it. */
export function Banners(): ReactNode {
  const words = useTranslation();
  const { t } = words;
  const info = useApp((state) => state.info);
  const status = usePortal((state) => state.status);
  const waiting = useOutbox(
    (state) => (state.rows ?? []).filter((row) => row.waitReason?.kind === 'terms').length,
  );
  // Until the next start; the chip in the bar above goes on saying it.
  const [away, setAway] = useState<ReadonlySet<string>>(new Set());
  const [isOpen, setOpen] = useState(false);
  const list = useId();
  const { first, others } = bannerLine(bannerFacts(info, status, waiting, words), away);
  const putAway = (key: string): void => {
    setAway(new Set([...away, key]));
    toScreen();
  };
  if (first === null) return null;
  return (
    <section className="banners" aria-label={t('banner.all')}>
      <Line line={first} onAway={putAway}>
        {others.length === 0 ? null : (
          <button
            type="button"
            className="button quiet"
            aria-expanded={isOpen}
            aria-controls={list}
            onClick={() => setOpen(!isOpen)}
          >
            {isOpen ? t('banner.fewer') : t('banner.others', { count: others.length })}
          </button>
        )}
      </Line>
      <div id={list} className="banner-others" hidden={!isOpen}>
        {isOpen ? others.map((line) => <Line key={line.key} line={line} onAway={putAway} />) : null}
      </div>
    </section>
  );
}
