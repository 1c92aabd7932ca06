import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bytesOf, eachPart, packed, type Part } from '../../electron/move/packed-parts.ts';
import { assertHead, headBytes, pieceBytes, sealed, unsealed } from '../../electron/move/sealed-file.ts';
import type { AppFault } from '../../shared/domain/app-error.ts';

/** Trying a passphrase costs next to nothing here. */
const cost = 16;
const passphrase = 'quattro parole molto lunghe';

async function* given(...pieces: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* pieces;
}
async function all(bytes: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of bytes) pieces.push(piece);
  return Buffer.concat(pieces);
}
const seal = (plain: Uint8Array, word = passphrase): Promise<Buffer> => all(sealed(given(plain), word, cost));
/** What opening comes to: the plain bytes, or the code of the refusal. */
async function opened(file: Buffer, word = passphrase): Promise<Buffer | string> {
  try {
    return await all(unsealed(file.subarray(0, headBytes), given(file.subarray(headBytes)), word, cost));
  } catch (error) {
    return (error as AppFault).error.code;
  }
}

test('sealed file gives back what was sealed when it is empty, one piece, just under, at and over whole pieces', async () => {
  const sizes = [0, 1, pieceBytes - 1, pieceBytes, pieceBytes + 1, 3 * pieceBytes];
  for (const size of sizes) {
    const plain = randomBytes(size);
    expect((await opened(await seal(plain))).toString('hex') === plain.toString('hex')).toBe(true);
  }
  expect(sizes).toHaveLength(6);
});

test('sealed file is refused when any byte of it is another', async () => {
  const file = await seal(Buffer.from('bozze, conversazioni e file'));
  const codes = new Map<string, number>();
  for (let at = 0; at < file.length; at += 1)
    for (const flip of [0x01, 0x80]) {
      const other = Buffer.from(file);
      other.writeUInt8(file.readUInt8(at) ^ flip, at);
      const code = await opened(other);
      if (typeof code !== 'string') throw new Error(`a flip at ${at} was not seen`);
      codes.set(code, (codes.get(code) ?? 0) + 1);
    }
  expect([...codes.values()].reduce((sum, count) => sum + count, 0)).toBe(2 * file.length);
  expect([...codes.keys()].toSorted()).toEqual([
    'move.damaged',
    'move.newer',
    'move.notOurs',
    'move.passphrase',
  ]);
});

test('sealed file is refused when it is cut at any length, or something stands behind it', async () => {
  const file = await seal(Buffer.from('bozze, conversazioni e file'));
  let refused = 0;
  for (let length = 0; length < file.length; length += 1)
    if (typeof (await opened(file.subarray(0, length))) === 'string') refused += 1;
  expect(refused).toBe(file.length);
  expect(await opened(Buffer.concat([file, Buffer.from([0])]))).toBe('move.damaged');
});

test('sealed file is refused when its pieces are left out, repeated, swapped, or cut at their borders', async () => {
  const file = await seal(randomBytes(3 * pieceBytes + 10));
  const head = file.subarray(0, headBytes);
  const whole = pieceBytes + 16;
  const piece = (nth: number): Buffer =>
    file.subarray(headBytes + nth * whole, Math.min(file.length, headBytes + (nth + 1) * whole));
  const orders = [[0, 1, 2], [0, 1], [0], [], [1, 2, 3], [0, 2, 3], [0, 2, 1, 3], [0, 0, 1, 2, 3], [3]];
  const codes = await Promise.all(orders.map((order) => opened(Buffer.concat([head, ...order.map(piece)]))));
  expect(codes).toEqual(orders.map(() => 'move.damaged'));
  expect(typeof (await opened(Buffer.concat([head, ...[0, 1, 2, 3].map(piece)])))).toBe('object');
  // A piece of another file under the same passphrase fits nowhere.
  const other = await seal(randomBytes(3 * pieceBytes + 10));
  expect(await opened(Buffer.concat([other.subarray(0, headBytes), ...[0, 1, 2, 3].map(piece)]))).toBe(
    'move.damaged',
  );
});

test('sealed file is refused in its own words when the passphrase is another, it is of a later version, or is no such file', async () => {
  const file = await seal(Buffer.from('x'));
  expect(await opened(file, 'quattro parole molto lunghE')).toBe('move.passphrase');
  expect(await opened(file, ` ${passphrase}`)).toBe('move.passphrase');
  const later = Buffer.from(file);
  later.writeUInt16BE(2, 8);
  expect(await opened(later)).toBe('move.newer');
  for (const bytes of [
    Buffer.alloc(0),
    Buffer.from('SQLite format 3\0'),
    Buffer.from('PK\u0003\u0004'),
    randomBytes(200),
  ])
    expect(() => assertHead(bytes)).toThrow('move.notOurs');
  expect(() => assertHead(file.subarray(0, headBytes - 1))).toThrow('move.damaged');
  // One sign of a passphrase may be written in two ways.
  expect(
    (await opened(await seal(Buffer.from('x'), 'perche\u0301 no, dodici'), 'perché no, dodici')).toString(),
  ).toBe('x');
});

test('sealed file holds nothing that can be read, and no two are alike', async () => {
  const plain = Buffer.from('WVWZZZ1KZAW000001 '.repeat(50));
  const [one, other] = [await seal(plain), await seal(plain)];
  expect(one.includes('WVWZZZ')).toBe(false);
  expect(one.subarray(10).equals(other.subarray(10))).toBe(false);
});

test('packed parts come back as they were when they are read in pieces of any size', async () => {
  let runs = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.string({ minLength: 1, maxLength: 20 }), fc.uint8Array({ maxLength: 300 })), {
        maxLength: 8,
      }),
      fc.integer({ min: 1, max: 97 }),
      async (parts, step) => {
        runs += 1;
        const stream = await all(
          packed(
            (async function* () {
              for (const [name, bytes] of parts) yield { name, sizeBytes: bytes.length, bytes: given(bytes) };
            })(),
          ),
        );
        const pieces = async function* (): AsyncGenerator<Uint8Array> {
          for (let at = 0; at < stream.length; at += step) yield stream.subarray(at, at + step);
        };
        const back: [string, string][] = [];
        const count = await eachPart(pieces(), async ({ name, bytes }) => {
          back.push([name, (await all(bytes)).toString('hex')]);
        });
        expect(count).toBe(parts.length);
        expect(back).toEqual(parts.map(([name, bytes]) => [name, Buffer.from(bytes).toString('hex')]));
      },
    ),
    { numRuns: 60 },
  );
  expect(runs).toBeGreaterThanOrEqual(60);
});

test('packed parts are refused when the stream ends within one, and when a part is not as long as it said', async () => {
  const part = (text: string, sizeBytes: number): AsyncGenerator<Part> =>
    (async function* () {
      yield { name: 'a', sizeBytes, bytes: bytesOf(text) };
    })();
  const stream = await all(packed(part('hello', 5)));
  let refused = 0;
  for (let length = 1; length < stream.length; length += 1)
    await eachPart(given(stream.subarray(0, length)), async ({ bytes }) => void (await all(bytes))).catch(
      (error: AppFault) => {
        expect(error.error.code).toBe('move.damaged');
        refused += 1;
      },
    );
  expect(refused).toBe(stream.length - 1);
  for (const size of [4, 6]) await expect(all(packed(part('hello', size)))).rejects.toThrow('export.failed');
});
