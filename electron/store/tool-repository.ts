import type { ToolId } from '../../shared/domain/ids.ts';
import { type Tool, toolSchema } from '../../shared/domain/tool.ts';
import type { Db } from './open-store.ts';
import { readable, readRow } from './stored-row.ts';

export type ToolRepository = {
  /** Those that can be read. */
  readonly all: () => readonly Tool[];
  /** @throws AppFault store.unreadable */
  readonly find: (id: ToolId) => Tool | null;
  readonly save: (tool: Tool) => void;
  readonly remove: (id: ToolId) => void;
};

const columns =
  'id, product_id as productId, serial, installed_version as installedVersion, nickname, created_at as createdAt';

export function toolRepository(db: Db): ToolRepository {
  const all = db.prepare(`select ${columns} from tools order by created_at, id`);
  const one = db.prepare(`select ${columns} from tools where id = ?`);
  const write = db.prepare(
    'insert or replace into tools (id, product_id, serial, installed_version, nickname, created_at) values (?, ?, ?, ?, ?, ?)',
  );
  const remove = db.prepare('delete from tools where id = ?');
  return {
    all: () => readable(all.all(), (row) => toolSchema.parse(row)),
    find: (id) => readRow(() => toolSchema.nullable().parse(one.get(id) ?? null)),
    save: (tool) => {
      write.run(tool.id, tool.productId, tool.serial, tool.installedVersion, tool.nickname, tool.createdAt);
    },
    remove: (id) => {
      remove.run(id);
    },
  };
}
