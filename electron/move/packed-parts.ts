import { AppFault } from '../../shared/domain/app-error.ts';

/** One part of a packed stream: its name, how long it is in bytes, and its bytes. */
export type Part = {
  readonly name: string;
  readonly sizeBytes: number;
  readonly bytes: AsyncIterable<Uint8Array>;
};

const lengthBytes = 2;
const sizeBytes = 8;
/** Longer names are nobody's of ours. */
const nameMaxBytes = 200;

/** A text as the bytes of a part. */
export async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text, 'utf8');
}

/** Parts one behind the other, each with its name and length in front. @throws AppFault export.failed when a part is not as long as it said */
export async function* packed(parts: AsyncIterable<Part>): AsyncGenerator<Uint8Array> {
  for await (const part of parts) {
    const name = Buffer.from(part.name, 'utf8');
    const front = Buffer.alloc(lengthBytes + name.length + sizeBytes);
    front.writeUInt16BE(name.length, 0);
    name.copy(front, lengthBytes);
    front.writeBigUInt64BE(BigInt(part.sizeBytes), lengthBytes + name.length);
    yield front;
    let left = part.sizeBytes;
    for await (const bytes of part.bytes) {
      left -= bytes.length;
      if (left < 0) throw new AppFault('export.failed');
      yield bytes;
    }
    if (left !== 0) throw new AppFault('export.failed');
  }
}

/** A stream from which a given number of bytes can be taken. */
type Reader = {
  /** As many bytes; null at the very end. */
  readonly take: (count: number) => Promise<Buffer | null>;
  readonly pass: (count: number) => AsyncGenerator<Uint8Array>;
};

function readerOf(source: AsyncIterable<Uint8Array>): Reader {
  const iterator = source[Symbol.asyncIterator]();
  let held: Uint8Array = new Uint8Array(0);
  const next = async (): Promise<boolean> => {
    const { done, value } = await iterator.next();
    if (done === true) return false;
    held = value;
    return true;
  };
  const some = async (atMost: number): Promise<Uint8Array> => {
    while (held.length === 0) if (!(await next())) throw new AppFault('move.damaged');
    const given = held.subarray(0, atMost);
    held = held.subarray(given.length);
    return given;
  };
  return {
    take: async (count) => {
      while (held.length === 0) if (!(await next())) return null;
      const taken: Uint8Array[] = [];
      for (let left = count; left > 0; ) {
        const given = await some(left);
        taken.push(given);
        left -= given.length;
      }
      return Buffer.concat(taken);
    },
    pass: async function* (count) {
      for (let left = count; left > 0; ) {
        const given = await some(left);
        left -= given.length;
        yield given;
      }
    },
  };
}

/**
 * The parts of a packed stream, in order. `take` reads each to its end.
 * @returns how many there were
 * @throws AppFault move.damaged when the stream ends within a part, or is none; what `take` throws
 */
export async function eachPart(
  source: AsyncIterable<Uint8Array>,
  take: (part: Part) => Promise<void>,
): Promise<number> {
  const reader = readerOf(source);
  for (let count = 0; ; count += 1) {
    const length = await reader.take(lengthBytes);
    if (length === null) return count;
    const nameBytes = length.readUInt16BE(0);
    if (nameBytes === 0 || nameBytes > nameMaxBytes) throw new AppFault('move.damaged');
    const front = await reader.take(nameBytes + sizeBytes);
    const size = Number(front?.readBigUInt64BE(nameBytes) ?? -1n);
    if (front === null || !Number.isSafeInteger(size)) throw new AppFault('move.damaged');
    await take({
      name: front.toString('utf8', 0, nameBytes),
      sizeBytes: size,
      bytes: reader.pass(size),
    });
  }
}
