import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import type { TicketId } from '../../../shared/domain/ids.ts';
import type { DraftSection } from '../../../shared/domain/draft-check.ts';
import type { CheckId } from '../../../shared/rules/rule-definitions.ts';
import { focusSend, useNextKey } from '../../features/next-key.ts';
import { OriginLine } from '../../features/origin-line.tsx';
import { useTranslation } from '../../words/translation.ts';
import { Skeleton } from '../../components/skeleton.tsx';
import { attempt, type DraftPlace, useApp } from '../../stores/app-store.ts';
import { useDraft } from '../../stores/draft-store.ts';
import { sectionStatus, useDraftFacts } from './draft-results.ts';
import { EditorBar } from './editor-bar.tsx';
import { EditorHead } from './editor-head.tsx';
import {
  cardOf,
  controlAt,
  controlOf,
  type EditorPlace,
  EditorPlaceContext,
  firstLacking,
  focusToType,
} from './editor-place.ts';
import { OwnCard } from './own-card.tsx';
import { SectionCard } from './section-card.tsx';
import { SectionNav } from './section-nav.tsx';
import { shownSections } from '../../../shared/rules/completeness.ts';
import { Summary } from './summary.tsx';
import { UnsavedNotice } from './unsaved-notice.tsx';
import { useUndoKeys } from './undo-keys.ts';

function focusControl(id: string): void {
  const control = document.getElementById(id);
  control?.focus();
  control?.scrollIntoView({ block: 'center' });
}

/** One request being written: one section open, the others one line each, the vendor's list and text beside. */
export function DraftEditor({
  id,
  check,
  fact,
}: {
  readonly id: TicketId;
  readonly check: CheckId | null;
  readonly fact: DraftPlace | null;
}): ReactNode {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<DraftSection | null>(null);
  const facts = useDraftFacts();
  // What is drawn when something is repaired counts; an edit afterwards moves no focus.
  const latest = useRef(facts);
  latest.current = facts;
  const isHere = useDraft((state) => state.draft?.id === id);
  const error = useDraft((state) => state.error);
  const origin = useDraft((state) => state.origin);
  useUndoKeys();
  // Where something is missing when the draft is opened; from there on the person moves, and nothing closes under their hands.
  const begin =
    facts === null || !isHere
      ? null
      : (shownSections(facts.content.requestType).find(
          (name) => sectionStatus(facts.results, name) === 'missing',
        ) ?? 'tool');
  useEffect(() => {
    if (begin !== null) setChosen((before) => before ?? begin);
  }, [begin]);
  // A request that was just begun waits for words: they can be typed at once.
  const isBegun = useApp(({ route }) => route.screen === 'draft' && route.isNew === true);
  const hasBegun = useRef(false);
  useEffect(() => {
    if (begin === null || hasBegun.current) return;
    hasBegun.current = true;
    if (isBegun && latest.current !== null) focusToType(firstLacking(begin, latest.current));
  }, [begin, isBegun]);
  const section = chosen ?? begin ?? 'tool';
  const place = useMemo(
    (): EditorPlace => ({
      section,
      open: (name, byPointer) => {
        flushSync(() => setChosen(name));
        if (byPointer && latest.current !== null) focusToType(firstLacking(name, latest.current));
        // What closed above it has moved it: whoever opened a section sees its head, not its middle.
        document.getElementById(cardOf(name))?.scrollIntoView({ block: 'start' });
      },
      repair: (target, missing) => {
        const control = latest.current === null ? null : controlOf(missing, latest.current);
        if (control === null) {
          useApp.getState().go({ screen: 'settings', at: 'profile' });
          return;
        }
        flushSync(() => setChosen(target));
        // A panel that is closing holds the focus until it is gone.
        requestAnimationFrame(() => focusControl(control));
      },
    }),
    [section],
  );
  useNextKey(() => {
    const missing = (latest.current?.results ?? []).filter((item) => item.status === 'missing');
    const here = document.activeElement?.id ?? '';
    const at = missing.findIndex(
      (item) => latest.current !== null && controlOf(item.check, latest.current) === here,
    );
    const next = missing[at + 1] ?? missing[0];
    if (next === undefined) focusSend();
    else place.repair(next.section, next.check);
  });
  useEffect(() => {
    void attempt(() => useDraft.getState().open(id));
    return () => void useDraft.getState().flush();
  }, [id]);
  const wanted = check === null ? undefined : facts?.results.find((item) => item.check === check)?.section;
  useEffect(() => {
    if (!isHere || check === null || wanted === undefined) return;
    const frame = requestAnimationFrame(() => {
      flushSync(() => setChosen(wanted));
      focusControl((latest.current === null ? null : controlOf(check, latest.current)) ?? '');
    });
    return () => cancelAnimationFrame(frame);
  }, [isHere, check, wanted]);
  useEffect(() => {
    if (!isHere || fact === null) return;
    const frame = requestAnimationFrame(() => {
      flushSync(() => setChosen(fact.section));
      focusControl(controlAt(fact));
    });
    return () => cancelAnimationFrame(frame);
  }, [isHere, fact]);
  if (facts === null || !isHere)
    return (
      <div className="page">
        <Skeleton lines={6} label={t('action.loading')} />
      </div>
    );
  return (
    <EditorPlaceContext value={place}>
      <div className="editor">
        <SectionNav id={id} facts={facts} />
        <div className="editor-form">
          <EditorHead id={id} facts={facts} />
          <OriginLine origin={origin} />
          {error === null ? null : <UnsavedNotice id={id} facts={facts} error={error} />}
          {shownSections(facts.content.requestType).map((name) => (
            <SectionCard key={name} name={name} facts={facts} />
          ))}
          <OwnCard key={id} id={id} />
        </div>
        <aside className="editor-side" aria-label={t('draft.summary')}>
          <Summary id={id} facts={facts} />
        </aside>
        <EditorBar id={id} facts={facts} />
      </div>
    </EditorPlaceContext>
  );
}
