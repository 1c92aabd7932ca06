import type { PortalState } from '../../shared/domain/portal-state.ts';

type Colour = readonly [red: number, green: number, blue: number];
/** What a mark covers; both ways from the middle of the picture, in halves of its side. */
type Shape = (right: number, down: number) => boolean;

const petrol: Colour = [10, 100, 112];
/** A dark taskbar would swallow petrol: the rim stands out there, petrol does on a light one. */
const rim: Colour = [236, 244, 245];

/** Told apart by outline alone, at 16 pixels and by whoever sees no red and green; the colour says the same again. */
const marks: Readonly<Record<PortalState, { readonly colour: Colour; readonly covers: Shape }>> = {
  staffed: { colour: [150, 232, 170], covers: (right, down) => Math.hypot(right, down) <= 0.58 },
  unstaffed: {
    colour: [224, 224, 218],
    covers: (right, down) => Math.hypot(right, down) <= 0.62 && Math.hypot(right, down) > 0.34,
  },
  'read-only': {
    colour: [255, 208, 96],
    covers: (right, down) => Math.abs(right) <= 0.6 && Math.abs(down) <= 0.2,
  },
  unreachable: {
    colour: [255, 178, 162],
    covers: (right, down) =>
      Math.max(Math.abs(right), Math.abs(down)) <= 0.58 && Math.abs(Math.abs(right) - Math.abs(down)) <= 0.2,
  },
  unknown: {
    colour: [224, 224, 218],
    covers: (right, down) =>
      Math.abs(right) <= 0.19 && ((down >= -0.66 && down <= -0.3) || (down >= -0.1 && down <= 0.66)),
  },
};

/**
 * The tray's picture as BGRA rows of `side` pixels: a petrol square with round corners and a light rim, and on it the mark of the
 * portal's state. Drawn here because it changes with the state, and five files would have to change with it.
 */
export function trayPicture(side: number, state: PortalState): Uint8Array {
  const pixels = new Uint8Array(side * side * 4);
  const { colour, covers } = marks[state];
  const corner = side / 5;
  const rimWidth = side / 16;
  const half = side / 2;
  for (let y = 0; y < side; y += 1) {
    for (let x = 0; x < side; x += 1) {
      const away = Math.hypot(
        ...[x, y].map((at) => Math.max(corner - at - 0.5, at + 0.5 - (side - corner), 0)),
      );
      if (away > corner) continue;
      const [red, green, blue] =
        away > corner - rimWidth
          ? rim
          : covers((x + 0.5 - half) / half, (y + 0.5 - half) / half)
            ? colour
            : petrol;
      pixels.set([blue, green, red, 255], (y * side + x) * 4);
    }
  }
  return pixels;
}
