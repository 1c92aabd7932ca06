const two = (value: number): string => String(value).padStart(2, '0');

/** "00:14:32": hours, minutes, seconds of a time that passed. */
export function durationText(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  return `${two(Math.floor(seconds / 3_600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}
