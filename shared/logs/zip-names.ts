/** What the visible headers of an archive say: entry names, and whether an entry is ciphered. Contents are never unpacked. */
export type ZipFacts = { readonly names: readonly string[]; readonly ciphered: boolean };

/** The two kinds of header that carry a name: in front of each entry, and in the directory at the end of the file. */
const headers = [
  { third: 3, fourth: 4, flags: 6, nameLength: 26, name: 30 },
  { third: 1, fourth: 2, flags: 8, nameLength: 28, name: 46 },
] as const;

/** Names seen in any stretch of a zip file (its head, its tail); null when the bytes do not begin like a zip. */
export function zipFacts(head: Uint8Array, tail: Uint8Array = new Uint8Array()): ZipFacts | null {
  if (!(head[0] === 0x50 && head[1] === 0x4b && head[2] === 3 && head[3] === 4)) return null;
  const names: string[] = [];
  let ciphered = false;
  for (const bytes of [head, tail]) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let at = 0; at + 30 <= bytes.length; at += 1) {
      if (bytes[at] !== 0x50 || bytes[at + 1] !== 0x4b) continue;
      const header = headers.find(({ third, fourth }) => bytes[at + 2] === third && bytes[at + 3] === fourth);
      if (header === undefined || at + header.name > bytes.length) continue;
      const length = view.getUint16(at + header.nameLength, true);
      if (length === 0 || length > 512 || at + header.name + length > bytes.length) continue;
      names.push(String.fromCharCode(...bytes.subarray(at + header.name, at + header.name + length)));
      ciphered = ciphered || (view.getUint16(at + header.flags, true) & 1) === 1;
    }
  }
  return { names: [...new Set(names)], ciphered };
}

/** True for the entry the vendor's failure packages hold (FACT-LOG-2: an archive with an entry "Log"). */
export function isLogEntry(name: string): boolean {
  return /^log(\.[a-z0-9]{1,4})?$/iu.test(name.split(/[\\/]/u).at(-1) ?? '');
}
