import { existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { AppFault } from '../../shared/domain/app-error.ts';
import type { PackStatus } from '../../shared/domain/data-pack.ts';
import { jsonOf } from '../../shared/domain/json-of.ts';
import type { Language } from '../../shared/domain/ids.ts';
import { createTranslator, type Translate } from '../../shared/i18n/translator.ts';
import { backups } from '../store/backup.ts';
import { lookInto } from '../store/backup-standing.ts';
import { isStructurallySound } from '../store/integrity-check.ts';
import { schemaVersion } from '../store/migrate.ts';
import type { Db } from '../store/open-store.ts';
import { profileRepository } from '../store/profile-repository.ts';
import { storeFolders } from '../store/store-folders.ts';
import { isOurStore } from '../store/store-shape.ts';
import { freeZip } from './free-zip.ts';
import { keptFaults } from './kept-faults.ts';
import { writeZip } from './write-zip.ts';

export type DiagnoseParts = {
  readonly dataFolder: string;
  readonly appVersion: string;
  /** Of Electron. */
  readonly runtime: string;
  /** Name, release and processor of the system. */
  readonly system: string;
  readonly systemLanguage: Language;
  readonly packs: readonly PackStatus[];
  /** Free on the disk of the data, bytes; null where the system does not tell. */
  readonly freeBytes: number | null;
  readonly now: string;
};

/** What was written where, and every word of it but the faults, to be read before it is given away. */
export type Diagnosed = { readonly file: string; readonly text: string; readonly t: Translate };

/** Checking every page of a larger store takes longer than somebody waits, bytes. */
const checkedAtMostBytes = 512 * 1024 * 1024;
/** Of so many errors of the queue the codes are counted. */
const countedErrors = 1_000;

type StoreFacts = {
  readonly language: Language;
  readonly words: readonly string[];
  readonly queue: readonly string[];
  readonly requests: readonly string[];
};

/** Names and codes as programs write them; anything else in their place is somebody's words. */
const plain = (value: unknown): string =>
  typeof value === 'string' && /^[\w.-]{1,60}$/u.test(value) ? value : '?';

const counted = (rows: readonly unknown[]): readonly string[] =>
  rows.map((row) =>
    Array.isArray(row) ? row.map((cell) => (typeof cell === 'number' ? cell : plain(cell))).join(' ') : '?',
  );

function errorCodes(db: Db): readonly string[] {
  const texts = db
    .prepare('select last_error from outbox where last_error is not null limit ?')
    .pluck()
    .all(countedErrors);
  const codes = texts.map((text) => {
    const error = jsonOf(String(text));
    return plain(typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined);
  });
  return [...new Set(codes)].map((code) => `error ${code} ${codes.filter((other) => other === code).length}`);
}

function factsOf(db: Db, isChecked: boolean): StoreFacts {
  const soundness = isChecked ? (isStructurallySound(db) ? 'sound' : 'damaged') : 'too large to check';
  const rows = (sql: string): readonly string[] => counted(db.prepare(sql).raw().all());
  return {
    language: profileRepository(db).settings().language,
    words: [`version ${schemaVersion(db)}`, soundness, ...(isOurStore(db) ? [] : ['tables missing'])],
    queue: [...rows('select state, count(*) from outbox group by state'), ...errorCodes(db)],
    requests: rows("select stage, coalesce(realm, 'none'), state, count(*) from tickets group by 1, 2, 3"),
  };
}

const sizeOf = (file: string): number => {
  try {
    return statSync(file).size;
  } catch {
    return 0;
  }
};

const megabytes = (bytes: number): string => `${Math.ceil(bytes / 1024 ** 2)} MB`;

/**
 * What somebody who helps with the program itself needs to know of it, into one zip: a page of versions, states, codes and counts, and the
 * log of faults, line by line as the program writes them. Nothing a person wrote: no customer, address, path, title or number. Needs
 * neither window nor store, and changes nothing.
 * @param out the file to write; where one lies there, the next free name is taken
 * @throws AppFault export.failed when it cannot be written there
 */
export async function diagnose(out: string, parts: DiagnoseParts): Promise<Diagnosed> {
  const folders = storeFolders(parts.dataFolder);
  const bytes = sizeOf(folders.database);
  const look = (db: Db): StoreFacts => factsOf(db, bytes <= checkedAtMostBytes);
  const store = lookInto(folders.database, look, true) ?? lookInto(folders.database, look);
  const t = createTranslator(store?.language ?? parts.systemLanguage);
  const kept = backups(folders.backups);
  const faults = keptFaults(parts.dataFolder);
  const marks = (['restoreNext', 'eraseNext', 'suspect'] as const).filter((name) =>
    existsSync(folders[name]),
  );
  const lines: readonly (readonly [string, readonly string[]])[] = [
    [t('diagnosis.program'), [parts.appVersion, `Electron ${parts.runtime}`]],
    [t('diagnosis.system'), [parts.system, parts.systemLanguage]],
    [t('diagnosis.when'), [parts.now]],
    [
      t('diagnosis.store'),
      [
        existsSync(folders.database) ? megabytes(bytes) : 'none',
        ...(store?.words ?? ['cannot be read']),
        ...marks,
      ],
    ],
    [
      t('diagnosis.backups'),
      [String(kept.length), ...kept.slice(0, 3).map(({ reason, at }) => `${reason} ${at}`)],
    ],
    [t('diagnosis.queue'), store === null ? ['?'] : store.queue.length === 0 ? ['0'] : store.queue],
    [t('diagnosis.requests'), store === null ? ['?'] : store.requests.length === 0 ? ['0'] : store.requests],
    [
      t('diagnosis.packs'),
      parts.packs.map(
        ({ name, version, origin, refused }) =>
          `${name} ${version} ${origin}${refused === null ? '' : ` refused ${refused.reason}`}`,
      ),
    ],
    [t('diagnosis.disk'), [parts.freeBytes === null ? '?' : megabytes(parts.freeBytes)]],
    [t('diagnosis.faults'), [String(faults.length)]],
  ];
  const text = lines.map(([label, words]) => `${label}: ${words.join(' · ')}`).join('\n');
  const file = freeZip(out);
  await writeZip(file, [
    { name: t('diagnosis.pageName'), text: `${text}\n` },
    { name: 'faults.log', text: faults.map((line) => `${line}\n`).join('') },
  ]).catch(() => {
    throw new AppFault('export.failed', { folder: dirname(file) });
  });
  return { file, text, t };
}
