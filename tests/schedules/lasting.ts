import { idempotencyKeySchema } from '../../shared/domain/ids.ts';
import { apiBase } from '../../shared/portal/wire.ts';
import type { OutboxItem } from '../../shared/domain/outbox-item.ts';
import type { OpenedServices } from '../integration/workshop-fixture.ts';
import { type Fault, type FaultPlan, type FaultyRequest, problemAnswer } from '../portal/fault.ts';
import { fieldsOf, listOf, withFields } from './oddity.ts';

/** What goes wrong for ever with one item, or one entry of the news, while the portal is well to all the rest. */
export type Lasting = {
  readonly name: string;
  /** Null: this request is none of it. The first one that fits is the one it stays with. */
  readonly fault: (request: FaultyRequest) => Fault | null;
  /** The item in this store that it stays with, or null where there is none. */
  readonly itemIn: (shop: OpenedServices) => OutboxItem | null;
  /** How often it was met. */
  readonly met: () => number;
  /** The next that fits is the one, for the store went back to a time before this one. */
  readonly bindAnew: () => void;
  /** Whether its item comes to its end by another way, as a number that the news tell. */
  readonly isDelivered: boolean;
};

const isCreation = ({ method, path }: FaultyRequest): boolean =>
  method === 'POST' && path === `${apiBase}/tickets`;
const keyOf = ({ headers }: FaultyRequest): string => String(headers['idempotency-key'] ?? '');

/** A field of what announces an upload. */
function announced({ headers }: FaultyRequest, field: string): string | null {
  const found = new RegExp(`(?:^|,)${field} ([\\w+/=]+)`, 'u').exec(
    String(headers['upload-metadata'] ?? ''),
  )?.[1];
  return found === undefined ? null : Buffer.from(found, 'base64').toString('utf8');
}

function byKey({ services }: OpenedServices, key: string | null): OutboxItem | null {
  const item = key === null ? null : services.context.outbox.findByKey(idempotencyKeySchema.parse(key));
  return item?.state === 'accepted' ? null : item;
}

/** Every piece of one file is answered as a success, with the offset that was there before, and nothing of it is taken. */
function fileThatNeverGrows(): Lasting {
  let one: string | null = null;
  let met = 0;
  const places = new Set<string>();
  return {
    name: 'pieces of one file never grow',
    isDelivered: false,
    met: () => met,
    bindAnew: () => {
      one = null;
      places.clear();
    },
    itemIn: (shop) => byKey(shop, one),
    fault: (request) => {
      const { method, path, headers, bytes } = request;
      if (method === 'POST' && path === `${apiBase}/uploads`) {
        const reference = announced(request, 'reference');
        one ??= reference;
        if (one !== reference) return null;
        return {
          kind: 'rewrite',
          rewrite: (answer) => {
            const { location } = answer.headers;
            if (typeof location === 'string') places.add(new URL(location, 'http://portal').pathname);
            return answer;
          },
        };
      }
      if (method !== 'PATCH' || bytes === 0 || !places.has(path)) return null;
      met += 1;
      const offset = String(headers['upload-offset'] ?? '0');
      return {
        kind: 'answer',
        commits: false,
        answer: { status: 204, headers: { 'tus-resumable': '1.0.0', 'upload-offset': offset }, body: '' },
      };
    },
  };
}

/** One request cannot be created: a fault of the server each time, and nothing is there afterwards. */
function creationThatFails(): Lasting {
  let one: string | null = null;
  let met = 0;
  return {
    name: 'creation of one request answered 500',
    isDelivered: false,
    met: () => met,
    bindAnew: () => {
      one = null;
    },
    itemIn: (shop) => byKey(shop, one),
    fault: (request) => {
      if (!isCreation(request)) return null;
      one ??= keyOf(request);
      if (keyOf(request) !== one) return null;
      met += 1;
      return problemAnswer(500, 'fault');
    },
  };
}

/** The answer to one creation is lost, and its look-up is a 503 each time. */
function lookUpThatFails(): Lasting {
  let one: string | null = null;
  let reference: string | null = null;
  let met = 0;
  return {
    name: 'look-up of one request answered 503',
    isDelivered: true,
    met: () => met,
    bindAnew: () => {
      one = null;
      reference = null;
    },
    itemIn: (shop) => byKey(shop, one),
    fault: (request) => {
      if (isCreation(request)) {
        one ??= keyOf(request);
        return keyOf(request) === one ? { kind: 'reset', commits: true } : null;
      }
      const [, asked] = request.path.split(`${apiBase}/references/tickets/`);
      if (one === null || asked === undefined) return null;
      // The first that is asked for is the one whose answer was lost.
      reference ??= asked;
      if (asked !== reference) return null;
      met += 1;
      return problemAnswer(503, 'fault');
    },
  };
}

/** One entry of the news can never be read. */
function entryThatIsBad(): Lasting {
  let one: unknown = null;
  let met = 0;
  return {
    name: 'one entry of the news unreadable',
    isDelivered: true,
    met: () => met,
    bindAnew: () => {
      one = null;
    },
    itemIn: () => null,
    fault: ({ method, path }) =>
      method !== 'GET' || !path.startsWith(`${apiBase}/changes`)
        ? null
        : {
            kind: 'rewrite',
            rewrite: (answer) => {
              const fields = fieldsOf(answer);
              const messages = fields === null ? [] : listOf(fields, 'messages');
              one ??= messages[0]?.['id'] ?? null;
              if (fields === null || one === null || !messages.some(({ id }) => id === one)) return answer;
              met += 1;
              return withFields(answer, {
                ...fields,
                messages: messages.map((entry) => (entry['id'] === one ? { ...entry, author: 7 } : entry)),
              });
            },
          },
  };
}

export const lastingOddities: readonly (() => Lasting)[] = [
  fileThatNeverGrows,
  creationThatFails,
  lookUpThatFails,
  entryThatIsBad,
];

/** What lasts, before everything else that a portal does. */
export function withLasting(lasting: Lasting | null, plan: FaultPlan): FaultPlan {
  return (request) => lasting?.fault(request) ?? plan(request);
}
