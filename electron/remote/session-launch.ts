import { AppFault } from '../../shared/domain/app-error.ts';
import { gatesAt } from '../../shared/flows/remote-session.ts';
import type { Clock } from '../platform/clock.ts';
import type { StoredSession } from '../store/remote-repository.ts';
import { storeError } from '../store/store-error.ts';
import type { CurrentSession } from './current-session.ts';
import type { SessionPreparation } from './session-preparation.ts';
import type { CheckedProgram } from './teamviewer/check-tool.ts';

export type SessionLaunchParts = {
  readonly clock: Clock;
  readonly ofSession: CurrentSession;
  readonly preparation: SessionPreparation;
  /** By name; null when the system does not say. */
  readonly installedPrograms: () => Promise<readonly string[] | null>;
  /** It started: whoever watches begins here. */
  readonly onLaunched: (session: StoredSession) => void;
  readonly log: (error: unknown) => string;
};

/** Starts what was checked. What keeps it from starting leaves no session behind: nobody could end one that never was. */
async function startTool(
  { ofSession, ...parts }: SessionLaunchParts,
  session: StoredSession,
  checked: CheckedProgram,
): Promise<boolean> {
  let isLaunched = false;
  let fault: AppFault | null = null;
  try {
    isLaunched = await ofSession.toolOf(session).launch(checked);
  } catch (error) {
    const known = storeError(error);
    fault =
      known?.code === 'store.diskFull'
        ? new AppFault(known.code, known.params)
        : new AppFault('remote.notStarted', { reference: parts.log(error) });
  }
  const next = ofSession.step(session.id, { kind: isLaunched ? 'launched' : 'launchFailed' }, () =>
    isLaunched ? {} : { audit: { action: 'session-not-started' } },
  );
  if (fault !== null) throw fault;
  if (isLaunched) parts.onLaunched(next);
  return isLaunched;
}

/**
 * Checks everything again and starts the tool.
 *
 * @returns false when the system did not start it
 * @throws AppFault remote.noSession, remote.alreadyStarted, remote.gateShut, remote.notStarted
 */
export async function launchSession(parts: SessionLaunchParts): Promise<boolean> {
  const { clock, ofSession, preparation } = parts;
  const { id } = ofSession.current();
  // Slow, and no check: what is checked below must still be true at the launch.
  const installedBefore = (await parts.installedPrograms())?.slice(0, 2_000) ?? null;
  await preparation.checkPrograms(false);
  await preparation.checkTool();
  // From here to the step nothing is waited for: whatever was left, refused, withdrawn or ran out meanwhile is seen here.
  const { state } = ofSession.stillCurrent(id);
  if (state.phase !== 'preparing') throw new AppFault('remote.alreadyStarted');
  const checked = preparation.program();
  const atMs = clock.monotonicMs();
  const shut = Object.entries(gatesAt(state.preparation, atMs)).find(([, finding]) => finding !== null);
  if (shut !== undefined || checked === null)
    throw new AppFault('remote.gateShut', { gate: shut?.[0] ?? 'teamviewer' });
  // Stored as launching before anything is started: a crash in between is a session that must be looked at, not one that never was.
  const asked = ofSession.sessions.step(
    id,
    { kind: 'launchAsked', atMs, toolSha256: checked.sha256 },
    (taken) =>
      taken.command === 'launch'
        ? {
            facts: { installedBefore, launchedAt: clock.instant(), ...ofSession.noted(taken, 'launched') },
            audit: { action: 'session-launched', detail: { version: checked.version } },
          }
        : {},
  );
  if (asked.command !== 'launch') throw new AppFault('remote.gateShut', { gate: 'teamviewer' });
  return startTool(parts, asked.session, checked);
}
