import { readFileSync, writeFileSync } from 'node:fs';
import { type BrowserWindow, type Rectangle, screen } from 'electron';

export type WindowPlace = Rectangle & { readonly isMaximized: boolean };

/** Five numbers on a line, because this is read before the window opens, and a schema library takes longer to load than the file. */
const linePattern = /^(-?\d{1,6}) (-?\d{1,6}) (\d{3,5}) (\d{3,5}) ([01])$/u;

/** How much of the window must be on a screen to be reached by the mouse, in pixels. */
const reachablePx = 80;

/** True when enough of the window lies on one of the screens: one of them may have been unplugged. */
export function isReachable(place: Rectangle, screens: readonly Rectangle[]): boolean {
  return screens.some((area) => {
    const wide = Math.min(place.x + place.width, area.x + area.width) - Math.max(place.x, area.x);
    const high = Math.min(place.y + reachablePx, area.y + area.height) - Math.max(place.y, area.y);
    return wide >= reachablePx && high > 0;
  });
}

/** Where the window stood last time; null when it never stood, or when that place is gone. Half a screen stays half a screen. */
export function lastPlace(file: string): WindowPlace | null {
  try {
    const [, x, y, width, height, maximized] = linePattern.exec(readFileSync(file, 'utf8')) ?? [];
    if (maximized === undefined) return null;
    const place = {
      x: Number(x),
      y: Number(y),
      width: Number(width),
      height: Number(height),
      isMaximized: maximized === '1',
    };
    return isReachable(
      place,
      screen.getAllDisplays().map((display) => display.workArea),
    )
      ? place
      : null;
  } catch {
    // A place is a comfort: a file that is missing or odd only means the middle of the screen.
    return null;
  }
}

/** Remembers the place when the window closes. */
export function rememberPlace(window: BrowserWindow, file: string): void {
  window.on('close', () => {
    const { x, y, width, height } = window.getNormalBounds();
    try {
      writeFileSync(file, [x, y, width, height, window.isMaximized() ? 1 : 0].join(' '));
    } catch {
      // A full or read-only disk must not keep the window from closing.
    }
  });
}
