import { sep } from 'node:path';

/** One spelling for each place: Windows tells no capital letters apart, and a drive's own folder ends in a backslash. */
function spelt(path: string, platform: NodeJS.Platform): string {
  const whole = path.endsWith(sep) ? path : `${path}${sep}`;
  return platform === 'win32' ? whole.toLowerCase() : whole;
}

/** True when both paths, written out whole, name the same place. */
export function isSamePlace(
  one: string,
  other: string,
  platform: NodeJS.Platform = process.platform,
): boolean {
  return spelt(one, platform) === spelt(other, platform);
}

/** True when a place is the folder itself or lies below it. */
export function isWithin(
  place: string,
  folder: string,
  platform: NodeJS.Platform = process.platform,
): boolean {
  return spelt(place, platform).startsWith(spelt(folder, platform));
}
