const lastWritableMs = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/** A file's time as an instant. Files copied from broken disks carry times no calendar has; those become the nearest one it has. */
export function fileInstant(modifiedAtMs: number): string {
  const known = Number.isFinite(modifiedAtMs) ? modifiedAtMs : 0;
  return new Date(Math.min(Math.max(Math.floor(known), 0), lastWritableMs)).toISOString();
}
