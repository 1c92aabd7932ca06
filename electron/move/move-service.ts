import { rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { AppFault } from '../../shared/domain/app-error.ts';
import type { MovedWorkshop, SavedWorkshop } from '../../shared/ipc/views.ts';
import type { FrozenFiles } from '../evidence/frozen-files.ts';
import type { FrozenFolder } from '../evidence/frozen-folder.ts';
import type { OutboxSender } from '../outbox/outbox-sender.ts';
import { noteExport } from '../requests/note-export.ts';
import type { Keychain } from '../secrets/keychain.ts';
import type { ServiceContext } from '../store/service-context.ts';
import type { OpenedStore } from '../store/start-store.ts';
import { saveMove } from './save-move.ts';
import {
  lookAtMove,
  requestsIn,
  type Staged,
  stageMove,
  takeStaged,
  type TakeMoveParts,
} from './take-move.ts';

export type MoveServiceParts = {
  readonly store: OpenedStore;
  readonly dataFolder: string;
  readonly appVersion: string;
  readonly frozenFiles: FrozenFiles;
  readonly frozen: FrozenFolder;
  readonly whileNothingIsFrozen: <T>(work: () => Promise<T>) => Promise<T>;
  readonly keychain: Keychain;
  readonly sender: Pick<OutboxSender, 'setAside'>;
  readonly chooseFile: () => Promise<string | null>;
  readonly chooseFolder: () => Promise<string | null>;
  readonly isSessionLive: () => boolean;
  readonly onRestart: () => void;
  /** Aborted when the program ends. */
  readonly leaving: AbortSignal;
  /** Less than usual in tests only. */
  readonly cost?: number;
};

/** A workshop goes from one PC to another in one sealed file. One thing at a time. */
export type MoveService = {
  /**
   * Writes the file into a folder the person chooses; null when they chose none.
   * @param holdsQueue once the file is whole, what has not been sent is set aside here, so that only the other PC sends it
   */
  readonly save: (passphrase: string, holdsQueue: boolean) => Promise<SavedWorkshop | null>;
  /** The file the person chooses, after a look at its first bytes; null when they chose none. */
  readonly choose: () => Promise<{ readonly name: string; readonly sizeBytes: number } | null>;
  /** Opens the chosen file into a folder beside the store and judges it whole; nothing else changes. */
  readonly read: (passphrase: string) => Promise<MovedWorkshop>;
  /** What was read takes the place of everything here at the restart this begins. @throws AppFault notFound when nothing was read */
  readonly take: () => Promise<void>;
  /** Gives up what is under way and forgets what was read. */
  readonly drop: () => Promise<void>;
};

const progressSteps = 200;

export function moveService(context: ServiceContext, parts: MoveServiceParts): MoveService {
  const { store, dataFolder } = parts;
  let underWay: AbortController | null = null;
  let chosen: string | null = null;
  let staged: Staged | null = null;
  let settled: Promise<unknown> = Promise.resolve();

  const progress = (): ((doneBytes: number, totalBytes: number) => void) => {
    let told = -1;
    return (doneBytes, totalBytes) => {
      const step = Math.floor((doneBytes / Math.max(1, totalBytes)) * progressSteps);
      if (step === told) return;
      told = step;
      context.publish({ kind: 'moveProgressed', doneBytes, totalBytes });
    };
  };
  /** Another one that begins gives up the one before, and waits for its end: both would write in the same folder. */
  const alone = async <T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> => {
    underWay?.abort();
    const own = new AbortController();
    underWay = own;
    await settled;
    const done = work(AbortSignal.any([own.signal, parts.leaving]));
    settled = done.catch(() => undefined);
    return done;
  };
  const partsOf = (signal: AbortSignal): TakeMoveParts => ({
    ...parts,
    folders: store.folders,
    termsFolder: join(dataFolder, 'terms'),
    onProgress: progress(),
    signal,
  });
  const setQueueAside = (): number =>
    context.outbox.open().filter(({ id }) => parts.sender.setAside(id)).length;

  return {
    save: async (passphrase, holdsQueue) => {
      const folder = await parts.chooseFolder();
      if (folder === null) return null;
      return alone(async (signal) => {
        const saved = await saveMove(passphrase, folder, {
          ...parts,
          context,
          db: store.db,
          onProgress: progress(),
          signal,
        });
        noteExport(context, 'exported', 'move', context.clock.instant(), saved.files);
        return {
          folder: dirname(saved.file),
          name: basename(saved.file),
          sizeBytes: saved.sizeBytes,
          files: saved.files,
          missing: [...saved.missing],
          hasKey: saved.hasKey,
          held: holdsQueue ? setQueueAside() : 0,
        };
      });
    },
    choose: async () => {
      const file = await parts.chooseFile();
      if (file === null) return null;
      const looked = await lookAtMove(file);
      chosen = file;
      staged = null;
      return looked;
    },
    read: async (passphrase) => {
      const file = chosen;
      if (file === null) throw new AppFault('notFound');
      if (store.health.kind === 'read-only') throw AppFault.of(store.health.error);
      staged = null;
      const found = await alone((signal) => stageMove(file, passphrase, partsOf(signal)));
      staged = found;
      return {
        company: found.about.company,
        savedAt: found.about.savedAt,
        requests: found.requests,
        waiting: found.waiting,
        files: found.hashes.length,
        lacking: found.about.lacking.length,
        requestsHere: requestsIn(store.db),
        waitingHere: context.outbox.open().length,
      };
    },
    take: async () => {
      const found = staged;
      if (found === null) throw new AppFault('notFound');
      if (parts.isSessionLive()) throw new AppFault('remote.otherSession');
      await alone((signal) => takeStaged(found, context.clock.instant(), partsOf(signal)));
      staged = null;
      parts.onRestart();
    },
    drop: async () => {
      chosen = null;
      staged = null;
      await alone(() => rm(store.folders.moving, { recursive: true, force: true }));
    },
  };
}
