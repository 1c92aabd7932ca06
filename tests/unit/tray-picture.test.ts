import { expect, test } from 'vitest';
import { trayPicture } from '../../electron/window/tray-picture.ts';
import { portalStates } from '../../shared/domain/portal-state.ts';

const at = (pixels: Uint8Array, side: number, x: number, y: number): number[] => [...pixels.subarray((y * side + x) * 4, (y * side + x) * 4 + 4)];

test('tray picture is clear in its corners, solid within and of another colour for each kind of state', () => {
  const side = 32;
  const pictures = portalStates.map((state) => trayPicture(side, state));
  for (const pixels of pictures) {
    expect(pixels).toHaveLength(side * side * 4);
    expect(at(pixels, side, 0, 0)[3]).toBe(0);
    expect(at(pixels, side, 4, 16)).toEqual([112, 100, 10, 255]);
  }
  expect(new Set(pictures.map((pixels) => at(pixels, side, 21, 21).join(','))).size).toBe(4);
});
