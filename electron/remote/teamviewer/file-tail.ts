import { type FileHandle, open } from 'node:fs/promises';

/** Lines written since the last look; null when the file cannot be read now. */
export type FileTail = { readonly newLines: () => Promise<readonly string[] | null> };

/** Most that is read at one look, in bytes; TeamViewer rolls its log at 1 MB. */
const mostBytes = 4 * 1024 * 1024;
/** Longest line that is waited for, in bytes: one that grows beyond it is none of TeamViewer's, and is passed over to its end. */
const longestLineBytes = 64 * 1024;
/** So many bytes before the place we stand at are compared at each look, to know the file again. */
const knownBytes = 256;

type Encoding = 'utf8' | 'utf16le';

async function bytesAt(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(Math.max(0, length));
  const { bytesRead } = await handle.read(buffer, 0, buffer.length, Math.max(0, position));
  return buffer.subarray(0, bytesRead);
}

async function encodingOf(handle: FileHandle): Promise<Encoding> {
  const head = await bytesAt(handle, 0, 2);
  return head[0] === 0xff && head[1] === 0xfe ? 'utf16le' : 'utf8';
}

/** Whether what stood before this place stands there still; a file that was written anew has something else there, or ends before it. */
async function isSame(handle: FileHandle, position: number, before: Buffer): Promise<boolean> {
  return (await bytesAt(handle, position - before.length, before.length)).equals(before);
}

async function opened<T>(path: string, use: (handle: FileHandle) => Promise<T>): Promise<T | null> {
  const handle = await open(path, 'r').catch(() => null);
  if (handle === null) return null;
  try {
    return await use(handle);
  } catch {
    // A folder, or a disk that went: it cannot be read now.
    return null;
  } finally {
    await handle.close();
  }
}

/** The lines in these bytes that have an end, and the bytes after the last of them. */
function split(bytes: Buffer, encoding: Encoding): { readonly lines: string[]; readonly rest: Buffer } {
  const whole =
    encoding === 'utf16le' ? bytes.toString('utf16le').lastIndexOf('\n') * 2 + 2 : bytes.lastIndexOf(10) + 1;
  const lines = bytes.subarray(0, whole).toString(encoding).split('\n').slice(0, -1);
  return { lines, rest: Buffer.from(bytes.subarray(whole)) };
}

const plain = (line: string): string => line.replace(/^\uFEFF|\r$/gu, '');

/**
 * Follows a text file that another program writes, rolls over or writes anew; UTF-8, or UTF-16 where its mark says so. When it is another
 * file than before, what was still unread is read from where it was moved to, and the new one from its start.
 * @param rolledTo where the other program moves the old file; null when it has no such habit
 * @param standsOpen the last line has no end until the next one begins: it is given once it has not changed between two looks, and not
 * again when its end comes. Otherwise a line without an end is one half-written, and waits
 */
export function fileTail(
  path: string,
  fromStart: boolean,
  rolledTo: string | null,
  standsOpen = rolledTo === null,
): FileTail {
  let position: number | null = fromStart ? 0 : null;
  let before: Buffer = Buffer.alloc(0);
  let rest: Buffer = Buffer.alloc(0);
  /** What was read last of a line that is too long to be waited for: everything up to its end goes with it. */
  let isPassingOver = false;
  let pending = '';
  let told: string | null = null;

  const take = (bytes: Buffer, encoding: Encoding): string[] => {
    const found = split(Buffer.concat([rest, bytes]), encoding);
    const lines = found.lines.slice(isPassingOver ? 1 : 0).map(plain);
    isPassingOver = found.rest.length > longestLineBytes || (isPassingOver && found.lines.length === 0);
    // The half of a character in UTF-16 stays, so that what follows is read in step.
    rest = isPassingOver ? found.rest.subarray(found.rest.length - (found.rest.length % 2)) : found.rest;
    if (lines.length === 0 || told === null) return lines;
    const isTold = lines[0] === told;
    told = null;
    return isTold ? lines.slice(1) : lines;
  };
  const openLine = (encoding: Encoding): readonly string[] => {
    const last = isPassingOver ? '' : plain(rest.toString(encoding));
    const stands = last !== '' && last === pending && last !== told;
    pending = last;
    if (!standsOpen || !stands) return [];
    told = last;
    return [last];
  };
  const restart = (): void => {
    [position, before, rest, pending, told, isPassingOver] = [
      0,
      Buffer.alloc(0),
      Buffer.alloc(0),
      '',
      null,
      false,
    ];
  };
  const readOn = async (handle: FileHandle, from: number, encoding: Encoding): Promise<string[]> => {
    const { size } = await handle.stat();
    const bytes = await bytesAt(handle, from, Math.min(size - from, mostBytes));
    position = from + bytes.length;
    before = Buffer.concat([before, bytes]).subarray(-knownBytes);
    return take(bytes, encoding);
  };
  const beginAtEnd = async (handle: FileHandle): Promise<number> => {
    const { size } = await handle.stat();
    const end = (await encodingOf(handle)) === 'utf16le' ? size - (size % 2) : size;
    before = await bytesAt(handle, end - knownBytes, Math.min(end, knownBytes));
    return end;
  };
  const look = async (handle: FileHandle): Promise<readonly string[]> => {
    const stood = position ?? (await beginAtEnd(handle));
    position = stood;
    // Asked first: what was taken must not be lost to a look that fails afterwards.
    const encoding = await encodingOf(handle);
    if (await isSame(handle, stood, before))
      return [...(await readOn(handle, stood, encoding)), ...openLine(encoding)];
    const unread =
      rolledTo === null
        ? null
        : await opened(rolledTo, async (old) =>
            (await isSame(old, stood, before)) ? readOn(old, stood, await encodingOf(old)) : [],
          );
    restart();
    return [...(unread ?? []), ...(await readOn(handle, 0, encoding)), ...openLine(encoding)];
  };
  return {
    newLines: async () => {
      const lines = await opened(path, look);
      // Not there yet: whatever will be written into it is new.
      if (lines === null) position ??= 0;
      return lines;
    },
  };
}
