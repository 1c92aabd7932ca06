import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  randomBytes,
  scrypt,
  timingSafeEqual,
} from 'node:crypto';
import { AppFault } from '../../shared/domain/app-error.ts';

/** What every sealed file begins with; the version of the format stands behind it, in two bytes. */
const magic = Buffer.from('OFSUMOVE', 'latin1');
const version = 1;
const saltBytes = 16;
const prefixBytes = 7;
const checkBytes = 16;
const tagBytes = 16;
const beforeCheck = magic.length + 2 + saltBytes + prefixBytes;

/** Everything in front of the first piece, in bytes. */
export const headBytes = beforeCheck + checkBytes;
/** What is sealed at once, in bytes: no more than two pieces are ever held in memory. */
export const pieceBytes = 64 * 1024;

/** How dear it is to try a passphrase (scrypt's N; r = 8, p = 1): 128 MB and some tenths of a second. A part of version 1 of the format. */
export const usualCost = 2 ** 17;

const keyMemoryBytes = 256 * 1024 * 1024;

type Keys = { readonly key: Buffer; readonly check: Buffer };

function keysOf(passphrase: string, start: Buffer, cost: number): Promise<Keys> {
  const salt = start.subarray(magic.length + 2, magic.length + 2 + saltBytes);
  return new Promise((resolve, reject) => {
    scrypt(
      Buffer.from(passphrase.normalize('NFKC'), 'utf8'),
      salt,
      64,
      { N: cost, r: 8, p: 1, maxmem: keyMemoryBytes },
      (error, both) =>
        error === null
          ? resolve({
              key: both.subarray(0, 32),
              check: createHmac('sha256', both.subarray(32)).update(start).digest().subarray(0, checkBytes),
            })
          : reject(error),
    );
  });
}

/** Each piece has its number and whether it is the last: none can be left out, repeated, moved or cut off unseen. */
function nonceOf(start: Buffer, nth: number, isLast: boolean): Buffer {
  const nonce = Buffer.alloc(prefixBytes + 5);
  start.copy(nonce, 0, beforeCheck - prefixBytes, beforeCheck);
  nonce.writeUInt32BE(nth, prefixBytes);
  nonce[prefixBytes + 4] = isLast ? 1 : 0;
  return nonce;
}

/** The same bytes in pieces of this size, of which only the last may be shorter; at least one. */
async function* inPieces(
  source: AsyncIterable<Uint8Array>,
  size: number,
): AsyncGenerator<{ readonly bytes: Buffer; readonly isLast: boolean }> {
  let held = Buffer.alloc(0);
  for await (const bytes of source) {
    held = held.length === 0 ? Buffer.from(bytes) : Buffer.concat([held, bytes]);
    // One is kept back: whether it is the last is known only when there is more, or the end.
    let from = 0;
    for (; held.length - from > size; from += size)
      yield { bytes: held.subarray(from, from + size), isLast: false };
    held = held.subarray(from);
  }
  yield { bytes: held, isLast: true };
}

/** Seals what comes, piece by piece, for whoever knows the passphrase. @param cost less than usual in tests only */
export async function* sealed(
  plain: AsyncIterable<Uint8Array>,
  passphrase: string,
  cost: number = usualCost,
): AsyncGenerator<Buffer> {
  const start = Buffer.concat([
    magic,
    Buffer.from([version >> 8, version & 0xff]),
    randomBytes(saltBytes + prefixBytes),
  ]);
  const { key, check } = await keysOf(passphrase, start, cost);
  const head = Buffer.concat([start, check]);
  yield head;
  let nth = 0;
  for await (const { bytes, isLast } of inPieces(plain, pieceBytes)) {
    const cipher = createCipheriv('aes-256-gcm', key, nonceOf(start, nth, isLast));
    cipher.setAAD(head);
    yield Buffer.concat([cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
    nth += 1;
  }
}

/**
 * Whether the first bytes are those of a sealed file that this program can open.
 * @throws AppFault move.notOurs, move.newer
 */
export function assertHead(head: Uint8Array): void {
  const bytes = Buffer.from(head);
  if (bytes.length < magic.length + 2 || !bytes.subarray(0, magic.length).equals(magic))
    throw new AppFault('move.notOurs');
  const found = bytes.readUInt16BE(magic.length);
  if (found > version) throw new AppFault('move.newer');
  if (found < version) throw new AppFault('move.notOurs');
  if (bytes.length < headBytes) throw new AppFault('move.damaged');
}

/**
 * Opens a sealed file piece by piece. What it gives is whole only once it has ended: until then nothing of it may be used.
 * @throws AppFault move.notOurs, move.newer, move.passphrase, move.damaged
 */
export async function* unsealed(
  head: Buffer,
  bytes: AsyncIterable<Uint8Array>,
  passphrase: string,
  cost: number = usualCost,
): AsyncGenerator<Buffer> {
  assertHead(head);
  const start = head.subarray(0, beforeCheck);
  const { key, check } = await keysOf(passphrase, start, cost);
  if (!timingSafeEqual(check, head.subarray(beforeCheck))) throw new AppFault('move.passphrase');
  let nth = 0;
  for await (const piece of inPieces(bytes, pieceBytes + tagBytes)) {
    yield openedPiece(piece, key, { head, start, nth });
    nth += 1;
  }
}

function openedPiece(
  { bytes, isLast }: { readonly bytes: Buffer; readonly isLast: boolean },
  key: Buffer,
  { head, start, nth }: { readonly head: Buffer; readonly start: Buffer; readonly nth: number },
): Buffer {
  if (bytes.length < tagBytes) throw new AppFault('move.damaged');
  const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(start, nth, isLast), {
    authTagLength: tagBytes,
  });
  decipher.setAAD(head);
  decipher.setAuthTag(bytes.subarray(bytes.length - tagBytes));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(0, bytes.length - tagBytes)), decipher.final()]);
  } catch {
    throw new AppFault('move.damaged');
  }
}
