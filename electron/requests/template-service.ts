import { randomUUID } from 'node:crypto';
import { AppFault } from '../../shared/domain/app-error.ts';
import type { Draft } from '../../shared/domain/draft.ts';
import type { TicketId } from '../../shared/domain/ids.ts';
import {
  type Template,
  templateContentOf,
  type TemplateId,
  templateIdSchema,
} from '../../shared/domain/template.ts';
import { templatesMost } from '../../shared/domain/template-limits.ts';
import type { TemplateView } from '../../shared/ipc/views.ts';
import type { ServiceContext } from '../store/service-context.ts';
import type { DraftService } from './draft-service.ts';
import { contentOfRequest } from './draft-from-request.ts';

export type TemplateService = {
  /** By their names. */
  readonly list: () => TemplateView[];
  /** Keeps what a draft or a request says of its kind of work. @throws AppFault notFound, template.nameTaken, template.tooMany, store.unreadable */
  readonly save: (from: TicketId, name: string) => TemplateView;
  /** @throws AppFault notFound, template.nameTaken */
  readonly rename: (id: TemplateId, name: string) => void;
  /** @throws AppFault notFound */
  readonly remove: (id: TemplateId) => void;
  /** A new draft that begins with what the template says; nothing is sent. @throws AppFault notFound, store.unreadable */
  readonly begin: (id: TemplateId) => Draft;
};

const viewOf = ({ id, name, content }: Template): TemplateView => ({
  id,
  name,
  productId: content.productId,
  requestType: content.requestType,
});

/** Templates of a workshop's own: a request it writes again and again begins with what stays the same. */
export function templateService(context: ServiceContext, drafts: DraftService): TemplateService {
  const { templates, clock, publish, transact } = context;
  const assertFree = (name: string, own: TemplateId | null): void => {
    const taken = templates.named(name);
    if (taken !== null && taken !== own) throw new AppFault('template.nameTaken', { name });
  };
  const changed = (): void => publish({ kind: 'templatesChanged' });
  return {
    list: () => templates.all().map(viewOf),
    save: (from, name) => {
      const made = transact(() => {
        if (templates.count() >= templatesMost)
          throw new AppFault('template.tooMany', { most: templatesMost });
        assertFree(name, null);
        const template: Template = {
          id: templateIdSchema.parse(randomUUID()),
          name,
          content: templateContentOf(contentOfRequest(context, from)),
          createdAt: clock.instant(),
        };
        templates.insert(template);
        return template;
      });
      changed();
      return viewOf(made);
    },
    rename: (id, name) => {
      transact(() => {
        assertFree(name, id);
        if (!templates.rename(id, name)) throw new AppFault('notFound');
      });
      changed();
    },
    remove: (id) => {
      transact(() => {
        if (!templates.remove(id)) throw new AppFault('notFound');
      });
      changed();
    },
    begin: (id) => {
      const draft = transact(() => {
        const template = templates.find(id);
        if (template === null) throw new AppFault('notFound');
        const { content: said } = template;
        // A tool may have been taken out since; its product is still known.
        const tool = said.toolId === null ? null : context.tools.find(said.toolId);
        const begun = drafts.start(tool?.id ?? null);
        const content = {
          ...said,
          toolId: begun.content.toolId,
          productId: said.productId ?? begun.content.productId,
          fields: { ...said.fields, ...begun.content.fields },
          steps: said.steps.map((step) => ({ ...step, id: randomUUID() })),
        };
        const { revision, savedAt } = drafts.edit(begun.id, begun.revision, content);
        return { ...begun, revision, updatedAt: savedAt, content };
      });
      publish({ kind: 'requestsChanged' });
      return draft;
    },
  };
}
