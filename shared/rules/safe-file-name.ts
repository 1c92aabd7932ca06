const maxStemChars = 100;
const reserved = /^(con|prn|aux|nul|com\d|lpt\d)$/iu;

/**
 * A name that every file system takes, close to the original: forbidden and invisible characters become `_`, reserved device names
 * get a `_`, trailing dots and spaces go, at most 120 characters (A4). Names already in `taken` (lower case) get a number.
 */
export function safeFileName(name: string, taken: ReadonlySet<string> = new Set()): string {
  const clean = name
    .normalize('NFC')
    .replace(/[<>:"/\\|?*\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '_')
    .replace(/[. ]+$/u, '')
    .replace(/^\s+/u, '');
  const dot = clean.lastIndexOf('.');
  const extension = dot > 0 && clean.length - dot <= 16 ? clean.slice(dot) : '';
  const stemText = [...(extension === '' ? clean : clean.slice(0, dot))]
    .slice(0, maxStemChars)
    .join('')
    .replace(/[. ]+$/u, '');
  const stem = stemText === '' || reserved.test(stemText) ? `_${stemText}` : stemText;
  for (let count = 1; ; count += 1) {
    const candidate = count === 1 ? `${stem}${extension}` : `${stem} (${count})${extension}`;
    if (!taken.has(candidate.toLowerCase())) return candidate;
  }
}
