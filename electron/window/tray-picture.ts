import type { PortalState } from '../../shared/domain/portal-state.ts';

/** Red, green, blue of the mark for each state; the words beside it say the same. */
const marks: Readonly<Record<PortalState, readonly [number, number, number]>> = {
  staffed: [64, 160, 96], unstaffed: [150, 146, 138], 'read-only': [196, 140, 40], unreachable: [196, 64, 52], unknown: [150, 146, 138],
};
const petrol = [10, 100, 112] as const;

/**
 * The tray's picture as BGRA rows of `side` pixels: a petrol square with round corners, and a disc in the colour of the portal's state.
 * Drawn here because it changes with the state, and five files would have to change with it.
 */
export function trayPicture(side: number, state: PortalState): Uint8Array {
  const pixels = new Uint8Array(side * side * 4);
  const corner = side / 5;
  const [centre, radius] = [side * 0.66, side * 0.28];
  for (let y = 0; y < side; y += 1) {
    for (let x = 0; x < side; x += 1) {
      const away = [x, y].map((at) => Math.max(corner - at - 0.5, at + 0.5 - (side - corner), 0));
      if (Math.hypot(...away) > corner) continue;
      const [red, green, blue] = Math.hypot(x + 0.5 - centre, y + 0.5 - centre) <= radius ? marks[state] : petrol;
      pixels.set([blue, green, red, 255], (y * side + x) * 4);
    }
  }
  return pixels;
}
