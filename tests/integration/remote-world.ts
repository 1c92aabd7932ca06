import { fork } from 'node:child_process';
import { join, resolve } from 'node:path';
import { onTestFinished } from 'vitest';
import { standInFolder } from '../../electron/portal/practice/practice-sessions.ts';
import script from '../../electron/portal/practice/practice-script.json' with { type: 'json' };
import {
  type RunningPracticePortal,
  startPracticePortal,
} from '../../electron/portal/practice/start-practice-portal.ts';
import type { RemoteTool } from '../../electron/remote/remote-tool.ts';
import { practiceTool } from '../../electron/remote/practice-tool.ts';
import type { AppOutside } from '../../electron/app/app-outside.ts';
import type { TicketId } from '../../shared/domain/ids.ts';
import { freshFolder, type OpenedServices, openTestWorkshop, readyDraft, until } from './workshop-fixture.ts';

export type RemoteWorld = OpenedServices & {
  readonly portal: RunningPracticePortal;
  readonly ticketId: TicketId;
  /** Plays the operator from the operator's page. */
  readonly operator: (act: 'assign' | 'ask-for-session' | 'connect' | 'end-session') => Promise<void>;
  /** The stand-in that the first opening of the workshop starts, as whoever sits before its window has it. */
  readonly tool: RemoteTool;
  readonly live: boolean[];
  readonly cleared: object[];
  readonly sync: () => Promise<void>;
  readonly restart: () => Promise<OpenedServices>;
};

/** A workshop with one numbered ticket on a practice portal whose operator is the test, and the stand-in as a real child process. */
export async function remoteWorld(
  outside: Partial<AppOutside> = {},
  remote: (usual: AppOutside['remote']) => AppOutside['remote'] = (usual) => usual,
): Promise<RemoteWorld> {
  const dataFolder = freshFolder();
  const practiceFolder = join(dataFolder, 'practice');
  const portal = await startPracticePortal({ dataFolder: practiceFolder, port: 0, operatorDelayMs: null });
  onTestFinished(() => portal.stop());
  const live: boolean[] = [];
  const cleared: object[] = [];
  const program = resolve(import.meta.dirname, '../fixtures/stand-in-child.ts');
  const start = async () => {
    const child = fork(program, { execArgv: [] });
    onTestFinished(() => void child.kill());
    return {
      tell: (order: object) => void child.send(order),
      onSession: (listener: (on: boolean) => void) =>
        void child.on('message', (word) => listener((word as { on: boolean }).on)),
      onExit: (listener: () => void) => void child.once('exit', listener),
    };
  };
  const standIn = (): RemoteTool =>
    practiceTool({ program, folder: join(practiceFolder, standInFolder), start });
  const tool = standIn();
  const open = (practice: RemoteTool): Promise<OpenedServices> =>
    openTestWorkshop(dataFolder, {
      startPractice: async () => ({ url: portal.url, token: portal.token, stop: async () => undefined }),
      timing: { gapMs: 100, syncMs: 100 },
      remote: remote({
        tool: standIn(),
        practiceTool: practice,
        programs: { list: async () => [{ id: '7', name: 'firefox', belongs: false }], ask: async () => true },
        printPdf: async (html) => new Uint8Array(Buffer.from(`%PDF ${html.length}`)),
        clearClipboard: async (codes) => void cleared.push(codes),
        installedPrograms: async () => [],
        onLive: (on) => live.push(on),
        watchEveryMs: 30,
        chooseProgram: async () => null,
        backupWorker: resolve(import.meta.dirname, '../../electron/remote/backup/backup.worker.ts'),
      }),
      ...outside,
    });
  const opened = await open(tool);
  const { services } = opened;
  await services.start();
  onTestFinished(() => services.stop().catch(() => undefined));
  const { id } = await readyDraft(opened);
  const { revision } = (await opened.call('draft', { id })).draft;
  await opened.call('sendDraft', { id, revision });
  const number = await until(() => services.context.tickets.find(id)?.number);
  const operator: RemoteWorld['operator'] = async (act) => {
    await fetch(`${portal.operatorUrl}/tickets/${number}/${act}`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      redirect: 'manual',
    });
  };
  const sync = async (): Promise<void> => void (await opened.call('syncNow', {}));
  return {
    ...opened,
    portal,
    ticketId: id,
    operator,
    tool,
    live,
    cleared,
    sync,
    restart: async () => {
      await services.stop();
      const again = await open(standIn());
      onTestFinished(() => again.services.stop().catch(() => undefined));
      await again.services.start();
      return again;
    },
  };
}

export const operatorName = script.operator;
