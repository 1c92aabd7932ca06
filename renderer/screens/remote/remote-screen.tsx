import { ArrowLeft, ArrowRight, CircleCheck, FlaskConical } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { TicketId } from '../../../shared/domain/ids.ts';
import { type RemoteGate, remoteGates } from '../../../shared/domain/remote-gates.ts';
import type { RemoteView } from '../../../shared/ipc/remote-views.ts';
import { useTranslation } from '../../words/translation.ts';
import { Identifier } from '../../components/identifier.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { attempt, useApp } from '../../stores/app-store.ts';
import { useRemote } from '../../stores/remote-store.ts';
import { AfterPane } from './after-pane.tsx';
import { BackupGate } from './backup-gate.tsx';
import { ConsentGate } from './consent-gate.tsx';
import { firstShut, gateLook, isSettled } from './gate-look.ts';
import { LaunchGate } from './launch-gate.tsx';
import { LivePane } from './live-pane.tsx';
import { ProgramsGate } from './programs-gate.tsx';
import { remoteAct } from '../../features/remote-act.ts';
import { TicketGate } from './ticket-gate.tsx';
import { ToolGate } from './tool-gate.tsx';

type Step = RemoteGate | 'launch';
/** A consent runs out while nobody does anything: the page looks again this often, in milliseconds. */
const lookEveryMs = 5_000;

function Gates({
  view,
  step,
  onStep,
}: {
  readonly view: RemoteView;
  readonly step: Step | null;
  readonly onStep: (step: Step) => void;
}): ReactNode {
  const words = useTranslation();
  const { t } = words;
  return (
    <nav className="gates" aria-label={t('remote.steps')}>
      <div className="gates-head">
        <h1>{t('remote.title')}</h1>
        <p className="gates-about">
          {view.number === null ? null : <Identifier text={view.number} />}
          <span className="small dim">
            {view.productName}
            {view.operator === null ? '' : ` · ${view.operator}`}
          </span>
        </p>
      </div>
      {remoteGates.map((gate) => {
        const look = gateLook(view, gate, words);
        const Icon = look.icon;
        return (
          <button
            key={gate}
            type="button"
            className="gate"
            disabled={step === null}
            aria-current={step === gate ? 'step' : undefined}
            onClick={() => onStep(gate)}
          >
            <Icon size={18} className={look.tone} aria-hidden />
            <span>
              <span className="name">{t(`remote.gate_${gate}`)}</span>
              <span className="finding">{look.words}</span>
            </span>
          </button>
        );
      })}
      <button
        type="button"
        className="gate"
        disabled={step === null}
        aria-current={step === 'launch' ? 'step' : undefined}
        onClick={() => onStep('launch')}
      >
        {view.session.phase === 'preparing' ? (
          <ArrowRight size={18} className="todo" aria-hidden />
        ) : (
          <CircleCheck size={18} className="ok" aria-hidden />
        )}
        <span>
          <span className="name">{t('remote.gate_launch')}</span>
        </span>
      </button>
    </nav>
  );
}

function Pane({
  view,
  step,
  bar,
  onRefused,
}: {
  readonly view: RemoteView;
  readonly step: Step;
  readonly bar: HTMLElement | null;
  readonly onRefused: () => void;
}): ReactNode {
  switch (step) {
    case 'ticket':
      return <TicketGate view={view} />;
    case 'backup':
      return <BackupGate view={view} />;
    case 'programs':
      return <ProgramsGate view={view} />;
    case 'teamviewer':
      return <ToolGate view={view} />;
    case 'consent':
      return <ConsentGate view={view} bar={bar} onRefused={onRefused} />;
    case 'launch':
      return <LaunchGate view={view} />;
  }
}

/** Whoever comes here has said that they want to prepare one: it begins at once, and is asked for only where it did not or is no more. */
function Begin({ view, isAsked }: { readonly view: RemoteView; readonly isAsked: boolean }): ReactNode {
  const { t } = useTranslation();
  return isAsked ? (
    <div>
      <button
        type="button"
        className="button primary"
        disabled={view.otherSession}
        onClick={() => void remoteAct(() => window.officina.prepareSession({ ticketId: view.ticketId }))}
      >
        {t('remote.prepare')}
      </button>
    </div>
  ) : (
    <Skeleton lines={6} label={t('action.loading')} />
  );
}

