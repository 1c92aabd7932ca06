/** Limits of RELIABILITY-SECURITY section 6, in bytes and counts. */
export const evidenceLimits = {
  fileBytes: 100 * 1024 * 1024,
  ticketBytes: 250 * 1024 * 1024,
  filesPerTicket: 20,
  tailBytes: 20 * 1024 * 1024,
  previewBytes: 256 * 1024,
  scanEntries: 200_000,
  scanDepth: 8,
  scanMs: 10_000,
  listed: 500,
  freeSpaceReserveBytes: 200 * 1024 * 1024,
} as const;
