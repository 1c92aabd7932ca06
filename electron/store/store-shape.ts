import { applicationId, type Db } from './open-store.ts';
import { migrations, schemaVersion } from './migrate.ts';
import { openDatabase } from './native-binding.ts';

/** What a version of the store is made of: its tables, each with its columns, and how its indexes and triggers are made. */
type Shape = { readonly parts: ReadonlySet<string>; readonly made: ReadonlyMap<string, string> };

const columnsOfAll =
  "select m.name || '.' || c.name from sqlite_schema m join pragma_table_info(m.name) c where m.type = 'table' and m.sql not like 'create virtual%'";
const tables = "select name from sqlite_schema where type = 'table' and name not like 'sqlite@_%' escape '@'";
const madeBeside =
  "select name, sql from sqlite_schema where type in ('index', 'trigger') and sql is not null";

function shapeOf(db: Db): Shape {
  const texts = (sql: string): string[] => db.prepare(sql).pluck().all().map(String);
  const made = db.prepare(madeBeside).raw().all() as [string, string][];
  return { parts: new Set([...texts(tables), ...texts(columnsOfAll)]), made: new Map(made) };
}

let known: readonly Shape[] | null = null;

/** The shape after each step, as the steps themselves make it. */
function shapes(): readonly Shape[] {
  if (known !== null) return known;
  const db = openDatabase(':memory:');
  try {
    known = migrations.map((step) => {
      db.exec(step);
      return shapeOf(db);
    });
    return known;
  } finally {
    db.close();
  }
}

/** Whether the store has everything of this version and nothing that only a later one has. */
function isOfVersion(shape: Shape, version: number): boolean {
  const [own, ...later] = version < 1 ? [] : shapes().slice(version - 1);
  if (own === undefined) return false;
  const isOfLater = (part: string): boolean => !own.parts.has(part) && shape.parts.has(part);
  // Some steps make no table and no column.
  const isMadeLater = (name: string): boolean => !own.made.has(name) && shape.made.has(name);
  return (
    [...own.parts].every((part) => shape.parts.has(part)) &&
    !later.some(({ parts, made }) => [...parts].some(isOfLater) || [...made.keys()].some(isMadeLater))
  );
}

const versions = (): readonly number[] => migrations.map((_step, index) => index + 1);

/** The version a store has by its tables: the one it says where that fits, the highest that fits otherwise; null when none does. */
function versionByShape(shape: Shape, said: number): number | null {
  return isOfVersion(shape, said)
    ? said
    : (versions().findLast((version) => isOfVersion(shape, version)) ?? null);
}

/** Whether a database is a store of ours of a version this program knows, with every table of it. @throws SQLite's own errors */
export function isOurStore(db: Db): boolean {
  return (
    db.pragma('application_id', { simple: true }) === applicationId &&
    isOfVersion(shapeOf(db), schemaVersion(db))
  );
}

/** Whether a database holds nothing at all: no table, no number of a version. @throws SQLite's own errors */
export function isBlank(db: Db): boolean {
  return schemaVersion(db) === 0 && db.prepare('select count(*) from sqlite_schema').pluck().get() === 0;
}

/** More steps than any later program has made. */
const stepsBeyondBelief = 1_000;

/**
 * Whether a number of a version above ours, the next one too, is ours with bits turned: the store has exactly what our newest step makes,
 * and no step of any version makes nothing that shows here.
 */
function isOursMisread(shape: Shape): boolean {
  const own = shapes().at(-1);
  if (own === undefined) return false;
  return (
    own.parts.size === shape.parts.size &&
    own.made.size === shape.made.size &&
    [...own.parts].every((part) => shape.parts.has(part)) &&
    [...own.made].every(([name, sql]) => shape.made.get(name) === sql)
  );
}

/** Whether a database is a store of ours that a later program wrote, as far as its mark and its number can tell. @throws SQLite's own errors */
export function isOfNewer(db: Db): boolean {
  const said = schemaVersion(db);
  return (
    db.pragma('application_id', { simple: true }) === applicationId &&
    said > migrations.length &&
    said <= migrations.length + stepsBeyondBelief &&
    !isOursMisread(shapeOf(db))
  );
}

/** The search index holds words of every request; while its triggers were gone, nobody kept it. */
const wordsAnew = `delete from request_words;
delete from request_rows;
insert into request_rows (ticket_id) select id from tickets;
insert into request_words (rowid, scope, words) select r.row, t.product_id || ' ' || t.serial, t.search from tickets t join request_rows r on r.ticket_id = t.id;`;

function dropMade(db: Db, name: string): void {
  const kinds = db
    .prepare("select type from sqlite_schema where name = ? and type in ('index', 'trigger')")
    .pluck();
  for (const kind of kinds.all(name)) db.exec(`drop ${kind === 'index' ? 'index' : 'trigger'} ${name}`);
}

export type Mended = 'whole' | 'mended' | 'broken';

/**
 * Puts right what is around the tables and loses nothing by it: the owner's mark, the number of the version, indexes, triggers. A blank
 * store is whole, and one of a newer program is left as it is for whoever refuses it.
 * @returns `broken` when a table or a column is not there
 * @throws SQLite's own errors
 */
export function mendShape(db: Db): Mended {
  const said = schemaVersion(db);
  if (isBlank(db)) return 'whole';
  const shape = shapeOf(db);
  if (said > migrations.length && !isOursMisread(shape)) return 'whole';
  const version = versionByShape(shape, said);
  const made = version === null ? undefined : shapes()[version - 1]?.made;
  if (version === null || made === undefined) return 'broken';
  // One of our name with other words is none of ours: a trigger may do anything.
  const gone = [...made].filter(([name, sql]) => shape.made.get(name) !== sql);
  const isOurs = db.pragma('application_id', { simple: true }) === applicationId;
  if (version === said && gone.length === 0 && isOurs) return 'whole';
  db.transaction(() => {
    for (const [name] of gone) dropMade(db, name);
    for (const [, sql] of gone) db.exec(sql);
    if (gone.some(([name]) => name.startsWith('request_words'))) db.exec(wordsAnew);
    db.pragma(`application_id = ${applicationId}`);
    db.pragma(`user_version = ${version}`);
  }).immediate();
  return 'mended';
}
