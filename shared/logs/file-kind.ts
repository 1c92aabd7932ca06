import type { EvidenceKind } from '../domain/evidence.ts';
import { type DecodedText, decodeText } from './decode-text.ts';
import { imageFacts } from './image-facts.ts';
import { lineStamp } from './line-stamp.ts';
import { textLines } from './text-lines.ts';
import { isLogEntry, zipFacts } from './zip-names.ts';

/** What is known of a file without opening it further. `head` null: not read (yet); `tail` only helps with archives. */
export type FileFacts = {
  readonly name: string;
  readonly sizeBytes: number;
  readonly head: Uint8Array | null;
  readonly tail?: Uint8Array;
};

const ecuExtensions = new Set(['epr', 'mpc', 'mcp']);
const textExtensions = new Set(['txt', 'csv', 'ini', 'json', 'xml']);
const documentExtensions = new Set(['pdf', 'doc', 'docx', 'rtf', 'odt', 'xls', 'xlsx', 'htm', 'html']);
const imageExtensions = new Set(['png', 'jpg', 'jpeg']);
const memoryExtensions = new Set(['', 'bin', 'ori', 'orig', 'mod', 'fls', 'eep']);
/** A failure package is said to be 0.5-2 MB (FACT-LOG-2); room on both sides because the source is one forum. */
const packageBytes = { from: 256 * 1024, to: 4 * 1024 * 1024 };
/** ECU memories come in whole 32 KB blocks; a ciphered package has no reason to. */
const memoryBlockBytes = 32 * 1024;

/** Name without its last extension, and the extension in lower case ('' when there is none). A leading dot is no extension. */
export function splitName(name: string): { readonly base: string; readonly extension: string } {
  const dot = name.lastIndexOf('.');
  return dot <= 0
    ? { base: name, extension: '' }
    : { base: name.slice(0, dot), extension: name.slice(dot + 1).toLowerCase() };
}

/** What a program, or Windows, hangs on the name of a LOG that it begins anew or copies: `.1`, `.old`, `.bak`, a day, ` (2)`. */
const rotated =
  /(?:[._-](?:\d{1,3}|\d{4}-?\d{2}-?\d{2}(?:[T_.-]?\d{2,6})?|old|bak|prev|previous|orig|tmp|sav|save)| \(\d{1,3}\)| - (?:copy|copia|kopie))$/iu;
const mostRotations = 3;
/** The word "log" within a name, and no catalogue, clock or blog: nothing but a letter makes another word of it. */
const logWord =
  /(?:^|[^\p{L}])(?:log|logs|logfile)(?![\p{L}])|[\p{Ll}\d](?:Log|Logfile|LogFile)(?![\p{Ll}])|(?:^|[^\p{L}])(?:error|debug|event|trace|ktag|kess|ecu|read|write|flash|system|app|tool|session)logs?(?![\p{L}])/u;
/** What is written with "log" and is another thing: a list of changes, the way in. */
const otherWord =
  /(?:change|release|web|sign|dia|cata|ana|pro|epi|mono|b)[ _-]?log|log[ _-](?:in|out|on|off|book)(?![\p{L}])/iu;

/** A name without what Windows drops at its end and what was hung on it. */
function nameBefore(name: string): string {
  let before = name.slice(-300).replace(/[.\s~]{1,300}$/u, '');
  for (let count = 0; count < mostRotations; count += 1) before = before.replace(rotated, '');
  return before;
}

const hasLogWord = (base: string): boolean =>
  !otherWord.test(base) && (logWord.test(base) || logWord.test(base.toLowerCase()));

const hasLogName = (name: string): boolean => {
  const { base, extension } = splitName(nameBefore(name));
  if (base.startsWith('.')) return false;
  return /^log\d{0,4}$/u.test(extension) || ((extension === 'txt' || extension === '') && hasLogWord(base));
};

const packed = /\.(?:gz|tgz|zip|7z|rar|xz|bz2)$/iu;
/** A LOG's name within the name of an archive: `ktag.log.gz`. */
const hasPackedLogName = (name: string): boolean => {
  const within = nameBefore(name).replace(packed, '');
  return hasLogName(within);
};

