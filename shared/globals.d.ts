/**
 * All that `shared/` may use beyond the language itself: what is the same in a page and in Node. It stands here because shared/
 * is checked without the types of either, so that `process` or `window` is an error. A name is added only when both have it.
 */
declare class URL {
  static canParse(url: string): boolean;
  constructor(url: string);
  readonly href: string;
  readonly hostname: string;
}

declare class TextDecoder {
  constructor(encoding: string, options?: { readonly fatal?: boolean });
  decode(bytes: Uint8Array, options?: { readonly stream?: boolean }): string;
}

declare class TextEncoder {
  encode(text: string): Uint8Array;
}

/** A file as the page is handed it: passed on, never opened here. */
interface File {
  readonly name: string;
  readonly size: number;
}
