import { ArrowLeft, FolderDown } from 'lucide-react';
import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react';
import type { Hold } from '../../../shared/domain/hold.ts';
import type { TicketId } from '../../../shared/domain/ids.ts';
import type { TicketPlace } from '../../../shared/domain/ticket-line.ts';
import { portalKinds } from '../../../shared/domain/portal-kind.ts';
import type { ReviewView, TermsView } from '../../../shared/ipc/views.ts';
import { CallFailed, unwrap } from '../../bridge/bridge.ts';
import { useDraftAdvice } from '../../features/draft-advice.ts';
import { ErrorNotice } from '../../features/error-notice.tsx';
import { focusSend, useNextKey } from '../../features/next-key.ts';
import { portalMoment } from '../../features/portal-words.ts';
import { stoppedBy, stopOf } from '../../features/stopped.ts';
import { type SendChoice, SendWhen, sendNow } from '../../features/send-when.tsx';
import { saveToFolder } from '../../features/save-folder.ts';
import { useTranslation, type Words } from '../../words/translation.ts';
import { CheckField } from '../../components/check-field.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { TicketPaper } from '../../components/ticket-paper.tsx';
import { attempt, useApp } from '../../stores/app-store.ts';
import { useDraft } from '../../stores/draft-store.ts';
import { useOutbox } from '../../stores/outbox-store.ts';
import { useOwnWords } from '../../stores/own-words-store.ts';
import { usePortal } from '../../stores/portal-store.ts';
import { useDraftFacts } from '../new-request/draft-results.ts';
import { AdviceNotes } from './advice-notes.tsx';
import { MissingItems } from './missing-items.tsx';
import { OwnNote } from './own-note.tsx';
import { ReviewFiles } from './review-files.tsx';
import { TermsCard } from './terms-card.tsx';

async function send(review: ReviewView, hold: Hold | null, withOwn: boolean): Promise<void> {
  await attempt(async () => {
    const { ticketId } = await unwrap(
      window.officina.sendDraft({
        id: review.draft.id,
        revision: review.draft.revision,
        hold,
        own: withOwn ? review.own : null,
      }),
    );
    void useOutbox.getState().refresh();
    useApp.getState().go({ screen: 'ticket', id: ticketId });
  });
}

/** The review as it was read: with the workshop's own words in the text, or without. */
type ShownReview = ReviewView & { readonly withOwn: boolean };

function useReview(
  id: TicketId,
  withOwn: boolean,
): readonly [ShownReview | null, (terms: TermsView) => void, () => Promise<void>] {
  const [review, setReview] = useState<ShownReview | null>(null);
  const shown = useRef<TicketId | null>(null);
  const load = useCallback(async (): Promise<void> => {
    await attempt(async () => {
      await useDraft.getState().open(id);
      // What the disk has not taken is not what would be reviewed and sent.
      const { dirty, error } = useDraft.getState();
      if (dirty && error !== null) throw new CallFailed(error);
      await useOwnWords.getState().flush(id);
      const view = await unwrap(window.officina.review({ id, withOwn }));
      if (shown.current === id) setReview({ ...view, withOwn });
    });
  }, [id, withOwn]);
  useEffect(() => {
    shown.current = id;
    void load();
    return () => {
      shown.current = null;
    };
  }, [id, load]);
  const accepted = useCallback(
    (terms: TermsView): void => setReview((view) => (view === null ? null : { ...view, terms })),
    [],
  );
  return [review, accepted, load];
}

/** What keeps the request from being sent, the gaps before everything else; null: nothing, or nothing is known yet. */
function whyBlocked(
  review: ReviewView | null,
  missing: number,
  isRight: boolean,
  when: SendChoice,
  t: Words['t'],
): string | null {
  if (review === null) return null;
  if (missing > 0) return t('review.blockedMissing', { count: missing });
  if (review.fileProblem !== null) return t('review.blockedFiles');
  if (review.textProblem !== null) return t('review.blockedText');
  if (review.terms !== null && review.terms.acceptedAt === null) return t('review.blockedTerms');
  if (!isRight) return t('review.blockedRight');
  return when.isReady ? null : t('hold.noMoment');
}

/** What happens on Send. `stop`: why the portal refuses who asks; null where it does not. */
function whatFollows(
  review: ReviewView,
  delivery: ReviewView['delivery'],
  stop: string | null,
  when: SendChoice,
  words: Words,
): string {
  const { t } = words;
  if (delivery === 'queue' && stop !== null) return stop;
  if (when.hold !== null) return t('hold.kept');
  return review.goesAt === null
    ? t(`review.then_${delivery}`)
    : t('review.then_at', { time: portalMoment(review.goesAt, words) });
}

function ReviewHead({ id }: { readonly id: TicketId }): ReactNode {
  const { t } = useTranslation();
  const go = useApp((state) => state.go);
  return (
    <div className="page-head">
      <div>
        <button type="button" className="button quiet back" onClick={() => go({ screen: 'draft', id })}>
          <ArrowLeft size={16} aria-hidden />
          {t('review.back')}
        </button>
        <h1>{t('review.title')}</h1>
        <p className="dim">{t('review.intro')}</p>
      </div>
      <button type="button" className="button" onClick={() => void saveToFolder(id, t)}>
        <FolderDown size={16} aria-hidden />
        {t('action.saveFolder')}
      </button>
    </div>
  );
}

