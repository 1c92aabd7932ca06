import { AppFault } from '../../shared/domain/app-error.ts';
import { portalKinds } from '../../shared/domain/portal-kind.ts';
import type { ToolFinding } from '../../shared/domain/remote-tool.ts';
import type { ProgramsView } from '../../shared/ipc/remote-views.ts';
import { anyVersion } from '../../shared/rules/teamviewer-version.ts';
import type { StoredSession } from '../store/remote-repository.ts';
import type { CurrentSession, CurrentSessionParts } from './current-session.ts';
import type { OpenPrograms } from './open-programs.ts';
import type { CheckedProgram } from './teamviewer/check-tool.ts';

export type SessionPreparationParts = CurrentSessionParts & { readonly programs: OpenPrograms };

/** What was found this time the program runs, and is asked again before it counts. */
export type FoundOnPc = { readonly programs: ProgramsView | null; readonly tool: ToolFinding | null };

export type SessionPreparation = {
  readonly found: () => FoundOnPc;
  /** The tool as it was last checked; null when it was refused, or the preparation is another one by now. */
  readonly program: () => CheckedProgram | null;
  readonly lookAtPrograms: () => Promise<void>;
  readonly keepProgram: (id: string, kept: boolean) => void;
  /** @throws AppFault remote.notClosed */
  readonly askToClose: (id: string) => Promise<void>;
  /**
   * Open programs again, as they are now; open gate only when each belongs to the job or was kept on purpose. Where the system does not
   * say, it is the person's word for this preparation, and nobody else's.
   */
  readonly checkPrograms: (byPerson: boolean) => Promise<void>;
  readonly checkTool: () => Promise<void>;
  /** Checks this file and no other from now on, until the preparation is left or another choice is made. */
  readonly chooseTool: (path: string) => Promise<void>;
  /** Nothing that was found, chosen or said holds for what is prepared next. */
  readonly forget: () => void;
};

/** What one preparation found and was told. In memory only. */
type Preparation = {
  found: FoundOnPc;
  program: CheckedProgram | null;
  chosenTool: string | null;
  readonly kept: Set<string>;
  /** The person said that nothing foreign is open where the system does not know. */
  hasLooked: boolean;
};

const newPreparation = (): Preparation => ({
  found: { programs: null, tool: null },
  program: null,
  chosenTool: null,
  kept: new Set(),
  hasLooked: false,
});

/** What is looked at on this PC before a session may start: what else is open, and the tool itself. */
export function sessionPreparation(
  parts: SessionPreparationParts,
  ofSession: CurrentSession,
): SessionPreparation {
  const { context, link, programs } = parts;
  const { sessions, step, current, stillCurrent } = ofSession;
  let mine = newPreparation();

  const change = (next: Partial<FoundOnPc>): void => {
    mine.found = { ...mine.found, ...next };
    context.publish({ kind: 'remoteChanged' });
  };
  const listPrograms = async (): Promise<ProgramsView> => {
    const list = await programs.list();
    return {
      known: list !== null,
      programs: (list ?? []).map((item) => ({ ...item, kept: mine.kept.has(item.id) })),
    };
  };
  const checkTool = async (): Promise<void> => {
    const told = context.portals.requirements(link.key())?.teamViewerVersion ?? null;
    const required = told ?? (portalKinds[link.realm()].isCarriedByHand ? anyVersion : null);
    const session: StoredSession = current();
    const tool = ofSession.toolOf(session);
    const outcome = await tool.check(required, mine.chosenTool);
    stillCurrent(session.id);
    if (outcome.kind === 'refused') {
      mine.program = null;
      change({ tool: { kind: 'refused', reason: outcome.reason, version: outcome.version, required: told } });
      step(session.id, { kind: 'toolRefused' });
      return;
    }
    mine.program = outcome.program;
    const { version, signer, sha256 } = outcome.program;
    change({ tool: { kind: 'verified', version, signer, sha256, practice: tool.practice } });
    step(
      session.id,
      { kind: 'toolVerified', sha256, version, atMs: context.clock.monotonicMs() },
      ({ before }) =>
        before.state.phase === 'preparing' ? { facts: { toolVersion: version, toolSigner: signer } } : {},
    );
  };

  return {
    found: () => mine.found,
    program: () => mine.program,
    forget: () => {
      mine = newPreparation();
    },
    lookAtPrograms: async () => {
      change({ programs: await listPrograms() });
    },
    keepProgram: (id, isKept) => {
      if (isKept) mine.kept.add(id);
      else mine.kept.delete(id);
      const { programs: view } = mine.found;
      if (view !== null)
        change({
          programs: {
            ...view,
            programs: view.programs.map((item) => (item.id === id ? { ...item, kept: isKept } : item)),
          },
        });
      step(sessions.required().id, { kind: 'programsDoubted' });
    },
    askToClose: async (id) => {
      if (!(await programs.ask(id))) throw new AppFault('remote.notClosed');
      change({ programs: await listPrograms() });
    },
    checkPrograms: async (byPerson) => {
      const { id } = current();
      const view = await listPrograms();
      stillCurrent(id);
      change({ programs: view });
      if (byPerson && !view.known) mine.hasLooked = true;
      const foreign = view.programs.some(({ belongs, kept }) => !belongs && !kept);
      const isDoubtful = foreign || (!view.known && !mine.hasLooked);
      step(
        id,
        isDoubtful
          ? { kind: 'programsDoubted' }
          : { kind: 'programsChecked', atMs: context.clock.monotonicMs() },
      );
    },
    checkTool,
    chooseTool: async (path) => {
      sessions.required();
      mine.chosenTool = path;
      await checkTool();
    },
  };
}
