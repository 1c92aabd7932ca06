import Database from 'better-sqlite3';

/** SQLite's binary: the package's own, or the one the set-up compiled for the stand-in runtime. */
export function openDatabase(file: string, options: { readonly readonly?: boolean } = {}): Database.Database {
  const nativeBinding = process.env['SQLITE_NATIVE_BINDING'];
  return new Database(file, { ...options, ...(nativeBinding === undefined || nativeBinding === '' ? {} : { nativeBinding }) });
}
