/** What evidence may take, in bytes and counts (BOUND-SIZE). */
export const evidenceLimits = {
  fileBytes: 100 * 1024 * 1024,
  ticketBytes: 250 * 1024 * 1024,
  filesPerTicket: 20,
  tailBytes: 20 * 1024 * 1024,
  previewBytes: 256 * 1024,
  /** Room for 200 000 files and the folders they lie in (A3). */
  scanEntries: 300_000,
  /** What a screen or a phone makes is shown; more, in bytes or in pixels once unpacked, would only cost the window its memory. */
  pictureBytes: 16 * 1024 * 1024,
  picturePixels: 50_000_000,
  scanDepth: 8,
  scanMs: 10_000,
  listed: 500,
  freeSpaceReserveBytes: 200 * 1024 * 1024,
} as const;
