import { join } from 'node:path';

export type StoreFolders = {
  readonly database: string;
  readonly backups: string;
  readonly quarantine: string;
  /** Where the files of the requests lie, by their contents. */
  readonly evidence: string;
  readonly head: string;
  /** Stands while a backup is to take the store's place at the next start. */
  readonly restoreNext: string;
  /** Stands while everything is to be erased, and names what could not be yet. */
  readonly eraseNext: string;
  /** What is written for another PC, or was brought from one and is being looked at; empty, or not there, otherwise. */
  readonly moving: string;
  /** Stands while a check has found damage that the next start must deal with. */
  readonly suspect: string;
};

/** Where the parts of a store lie in a workshop's data folder. */
export function storeFolders(dataFolder: string): StoreFolders {
  return {
    database: join(dataFolder, 'officina.db'),
    backups: join(dataFolder, 'backups'),
    quarantine: join(dataFolder, 'quarantine'),
    evidence: join(dataFolder, 'evidence'),
    head: join(dataFolder, 'audit-head.json'),
    restoreNext: join(dataFolder, 'restore-next.txt'),
    eraseNext: join(dataFolder, 'erase-next.txt'),
    moving: join(dataFolder, 'moving'),
    suspect: join(dataFolder, 'store-suspect.txt'),
  };
}
