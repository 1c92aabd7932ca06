// The four ways in which the program is built. `doors` says which switches it obeys (electron/platform/outside-switches.ts).
/** @type {Record<string, { folder: string, hooks: boolean, doors: 'open' | 'walked' | 'shut' }>} */
export const flavours = {
  /** Run from a checkout by `npm start`. */
  release: { folder: 'out', hooks: false, doors: 'open' },
  /** With failpoints, for the window and kill tests. */
  test: { folder: 'out-test', hooks: true, doors: 'open' },
  /** What is packaged for people. */
  package: { folder: 'out-package', hooks: false, doors: 'shut' },
  /** The same, but a test can reach its page: the packaged walk. */
  walk: { folder: 'out-walk', hooks: false, doors: 'walked' },
};
