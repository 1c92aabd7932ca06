import { expect, test } from 'vitest';
import { trayPicture } from '../../electron/window/tray-picture.ts';
import { portalStates } from '../../shared/domain/portal-state.ts';

type Pixel = readonly number[];
const pixelsOf = (side: number, state: (typeof portalStates)[number]): Pixel[] => {
  const bytes = trayPicture(side, state);
  return Array.from({ length: side * side }, (_, at) => [...bytes.subarray(at * 4, at * 4 + 4)]);
};
const petrol = '112,100,10,255';
const dark: Pixel = [32, 32, 32];
const light: Pixel = [243, 243, 243];

/** Contrast of WCAG between two colours, blue first. */
function contrast(one: Pixel, other: Pixel): number {
  const luminance = ([blue = 0, green = 0, red = 0]: Pixel): number => {
    const [r = 0, g = 0, b = 0] = [red, green, blue].map((part) =>
      part / 255 <= 0.040_45 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4,
    );
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

for (const side of [16, 20, 24, 32]) {
  const marksOf = (state: (typeof portalStates)[number]): boolean[] => {
    const pixels = pixelsOf(side, state);
    return pixels.map((pixel, at) => {
      const [x, y] = [at % side, Math.floor(at / side)];
      const inside = Math.min(x, y, side - 1 - x, side - 1 - y) > side / 8;
      return inside && pixel.join(',') !== petrol;
    });
  };
  test(`tray picture tells every two states apart by outline alone when it is ${side} pixels wide`, () => {
    expect(portalStates.length).toBeGreaterThan(3);
    for (const one of portalStates)
      for (const other of portalStates.filter((state) => state !== one)) {
        const [first, second] = [marksOf(one), marksOf(other)];
        const differing = first.filter((covered, at) => covered !== second[at]).length;
        expect(differing / (side * side), `${one} beside ${other}`).toBeGreaterThan(0.06);
      }
  });
  test(`tray picture is clear in its corners and stands out on a light and on a dark taskbar when it is ${side} pixels wide`, () => {
    expect(portalStates.length).toBeGreaterThan(3);
    for (const state of portalStates) {
      const pixels = pixelsOf(side, state);
      expect(pixels[0]?.[3]).toBe(0);
      const rim = pixels[Math.floor(side / 2)] ?? [];
      const tile = pixels.find((pixel) => pixel.join(',') === petrol) ?? [];
      const mark = pixels[marksOf(state).indexOf(true)] ?? [];
      expect(contrast(rim, dark)).toBeGreaterThan(3);
      expect(contrast(tile, light)).toBeGreaterThan(3);
      expect(contrast(mark, tile)).toBeGreaterThan(3);
    }
  });
}
