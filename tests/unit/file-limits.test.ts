import { expect, test } from 'vitest';
import { evidenceLimits } from '../../shared/domain/evidence-limits.ts';
import { fileLimits, fileProblem } from '../../shared/rules/file-limits.ts';

const file = (sizeBytes: number) => ({ name: 'ktag.log', sizeBytes });
const own = fileLimits(null);

test.each([
  [[], null],
  [Array.from({ length: own.files }, () => file(1)), null],
  [Array.from({ length: own.files + 1 }, () => file(1)), 'evidence.tooMany'],
  [[file(own.fileBytes)], null],
  [[file(own.fileBytes + 1)], 'evidence.tooLarge'],
  [[file(own.fileBytes), file(own.fileBytes), file(own.fileBytes)], 'evidence.ticketTooLarge'],
] as const)('fileProblem of case %# is named when files go together', (files, code) => {
  expect(fileProblem(files, own)?.code ?? null).toBe(code);
});

test('fileLimits are the smaller ones when the portal takes less than this program', () => {
  const portal = {
    attachmentBytes: 5,
    ticketBytes: 9,
    attachmentsPerTicket: 500,
    chunkBytes: 1,
    languages: ['it' as const],
    teamViewerVersion: null,
  };
  expect(fileLimits(portal)).toEqual({ fileBytes: 5, ticketBytes: 9, files: evidenceLimits.filesPerTicket });
});
