import { existsSync, rmSync } from 'node:fs';
import { AppFault } from '../../shared/domain/app-error.ts';
import type { EvidenceId, Sha256, TicketId } from '../../shared/domain/ids.ts';
import { titleOf } from '../../shared/domain/draft.ts';
import type { DeletedData, DeletionPreview } from '../../shared/ipc/views.ts';
import { removeBytes } from '../evidence/file-retention.ts';
import type { EvidenceServices } from '../evidence/open-evidence.ts';
import { failpoint } from '../platform/failpoint.ts';
import { removedOrLeft } from '../platform/locked-file-retry.ts';
import { within } from '../platform/within.ts';
import { backups, writeBackup } from '../store/backup.ts';
import { requestDeletion } from '../store/request-deletion.ts';
import type { ServiceContext } from '../store/service-context.ts';
import type { OpenedStore } from '../store/start-store.ts';
import { readRowOrNull } from '../store/stored-row.ts';

export type DeleteDataParts = {
  readonly store: OpenedStore;
  readonly evidence: Pick<EvidenceServices, 'frozen' | 'whileNothingIsFrozen'>;
  readonly isSessionLive: () => boolean;
  readonly log: (error: unknown) => void;
};

/** Everything of one customer, one car or one request goes from this PC (R-PRIVACY-1). */
export type DeleteData = {
  /** What would go, and what of it stands in the way; changes nothing. */
  readonly preview: (words: string) => DeletionPreview;
  /**
   * Deletes what was previewed, and with `fromBackups` the backups that still hold it, once a new one is written. Searches that were saved
   * under those words go too, and templates that tell them.
   * @throws AppFault request.inQueue, remote.otherSession, evidence.copyHeld when bytes go later
   */
  readonly remove: (words: string, ids: readonly TicketId[], fromBackups: boolean) => Promise<DeletedData>;
};

/** More at once are several wishes. */
const mostRequests = 500;
/** Bytes on the own disk go in a moment; a person who waits longer is told that they go later, milliseconds. */
const patienceMs = 5_000;

/** Shorter parts of a name stand in other words by chance, in characters. */
const tellingPart = 4;

/** Whether a search that was saved names one of these, or a part of it. */
function tellsOf(search: string, names: readonly string[]): boolean {
  const text = search.trim().toLocaleLowerCase();
  return names.some((name) => {
    const whole = name.trim().toLocaleLowerCase();
    return text.includes(whole) || (text.length >= tellingPart && whole.includes(text));
  });
}

export function deleteData(context: ServiceContext, parts: DeleteDataParts): DeleteData {
  const { audit, clock, evidenceRows, profile, tickets, drafts } = context;
  const { store, evidence } = parts;
  const held = requestDeletion(store.db, parts.log);

  const nameOf = (id: TicketId): { readonly title: string; readonly number: string | null } => {
    const ticket = readRowOrNull(() => tickets.find(id));
    if (ticket !== null) return { title: ticket.text.subject, number: ticket.number };
    const draft = readRowOrNull(() => drafts.find(id));
    const removed = context.removed.all().find((one) => one.id === id);
    return { title: draft === null ? (removed?.title ?? '') : titleOf(draft.content), number: null };
  };
  /** Files that nothing names once these requests are gone. */
  const unusedOf = (files: readonly EvidenceId[]): readonly EvidenceId[] => {
    const used = new Set<string>(context.fileUses.all().map(({ id }) => id));
    return files.filter((id) => !used.has(id) && readRowOrNull(() => evidenceRows.find(id)) !== null);
  };
  const refuse = (ids: readonly TicketId[]): void => {
    if (parts.isSessionLive()) throw new AppFault('remote.otherSession');
    const queued = ids.find(held.isQueued);
    if (queued === undefined) return;
    const { number, title } = nameOf(queued);
    throw new AppFault('request.inQueue', { request: number ?? title });
  };
  const rowsGo = (words: string, ids: readonly TicketId[], at: string): readonly EvidenceId[] =>
    context.transact(() => {
      refuse(ids);
      const files = held.filesOf(ids);
      const names = [words, ...held.namesOf(ids)];
      for (const id of ids) {
        held.remove(id, nameOf(id).number);
        drafts.letGoOfBegun(id);
        audit.append(at, 'data-deleted', id);
      }
      const going = unusedOf(files);
      for (const id of going) {
        const file = evidenceRows.find(id);
        held.unname(id, at);
        if (file !== null) audit.append(at, 'evidence-removed', id, { sha256: file.sha256 });
      }
      context.templates.removeTelling(names.filter((name) => name.trim().length >= tellingPart));
      const settings = profile.settings();
      const savedSearches = settings.savedSearches.filter(({ text }) => !tellsOf(text, names));
      if (savedSearches.length < settings.savedSearches.length)
        profile.saveSettings({ ...settings, savedSearches });
      failpoint('deletion.inTx');
      return going;
    });
  /** False while somebody holds a file: its bytes go with the next look, and nothing names it any more. */
  const bytesGo = async (): Promise<boolean> => {
    const gone = evidence
      .whileNothingIsFrozen(() => removeBytes({ evidence: evidenceRows, folder: evidence.frozen }))
      .then(
        () => true,
        (error: unknown) => {
          parts.log(error);
          return false;
        },
      );
    const outcome = await within(gone, patienceMs);
    context.transact(() =>
      held.forgetUnnamed(
        (sha256) =>
          evidenceRows.isKept(sha256 as Sha256) || !existsSync(evidence.frozen.fileOf(sha256 as Sha256)),
      ),
    );
    return outcome.kind === 'value' && outcome.value;
  };
  /** A new backup first: there is never none. */
  const backupsGo = async (at: string): Promise<number> => {
    const folder = store.folders.backups;
    const written = await writeBackup(store.db, folder, 'daily', at);
    if (written === null) throw new AppFault('backup.failed');
    const older = backups(folder).filter(({ file, isByHand }) => file !== written && !isByHand);
    for (const { file } of older) removedOrLeft(() => rmSync(file, { force: true }));
    return older.length;
  };
  return {
    preview: (words) => {
      const all = held.holding(words);
      const found = all.slice(0, mostRequests);
      const ids = found.map(({ id }) => id);
      return {
        requests: found.map(({ id, kind }) => ({ id, kind, ...nameOf(id), isQueued: held.isQueued(id) })),
        further: all.length - found.length,
        files: held.filesOf(ids).filter((id) => readRowOrNull(() => evidenceRows.find(id)) !== null).length,
        sessions: held.sessionsOf(ids),
      };
    },
    remove: async (words, ids, fromBackups) => {
      const at = clock.instant();
      const going = held.overwriting(() => rowsGo(words, ids, at));
      failpoint('deletion.rowsGone');
      context.publish({ kind: 'requestsChanged' });
      context.publish({ kind: 'outboxChanged' });
      context.publish({ kind: 'templatesChanged' });
      context.publish({ kind: 'evidenceRemoved' });
      context.publish({ kind: 'settingsSaved' });
      const isWhole = await bytesGo();
      const gone = fromBackups ? await backupsGo(clock.instant()) : 0;
      if (!isWhole) throw new AppFault('evidence.copyHeld');
      return { requests: ids.length, files: going.length, backups: gone };
    },
  };
}