/** Begins the preparation once a visit; true once it was tried, or there was nothing to begin. */
function useBegun(id: TicketId, view: RemoteView | null): boolean {
  const tried = useRef<TicketId | null>(null);
  const [begun, setBegun] = useState<TicketId | null>(null);
  const mayBegin =
    view !== null && view.sessionId === null && view.session.phase === 'preparing' && !view.otherSession;
  const isKnown = view !== null;
  useEffect(() => {
    if (!isKnown || tried.current === id) return;
    tried.current = id;
    if (mayBegin)
      void remoteAct(() => window.officina.prepareSession({ ticketId: id })).then(() => setBegun(id));
    else setBegun(id);
  }, [id, isKnown, mayBegin]);
  return begun === id;
}

/** The guided remote session of one ticket: its gates at the left, one of them open, the session itself, and what came of it. */
export function RemoteScreen({ id }: { readonly id: TicketId }): ReactNode {
  const { t } = useTranslation();
  const view = useRemote((state) => (state.view?.ticketId === id ? state.view : null));
  const go = useApp((state) => state.go);
  const [chosen, setChosen] = useState<Step | null>(null);
  const [bar, setBar] = useState<HTMLElement | null>(null);
  useEffect(() => {
    void attempt(() => useRemote.getState().open(id));
    const timer = setInterval(() => void useRemote.getState().refresh(), lookEveryMs);
    return () => clearInterval(timer);
  }, [id]);
  const begun = useBegun(id, view);
  const first =
    view === null || view.sessionId === null || view.session.phase !== 'preparing'
      ? null
      : (firstShut(view) ?? 'launch');
  useEffect(() => {
    // Where the person starts; from there on they move by themselves, so that what a step found can be read.
    if (first !== null) setChosen((before) => before ?? first);
  }, [first]);
  if (view === null)
    return (
      <div className="page">
        <Skeleton lines={8} label={t('action.loading')} />
      </div>
    );
  const back = (): void => go({ screen: 'ticket', id });
  const preparing = view.session.phase === 'preparing';
  const step: Step = chosen ?? firstShut(view) ?? 'launch';
  const at = step === 'launch' ? remoteGates.length : remoteGates.indexOf(step);
  const settled = step !== 'launch' && isSettled(view.gates[step]);
  const next: Step = remoteGates[at + 1] ?? 'launch';
  const notNow = (): void => void remoteAct(() => window.officina.leaveSession({})).then(back);
  return (
    <div className="remote">
      <Gates view={view} step={preparing && view.sessionId !== null ? step : null} onStep={setChosen} />
      <div className="remote-body">
        {view.practice ? (
          <p className="hint-line info">
            <FlaskConical size={16} aria-hidden />
            <span className="grow">{t('remote.practice')}</span>
          </p>
        ) : null}
        {view.otherSession ? <p className="notice warn">{t('remote.otherSession')}</p> : null}
        {view.session.phase === 'ended' ? (
          <AfterPane view={view} />
        ) : !preparing ? (
          <LivePane view={view} />
        ) : view.sessionId === null ? (
          <Begin view={view} isAsked={begun} />
        ) : (
          <Pane view={view} step={step} bar={bar} onRefused={back} />
        )}
      </div>
      <div className="remote-bar">
        {preparing && view.sessionId !== null ? (
          <button type="button" className="button" onClick={notNow}>
            {t('remote.notNow')}
          </button>
        ) : (
          <button type="button" className="button" onClick={back}>
            <ArrowLeft size={16} aria-hidden />
            {t('remote.back')}
          </button>
        )}
        <div ref={setBar} className="bar-answer" />
        {preparing && view.sessionId !== null && settled ? (
          <button type="button" className="button primary" onClick={() => setChosen(next)}>
            {t('remote.next')}
            <ArrowRight size={16} aria-hidden />
          </button>
        ) : null}
      </div>
    </div>
  );
}
