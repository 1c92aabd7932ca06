import { z } from 'zod';
import {
  evidenceIdSchema,
  messageIdSchema,
  ticketIdSchema,
  toolIdSchema,
  watchedFolderIdSchema,
} from '../../shared/domain/ids.ts';
import { templateIdSchema } from '../../shared/domain/template.ts';
import type { RowKind } from '../../shared/domain/row-kinds.ts';
import type { DraftRepository } from './draft-repository.ts';
import type { EvidenceRepository } from './evidence-repository.ts';
import type { MessageRepository } from './message-repository.ts';
import type { Db } from './open-store.ts';
import type { OutboxRepository } from './outbox-repository.ts';
import type { RemoteRepository } from './remote-repository.ts';
import type { ReplyRepository } from './reply-repository.ts';
import type { RequestRepository } from './request-repository.ts';
import type { RowsOfKind } from './row-check.ts';
import type { TemplateRepository } from './template-repository.ts';
import type { ToolRepository } from './tool-repository.ts';
import type { WatchedFolderRepository } from './watched-folder-repository.ts';

/** The gatekeepers of everything a person wrote or was given. */
export type CheckedTables = {
  readonly requests: RequestRepository;
  readonly drafts: DraftRepository;
  readonly outbox: OutboxRepository;
  readonly replies: ReplyRepository;
  readonly messages: MessageRepository;
  readonly evidenceRows: EvidenceRepository;
  readonly tools: ToolRepository;
  readonly watchedFolders: WatchedFolderRepository;
  readonly remote: RemoteRepository;
  readonly templates: TemplateRepository;
};

/** Every row of the store by its kind; each is read as the program reads it, a request with its queue and the reply being written. */
export function rowsToCheck(db: Db, tables: CheckedTables): Readonly<Record<RowKind, RowsOfKind>> {
  const ids = (table: string): (() => readonly string[]) => {
    const all = db.prepare(`select id from ${table}`).pluck();
    return () => z.array(z.string()).parse(all.all());
  };
  const request = (text: string): void => {
    const id = ticketIdSchema.parse(text);
    if (tables.requests.listed(id) === null) tables.drafts.find(id);
    tables.outbox.ofTicket(id);
    tables.replies.find(id);
  };
  return {
    requests: { ids: ids('tickets'), read: request },
    messages: { ids: ids('messages'), read: (id) => tables.messages.find(messageIdSchema.parse(id)) },
    files: { ids: ids('evidence'), read: (id) => tables.evidenceRows.find(evidenceIdSchema.parse(id)) },
    tools: { ids: ids('tools'), read: (id) => tables.tools.find(toolIdSchema.parse(id)) },
    folders: {
      ids: ids('watched_folders'),
      read: (id) => tables.watchedFolders.find(watchedFolderIdSchema.parse(id)),
    },
    templates: {
      ids: ids('templates'),
      read: (id) => tables.templates.find(templateIdSchema.parse(id)),
    },
    sessions: { ids: ids('remote_sessions'), read: (id) => tables.remote.find(id) },
  };
}
