/** Moments of a start that the main process can tell, in the order they usually come. */
export const startMoments = [
  'program-read',
  'ready',
  'window-asked',
  'page-taken',
  'services-read',
  'store-open',
  'services-open',
  'first-answer',
] as const;

/** What every mark of a start begins with among the marks of the runtime. */
export const startMarkPrefix = 'start: ';

const noted = new Set<string>();

/**
 * Notes the moment once in the runtime's own list of marks. Nothing here reads it: `npm run bench -- --only window --trace` does, so
 * that a slow start of a built program says which part of it is slow.
 */
export function markStart(moment: (typeof startMoments)[number]): void {
  if (noted.has(moment)) return;
  noted.add(moment);
  performance.mark(startMarkPrefix + moment);
}
