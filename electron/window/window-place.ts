import { readFileSync } from 'node:fs';
import { type BrowserWindow, type Rectangle, screen } from 'electron';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';

const placeSchema = z.object({ x: z.number().int(), y: z.number().int(), width: z.number().int().min(640), height: z.number().int().min(480), isMaximized: z.boolean() });
export type WindowPlace = z.infer<typeof placeSchema>;

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
    const place = placeSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
    return isReachable(place, screen.getAllDisplays().map((display) => display.workArea)) ? place : null;
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
      writeFileAtomic.sync(file, JSON.stringify({ x, y, width, height, isMaximized: window.isMaximized() }));
    } catch {
      // A full or read-only disk must not keep the window from closing.
    }
  });
}
