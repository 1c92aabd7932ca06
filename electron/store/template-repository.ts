import { z } from 'zod';
import { draftContentSchema } from '../../shared/domain/draft.ts';
import { type Template, type TemplateId, templateSchema } from '../../shared/domain/template.ts';
import type { Db } from './open-store.ts';
import { readable, readRow, storedJson } from './stored-row.ts';

export type TemplateRepository = {
  /** By their names; one that cannot be read is left out. */
  readonly all: () => readonly Template[];
  readonly count: () => number;
  /** Null when there is none. @throws AppFault store.unreadable */
  readonly find: (id: TemplateId) => Template | null;
  /** The one of this name, whatever its capitals; null when there is none. */
  readonly named: (name: string) => TemplateId | null;
  readonly insert: (template: Template) => void;
  /** False when there is none. */
  readonly rename: (id: TemplateId, name: string) => boolean;
  /** False when there is none. */
  readonly remove: (id: TemplateId) => boolean;
  /** Takes out every template that tells one of these words, readable or not. */
  readonly removeTelling: (words: readonly string[]) => void;
};

const columns = 'select id, name, content, created_at as createdAt from templates';
const rowSchema = templateSchema.extend({ content: storedJson(draftContentSchema) });
const parse = (row: unknown): Template => readRow(() => rowSchema.parse(row));
const tellingSchema = z.array(z.object({ id: z.string(), words: z.string() }));

/** Templates a workshop keeps of its own requests. */
export function templateRepository(db: Db): TemplateRepository {
  const all = db.prepare(columns);
  const count = db.prepare('select count(*) from templates').pluck();
  const one = db.prepare(`${columns} where id = ?`);
  const insert = db.prepare('insert into templates (id, name, content, created_at) values (?, ?, ?, ?)');
  const rename = db.prepare('update templates set name = ? where id = ?');
  const remove = db.prepare('delete from templates where id = ?');
  const words = db.prepare("select id, name || ' ' || content as words from templates");
  const listed = (): readonly Template[] =>
    readable(all.all(), parse).toSorted((one, other) => one.name.localeCompare(other.name, 'it'));
  return {
    all: listed,
    count: () => Number(count.get()),
    find: (id) => {
      const row = one.get(id);
      return row === undefined ? null : parse(row);
    },
    named: (name) =>
      listed().find((template) => template.name.toLocaleLowerCase() === name.toLocaleLowerCase())?.id ?? null,
    insert: ({ id, name, content, createdAt }) => {
      insert.run(id, name, JSON.stringify(content), createdAt);
    },
    rename: (id, name) => rename.run(name, id).changes === 1,
    remove: (id) => remove.run(id).changes === 1,
    removeTelling: (names) => {
      for (const { id, words: text } of tellingSchema.parse(words.all())) {
        const told = text.toLocaleLowerCase();
        if (names.some((name) => told.includes(name.toLocaleLowerCase()))) remove.run(id);
      }
    },
  };
}
