/**
 * Characters that change how the text around them is drawn, or are not drawn at all: controls, direction overrides and isolates,
 * zero-width marks, line separators, fillers and blanks of other scripts, lone surrogates, tags and private use.
 */
const unseen =
  /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\u2028\u2029\u115F\u1160\u2800\u3164\uFFA0\u{1D159}]|\u034F|\u17B4|\u17B5|\u{16FE4}/gu;

/**
 * A name from disk as it may be shown: each character that could hide or reorder the others becomes its code point in brackets, so
 * that `gpj.\u202Eexe` cannot pass for a picture. What is stored and sent stays the name as it was.
 */
export function displayName(name: string): string {
  return name.replace(
    unseen,
    (character) => `⟨U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟩`,
  );
}
