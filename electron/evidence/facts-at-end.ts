import { evidenceLimits } from '../../shared/domain/evidence-limits.ts';
import { decodeText } from '../../shared/logs/decode-text.ts';
import { type ErrorFacts, errorFacts } from '../../shared/logs/error-facts.ts';

/** A file as far as its end is concerned. */
export type EndedFile = {
  readonly name: string;
  readonly sizeBytes: number;
  /** It is itself the end of a larger one. */
  readonly tailOnly: boolean;
};

/**
 * What a LOG says of its failure, from its last 256 KB: the end holds the last one. Null when it is no readable text.
 * @param stretch reads `length` bytes from `start`
 * @throws what `stretch` throws
 */
export async function factsAtEnd(
  { name, sizeBytes, tailOnly }: EndedFile,
  stretch: (start: number, length: number) => Promise<Uint8Array>,
): Promise<ErrorFacts | null> {
  const length = Math.min(sizeBytes, evidenceLimits.previewBytes);
  // An even start keeps UTF-16 pairs whole.
  const start = Math.floor((sizeBytes - length) / 2) * 2;
  const decoded = decodeText(await stretch(start, length), start > 0 || tailOnly);
  return decoded.kind === 'text' ? errorFacts(decoded.text, name) : null;
}
