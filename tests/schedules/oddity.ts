import { jsonOf } from '../../shared/domain/json-of.ts';
import type { Fault, FaultyRequest } from '../portal/fault.ts';
import type { Forwarded } from '../portal/forward.ts';

export type Draw = () => number;

/** What a liar knows of the workshop it lies to: a lie about a number that is not known there yet would be the portal's own word. */
export type Scene = {
  readonly draw: Draw;
  readonly known: () => readonly { readonly reference: string; readonly number: string }[];
  /** Hides a file that is booked for a while, in milliseconds; false for one that was shown or hidden before. */
  readonly bookLate: (reference: string, ms: number) => boolean;
  /** Keeps the id of a message, or null, and gives the one kept before. */
  readonly usedMessageId: (next: string | null) => string | null;
  /** From now on so many pages say that there is more; false while it goes on already. `circle`: cursors that come again. */
  readonly tellForEver: (cursors: 'same' | 'circle' | 'new', pages: number) => boolean;
};

/** One thing a portal did in the field. `fault` calls `met` when the workshop really meets it, for not every answer can be bent. */
export type Oddity = {
  readonly name: string;
  readonly fits: (request: FaultyRequest) => boolean;
  readonly fault: (scene: Scene, request: FaultyRequest, met: () => void) => Fault;
};

export type Fields = Record<string, unknown>;

export function pick<T>(from: readonly T[], draw: Draw): T {
  const found = from[Math.floor(draw() * from.length)];
  if (found === undefined) throw new Error('nothing to choose from');
  return found;
}

/** An oddity that happens to whatever it is dealt to. */
export function always(
  name: string,
  fits: Oddity['fits'],
  fault: (draw: Draw, request: FaultyRequest) => Fault,
): Oddity {
  return {
    name,
    fits,
    fault: ({ draw }, request, met) => {
      met();
      return fault(draw, request);
    },
  };
}

/** The true answer bent; `bend` gives null for one that it cannot bend. */
export function bent(
  name: string,
  fits: Oddity['fits'],
  bend: (answer: Forwarded, scene: Scene, request: FaultyRequest) => Forwarded | null,
): Oddity {
  return {
    name,
    fits,
    fault: (scene, request, met) => ({
      kind: 'rewrite',
      rewrite: (answer) => {
        const other = bend(answer, scene, request);
        if (other === null) return answer;
        met();
        return other;
      },
    }),
  };
}

export function withHeader(answer: Forwarded, name: string, value: string | null): Forwarded {
  const { [name]: _before, ...headers } = answer.headers;
  return { ...answer, headers: value === null ? headers : { ...headers, [name]: value } };
}

/** The fields of a success, or null where it is none. */
export function fieldsOf(answer: Forwarded): Fields | null {
  const body = answer.status === 200 || answer.status === 201 ? jsonOf(answer.body.toString('utf8')) : null;
  return typeof body === 'object' && body !== null && !Array.isArray(body) ? { ...body } : null;
}

export function listOf(fields: Fields, name: string): readonly Fields[] {
  const list = fields[name];
  return Array.isArray(list)
    ? list.filter((entry): entry is Fields => typeof entry === 'object' && entry !== null)
    : [];
}

export function withFields(answer: Forwarded, fields: Fields): Forwarded {
  return { ...answer, body: Buffer.from(JSON.stringify(fields)) };
}

/** The true answer with fields of its JSON changed; `change` gives null where it cannot. */
export function bentBody(
  name: string,
  fits: Oddity['fits'],
  change: (fields: Fields, scene: Scene) => Fields | null,
): Oddity {
  return bent(name, fits, (answer, scene) => {
    const fields = fieldsOf(answer);
    const changed = fields === null ? null : change(fields, scene);
    return changed === null ? null : withFields(answer, { ...fields, ...changed });
  });
}
