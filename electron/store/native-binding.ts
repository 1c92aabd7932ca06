import Database from 'better-sqlite3';

/** Set when the program is built for the stand-in runtime, and never in what is packaged: native code is not chosen from outside. */
declare const __SQLITE_BINDING__: string | null | undefined;

const standInBinding = typeof __SQLITE_BINDING__ === 'string' ? __SQLITE_BINDING__ : null;

/** SQLite's binary: the package's own, or the one the set-up compiled for the stand-in runtime. */
export function openDatabase(file: string, options: { readonly readonly?: boolean } = {}): Database.Database {
  return new Database(file, {
    ...options,
    ...(standInBinding === null ? {} : { nativeBinding: standInBinding }),
  });
}