/** Lines that say when they were written: a text of them is a LOG, whatever it is called. */
const leastStamped = 3;
function readsAsLog(text: string): boolean {
  const lines = textLines(text).filter((line) => line.trim() !== '');
  const stamped = lines.filter((line) => lineStamp(line).atMs !== null).length;
  return stamped >= leastStamped && stamped * 2 >= lines.length;
}

function kindByName(name: string): EvidenceKind {
  const { extension } = splitName(name);
  if (ecuExtensions.has(extension)) return 'ecu-read';
  if (hasLogName(name)) return 'log';
  if (imageExtensions.has(extension)) return 'image';
  if (textExtensions.has(extension)) return 'text';
  return documentExtensions.has(extension) ? 'document' : 'other';
}

const archiveMagics = [
  [0x50, 0x4b, 3, 4],
  [0x37, 0x7a, 0xbc, 0xaf],
  [0x52, 0x61, 0x72, 0x21],
  [0x1f, 0x8b],
];
const isArchive = (head: Uint8Array): boolean =>
  archiveMagics.some((magic) => magic.every((byte, index) => head[index] === byte));

function opaqueKind(name: string, sizeBytes: number): EvidenceKind {
  if (hasLogName(name)) return 'protected-package';
  const { extension } = splitName(name);
  if (memoryExtensions.has(extension) && sizeBytes > 0 && sizeBytes % memoryBlockBytes === 0)
    return 'ecu-read';
  return extension === '' && sizeBytes >= packageBytes.from && sizeBytes <= packageBytes.to
    ? 'protected-package'
    : 'other';
}

/**
 * What a file seems to be. A guess, shown as one (FACT-LOG-1): the name decides ECU reads, the first
 * bytes decide images and archives, and unreadable bytes under a LOG's name count as ciphered, for the vendor only.
 */
export function fileKind({ name, sizeBytes, head, tail }: FileFacts): EvidenceKind {
  const named = kindByName(name);
  if (named === 'ecu-read' || head === null || head.length === 0) return named;
  if (imageFacts(head) !== null) return 'image';
  const zip = zipFacts(head, tail);
  if (zip !== null)
    return zip.names.some(isLogEntry) ||
      (zip.ciphered && named !== 'document' && named !== 'text') ||
      hasLogName(name) ||
      splitName(nameBefore(name).replace(packed, '')).extension === 'log'
      ? 'protected-package'
      : named;
  if (isArchive(head)) return hasPackedLogName(name) ? 'protected-package' : named;
  if (named === 'document') return named;
  const decoded = decodeText(head);
  // A memory image has holes as well, and here and there a word.
  const isOpaque = decoded.kind === 'binary' || (named === 'other' && head.includes(0) && !isWide(decoded));
  if (isOpaque) return named === 'text' ? 'document' : opaqueKind(name, sizeBytes);
  if (named === 'text' || (named === 'other' && splitName(name).extension === ''))
    return decoded.kind === 'text' && readsAsLog(decoded.text) ? 'log' : named;
  return named === 'image' ? 'other' : named;
}

const isWide = (decoded: DecodedText): boolean =>
  decoded.kind === 'text' && decoded.encoding.startsWith('utf-16');

/**
 * ECU reads among the files of one folder: members of a backup share a base name (`NAME`, `NAME.EPR`, `NAME.MPC`; FACT-LOG-3).
 * Returns the group of each member by its name; files outside a group are absent. Case is ignored, as Windows does.
 */
export function ecuReadGroups(names: readonly string[]): ReadonlyMap<string, string> {
  const bases = new Map<string, string>();
  for (const name of names) {
    const { base, extension } = splitName(name);
    if (ecuExtensions.has(extension) && !bases.has(base.toLowerCase())) bases.set(base.toLowerCase(), base);
  }
  const groups = new Map<string, string>();
  for (const name of names) {
    const { base, extension } = splitName(name);
    const group =
      bases.get(name.toLowerCase()) ??
      (ecuExtensions.has(extension) ? bases.get(base.toLowerCase()) : undefined);
    if (group !== undefined) groups.set(name, group);
  }
  return groups;
}