/** What keeps it from being sent, in the order in which it is asked for; then the way to send it. */
function toNextGap(): void {
  const next = ['[data-gap]', '#terms-accept', '#facts-right:not(:checked)']
    .map((what) => document.querySelector<HTMLElement>(`main ${what}`))
    .find((item) => item !== null);
  if (next === undefined || next === null) focusSend();
  else next.focus();
}

/** To where a line of the text is written. */
function toFact(id: TicketId, at: TicketPlace): void {
  useApp
    .getState()
    .go(at.kind === 'profile' ? { screen: 'settings', at: 'profile' } : { screen: 'draft', id, fact: at });
}

/** Exactly what leaves the PC, to whom, and what happens on Send; nothing here can be edited, every gap leads back. */
export function Review({ id }: { readonly id: TicketId }): ReactNode {
  const words = useTranslation();
  const { t } = words;
  const [withOwn, setWithOwn] = useState(false);
  const [review, accepted, reload] = useReview(id, withOwn);
  const { advice, again } = useDraftAdvice(id, review?.draft.revision ?? null);
  const standing = advice?.unanswered.length ?? 0;
  const [right, setRight] = useState(false);
  const [when, setWhen] = useState<SendChoice>(sendNow);
  const [sending, setSending] = useState(false);
  const facts = useDraftFacts();
  const isHere = useDraft((state) => state.draft?.id === id);
  const results = isHere ? (facts?.results ?? []) : [];
  const missing = results.filter((item) => item.status === 'missing');
  const advised = results.filter((item) => item.status === 'advised');
  const blocked = whyBlocked(review, missing.length, right, when, t);
  // The portal can be reached and refuses who asks: what is sent now stays here, and saying otherwise would be a lie.
  const stop = usePortal((state) =>
    state.status === null ? null : (stopOf(stoppedBy(state.status), words)?.why ?? null),
  );
  const delivery = review?.delivery === 'now' && stop !== null ? 'queue' : (review?.delivery ?? 'queue');
  const split = async (): Promise<void> => {
    // What was read again is no longer what would leave.
    setRight(false);
    await reload();
  };
  const showOwn = (isShown: boolean): void => {
    // As above: the text is another one now.
    setRight(false);
    setWithOwn(isShown);
  };
  useNextKey(toNextGap);
  const press = (): void => {
    if (review === null || review.withOwn !== withOwn || blocked !== null || sending) return;
    setSending(true);
    void send(review, when.hold, review.withOwn).finally(() => setSending(false));
  };
  const gaps = (
    <MissingItems
      id={id}
      missing={missing}
      advised={advised}
      waivers={advice?.waivers ?? null}
      completeness={advice?.completeness ?? null}
      onKept={again}
    />
  );
  return (
    <div className="review">
      <ReviewHead id={id} />
      {review === null ? (
        missing.length > 0 ? (
          gaps
        ) : (
          <Skeleton lines={10} label={t('action.loading')} />
        )
      ) : (
        <>
          <div className="review-columns">
            <div className="stack">
              <section className="stack tight" aria-label={t('review.text')}>
                <h2>{t('review.text')}</h2>
                <p className="dim small">
                  {t('review.to', {
                    recipient: portalKinds[review.realm].isPractice
                      ? t('review.practiceDesk')
                      : review.recipient,
                  })}
                </p>
                {review.textProblem === null ? null : <ErrorNotice error={review.textProblem} />}
                <TicketPaper text={review.text} lines={review.lines} onFact={(at) => toFact(id, at)} />
              </section>
              <ReviewFiles files={review.files} problem={review.fileProblem} />
            </div>
            <div className="stack">
              {gaps}
              {advice === null ? null : (
                <AdviceNotes id={id} advice={advice} onKept={again} onSplit={split} />
              )}
              <OwnNote review={review} isShown={withOwn} onChange={showOwn} />
              {review.terms === null ? null : <TermsCard terms={review.terms} onAccepted={accepted} />}
            </div>
          </div>
          <div className="send-bar">
            <CheckField
              id="facts-right"
              label={t('review.factsRight')}
              checked={right}
              onChange={setRight}
              note={t('review.factsRightWhy')}
            />
            {review.delivery === 'by-hand' ? null : <SendWhen onChoose={setWhen} />}
            <div className="send-side">
              <output className="dim small">
                {blocked ?? whatFollows(review, delivery, stop, when, words)}
                {standing === 0 ? null : (
                  <span className="standing">{t('advice.standing', { count: standing })}</span>
                )}
              </output>
              <button
                type="button"
                data-sends
                className="button primary"
                aria-disabled={blocked !== null || sending}
                onClick={press}
              >
                {t(when.hold === null ? `review.send_${delivery}` : 'review.send_hold')}
              </button>
            </div>
          </div>
        </>
      )}
    </div>
  );
}
