import { expect, test } from 'vitest';
import { evidenceLimits } from '../../shared/domain/evidence-limits.ts';
import { appError } from '../../shared/domain/app-error.ts';
import { fileLimits, fileProblem, limitTaught } from '../../shared/rules/file-limits.ts';

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
  expect(fileLimits(portal)).toEqual({
    fileBytes: 5,
    ticketBytes: 9,
    files: evidenceLimits.filesPerTicket,
    textBytes: null,
    fileFrom: 'announced',
    ticketFrom: 'announced',
  });
});

const at = '2026-11-24T18:00:00.000Z';

test('fileLimits name the origin of each: our own, what the portal announced, or what it refused, whichever is lowest', () => {
  const announced = { attachmentBytes: 50, ticketBytes: 90, attachmentsPerTicket: 3 };
  expect(own).toMatchObject({ fileFrom: 'own', ticketFrom: 'own', textBytes: null });
  expect(fileLimits(null, [{ kind: 'request', bytes: 70, at }])).toMatchObject({
    fileFrom: 'own',
    ticketBytes: 70,
    ticketFrom: 'learnt',
  });
  expect(
    fileLimits(announced, [
      { kind: 'file', bytes: 51, at },
      { kind: 'request', bytes: 89, at },
      { kind: 'text', bytes: 7, at },
    ]),
  ).toEqual({
    fileBytes: 50,
    fileFrom: 'announced',
    ticketBytes: 89,
    ticketFrom: 'learnt',
    files: 3,
    textBytes: 7,
  });
});

test.each([
  [
    'a whole file, the first of its request',
    'portal.tooLarge',
    'upload-attachment',
    100,
    { bytes: 0, files: 0 },
    { kind: 'file', bytes: 99 },
  ],
  [
    'a whole file beside others',
    'portal.tooLarge',
    'upload-attachment',
    100,
    { bytes: 50, files: 1 },
    { kind: 'request', bytes: 149 },
  ],
  [
    'one file more than the portal takes',
    'portal.tooLarge',
    'upload-attachment',
    100,
    { bytes: 50, files: 3 },
    null,
  ],
  ['words', 'portal.textTooLarge', 'create-ticket', 100, { bytes: 0, files: 0 }, { kind: 'text', bytes: 99 }],
  [
    'words of a reply beside files',
    'portal.textTooLarge',
    'send-message',
    100,
    { bytes: 9, files: 9 },
    { kind: 'text', bytes: 99 },
  ],
  [
    'one piece, by something on the way',
    'portal.tooLarge',
    'upload-attachment',
    null,
    { bytes: 0, files: 0 },
    null,
  ],
  ['another cause', 'portal.rejected', 'upload-attachment', 100, { bytes: 0, files: 0 }, null],
  ['nothing that could be smaller', 'portal.tooLarge', 'upload-attachment', 1, { bytes: 0, files: 0 }, null],
] as const)('limitTaught by a refusal of %s', (_what, code, work, refusedBytes, there, taught) => {
  const error = appError(code, refusedBytes === null ? { status: 413 } : { status: 413, refusedBytes });
  expect(limitTaught(error, work, there, { files: 3 })).toEqual(taught);
});
