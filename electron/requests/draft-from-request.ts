import { AppFault } from '../../shared/domain/app-error.ts';
import {
  type Draft,
  type DraftContent,
  emptyDraftContent,
  type FieldKey,
} from '../../shared/domain/draft.ts';
import type { TicketId, ToolId } from '../../shared/domain/ids.ts';
import type { ServiceContext } from '../store/service-context.ts';
import type { DraftService } from './draft-service.ts';

/** What is as true of the next request as of this one: the car, its control unit and the way it is reached. */
const ofTheCar: readonly FieldKey[] = [
  'vehicleMake',
  'vehicleModel',
  'vehicleEngine',
  'vehicleYear',
  'vehicleVin',
  'ecuMaker',
  'ecuFamily',
  'ecuHw',
  'ecuSw',
  'mode',
  'driverNumber',
];
/** What the tool said of itself then; what is known of it now goes before. */
const ofTheTool: readonly FieldKey[] = ['softwareVersion', 'firmwareVersion'];

type Parts = Pick<
  ServiceContext,
  'drafts' | 'origins' | 'products' | 'publish' | 'tickets' | 'tools' | 'transact'
>;

/** The tool a ticket is about, by its id or, once that is gone or was never known, by product and serial; null where none fits. */
export function toolOfTicket(
  { tickets, tools }: Pick<ServiceContext, 'tickets' | 'tools'>,
  id: TicketId,
  named: ToolId | null,
): ReturnType<ServiceContext['tools']['find']> {
  const { productId, serial } = tickets.productAndSerial(id);
  const isOfTicket = (tool: { productId: string; serial: string | null }): boolean =>
    tool.productId === productId && (tool.serial ?? '').toLowerCase() === serial.toLowerCase();
  return (named === null ? null : tools.find(named)) ?? tools.all().find(isOfTicket) ?? null;
}

/** What a draft or a request says, about a tool this PC knows; nothing where the portal alone knows it. @throws AppFault notFound, store.unreadable */
export function contentOfRequest(context: Parts, id: TicketId): DraftContent {
  const draft = context.drafts.find(id);
  if (draft !== null) return draft.content;
  const ticket = context.tickets.find(id);
  if (ticket === null) throw new AppFault('notFound');
  const { content, text } = ticket;
  const tool = toolOfTicket(context, id, content?.toolId ?? null);
  const productId = tool?.productId ?? context.tickets.productAndSerial(id).productId;
  return {
    ...(content ?? emptyDraftContent(text.language)),
    toolId: tool?.id ?? null,
    productId: context.products.find((item) => item.id === productId)?.id ?? null,
    language: text.language,
  };
}

/**
 * A new draft about the same tool, car and control unit as another request, and nothing of what came of that one: no problem, steps,
 * files, number, terms or answers. It keeps from which it was begun; nothing is sent and the other stays as it is.
 * @throws AppFault notFound, store.unreadable
 */
export function draftFromRequest(context: Parts, service: DraftService, id: TicketId): Draft {
  const made = context.transact(() => {
    const source = contentOfRequest(context, id);
    const draft = service.start(source.toolId);
    const said = (keys: readonly FieldKey[]): DraftContent['fields'] =>
      Object.fromEntries(
        keys.flatMap((key) => (source.fields[key] === undefined ? [] : [[key, source.fields[key]]])),
      );
    const content: DraftContent = {
      ...draft.content,
      productId: source.productId ?? draft.content.productId,
      requestType: source.requestType,
      language: source.language,
      fields: { ...said(ofTheTool), ...draft.content.fields, ...said(ofTheCar) },
    };
    const { revision, savedAt } = service.edit(draft.id, draft.revision, content);
    context.origins.keep(draft.id, id);
    return { ...draft, revision, updatedAt: savedAt, content };
  });
  context.publish({ kind: 'requestsChanged' });
  return made;
}
