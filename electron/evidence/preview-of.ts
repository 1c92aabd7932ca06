import type { EvidenceKind, EvidencePreview } from '../../shared/domain/evidence.ts';
import { decodeText } from '../../shared/logs/decode-text.ts';
import { imageFacts, isShowable } from '../../shared/logs/image-facts.ts';

/** The bytes to show: their first `evidenceLimits.previewBytes`, what they belong to, and how to have all of them. */
export type PreviewSource = {
  readonly head: Uint8Array;
  readonly kind: EvidenceKind;
  readonly sizeBytes: number;
  readonly tailOnly: boolean;
  readonly whole: () => Promise<Uint8Array<ArrayBuffer>>;
};

/** What the window may show of a file: text as text, a picture it can bear, and never what is for the vendor alone. @throws what `whole` throws */
export async function previewOf({
  head,
  kind,
  sizeBytes,
  tailOnly,
  whole,
}: PreviewSource): Promise<EvidencePreview> {
  if (kind === 'protected-package' || kind === 'ecu-read')
    return { kind: head.length === 0 ? 'empty' : 'protected' };
  const image = imageFacts(head);
  if (image !== null) {
    if (!isShowable(image, sizeBytes))
      return { kind: 'large-image', widthPx: image.widthPx, heightPx: image.heightPx };
    return { kind: 'image', ...image, bytes: await whole() };
  }
  const decoded = decodeText(head, tailOnly);
  switch (decoded.kind) {
    case 'text':
      return {
        kind: 'text',
        encoding: decoded.encoding,
        text: decoded.text,
        truncated: sizeBytes > head.length,
      };
    case 'binary':
      return { kind: 'protected' };
    case 'empty':
      return { kind: 'empty' };
  }
}
