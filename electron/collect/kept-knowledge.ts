import type { Language } from '../../shared/domain/ids.ts';
import type { Tool } from '../../shared/domain/tool.ts';
import type { WorkshopProfile } from '../../shared/domain/workshop-profile.ts';
import { backups } from '../store/backup.ts';
import { lookInto } from '../store/backup-standing.ts';
import type { Db } from '../store/open-store.ts';
import { profileRepository } from '../store/profile-repository.ts';
import type { StoreFolders } from '../store/store-folders.ts';
import { toolRepository } from '../store/tool-repository.ts';
import { watchedFolderRepository } from '../store/watched-folder-repository.ts';

/** What the store knows of the workshop, as far as it can be read. */
export type KeptKnowledge = {
  readonly profile: WorkshopProfile | null;
  /** Of the ticket; null where nobody ever said. */
  readonly language: Language | null;
  readonly tools: readonly Tool[];
  /** Folders the person lets the program search. */
  readonly folders: readonly string[];
  /** Folders the person does not want searched. */
  readonly refused: ReadonlySet<string>;
};

const nothing: KeptKnowledge = { profile: null, language: null, tools: [], folders: [], refused: new Set() };

/** Of so many backups one is readable, or nobody waits for more of them. */
const triedBackups = 5;

function readAll(db: Db): KeptKnowledge {
  const rows = profileRepository(db);
  const profile = rows.profile();
  const folders = watchedFolderRepository(db).all();
  return {
    profile,
    language: profile?.ticketLanguage ?? rows.settings().language,
    tools: toolRepository(db).all(),
    folders: folders.filter(({ enabled }) => enabled).map(({ path }) => path),
    refused: new Set(folders.filter(({ enabled }) => !enabled).map(({ path }) => path)),
  };
}

/**
 * Reads what a draft would know, without opening the store as its program does: nothing is changed, and a store that is damaged, or of
 * another version, or held by the program itself, is read from its newest readable backup. Never fails.
 */
export function keptKnowledge({ database, backups: folder }: StoreFolders): KeptKnowledge {
  const files = [
    database,
    ...backups(folder)
      .slice(0, triedBackups)
      .map(({ file }) => file),
  ];
  for (const file of files) {
    const known = lookInto(file, readAll, true) ?? lookInto(file, readAll);
    if (known !== null) return known;
  }
  return nothing;
}
