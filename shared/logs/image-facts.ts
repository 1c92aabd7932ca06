import { evidenceLimits } from '../domain/evidence-limits.ts';

/** An image by its first bytes: what it is and how large it is drawn. Zero pixels when the header is cut or odd. */
export type ImageFacts = {
  readonly mimeType: 'image/png' | 'image/jpeg';
  readonly widthPx: number;
  readonly heightPx: number;
};

const pngMagic = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

function pngFacts(bytes: Uint8Array, view: DataView): ImageFacts {
  const whole = bytes.length >= 24;
  return {
    mimeType: 'image/png',
    widthPx: whole ? view.getUint32(16) : 0,
    heightPx: whole ? view.getUint32(20) : 0,
  };
}

/** Start-of-frame markers carry the size; 0xC4, 0xC8 and 0xCC share the range but mean tables. */
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;

function jpegFacts(bytes: Uint8Array, view: DataView): ImageFacts {
  let at = 2;
  while (at + 9 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1] ?? 0;
    if (isFrame(marker))
      return { mimeType: 'image/jpeg', widthPx: view.getUint16(at + 7), heightPx: view.getUint16(at + 5) };
    if (marker === 0xff) at += 1;
    else if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7)) at += 2;
    else at += 2 + Math.max(2, view.getUint16(at + 2));
  }
  return { mimeType: 'image/jpeg', widthPx: 0, heightPx: 0 };
}

/** Null when the bytes are no PNG or JPEG. Only the header is read; the picture itself may still be damaged. */
export function imageFacts(bytes: Uint8Array): ImageFacts | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (pngMagic.every((byte, index) => bytes[index] === byte)) return pngFacts(bytes, view);
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return jpegFacts(bytes, view);
  return null;
}

/** Whether a picture of `sizeBytes` may be unpacked in the window: few bytes may stand for very many pixels, and no size for any. */
export function isShowable({ widthPx, heightPx }: ImageFacts, sizeBytes: number): boolean {
  const pixels = widthPx * heightPx;
  return sizeBytes <= evidenceLimits.pictureBytes && pixels > 0 && pixels <= evidenceLimits.picturePixels;
}
