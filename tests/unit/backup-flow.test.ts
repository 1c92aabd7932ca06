import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { BackupState } from '../../shared/domain/backup.ts';
import { type BackupEvent, backupStep, newBackup } from '../../shared/flows/backup.ts';

const id = '7a7a7a7a-1111-4222-8333-444455556666';
const run = (events: readonly BackupEvent[], from: BackupState = newBackup): BackupState =>
  events.reduce(backupStep, from);
const copying: BackupEvent[] = [
  { kind: 'estimateStarted' },
  { kind: 'estimated', files: 3, bytes: 30 },
  { kind: 'started' },
];
const anyEvent: fc.Arbitrary<BackupEvent> = fc.oneof(
  fc.constantFrom<BackupEvent>(
    { kind: 'chosen' },
    { kind: 'estimateStarted' },
    { kind: 'started' },
    { kind: 'paused' },
    { kind: 'resumed' },
    { kind: 'restarted' },
    { kind: 'estimated', files: 1, bytes: 1 },
    { kind: 'progressed', files: 1, bytes: 1 },
  ),
  fc
    .tuple(fc.constantFrom(0, 3, 3), fc.constantFrom(0, 0, 1))
    .map(([files, different]): BackupEvent => ({ kind: 'allReadBack', files, different })),
  fc
    .constantFrom(0, 0, 1)
    .map((different): BackupEvent => ({ kind: 'sampleRestored', different, receiptId: id })),
  fc
    .constantFrom('disk-full' as const, 'cancelled' as const)
    .map((reason): BackupEvent => ({ kind: 'stopped', reason })),
);

describe('backupStep', () => {
  test('R-BACKUP-1: is proved when every file was read back and the sample restored', () => {
    expect(
      run([
        ...copying,
        { kind: 'progressed', files: 3, bytes: 30 },
        { kind: 'allReadBack', files: 3, different: 0 },
        { kind: 'sampleRestored', different: 0, receiptId: id },
      ]),
    ).toEqual({ phase: 'proved', receiptId: id });
  });

  test('R-BACKUP-1: does not start when there is nothing to copy', () => {
    expect(
      run([{ kind: 'estimateStarted' }, { kind: 'estimated', files: 0, bytes: 0 }, { kind: 'started' }])
        .phase,
    ).toBe('estimated');
  });

  test('R-BACKUP-1: is never proved when every counted file was left out', () => {
    expect(run([...copying, { kind: 'allReadBack', files: 0, different: 0 }])).toEqual({
      phase: 'stopped',
      reason: 'nothing-copied',
    });
  });

  test('R-BACKUP-1: stops when one file differs, and a pause holds its place', () => {
    expect(run([...copying, { kind: 'allReadBack', files: 3, different: 1 }])).toEqual({
      phase: 'stopped',
      reason: 'copy-differs',
    });
    expect(
      run([
        ...copying,
        { kind: 'allReadBack', files: 3, different: 0 },
        { kind: 'sampleRestored', different: 1, receiptId: id },
      ]),
    ).toEqual({
      phase: 'stopped',
      reason: 'restore-differs',
    });
    expect(
      run([...copying, { kind: 'progressed', files: 2, bytes: 20 }, { kind: 'paused' }, { kind: 'resumed' }]),
    ).toMatchObject({
      phase: 'copying',
      progress: { files: 2, totalFiles: 3 },
    });
  });

  test('R-BACKUP-1: can be counted again once it is proved, and not while it runs', () => {
    const proved = run([
      ...copying,
      { kind: 'allReadBack', files: 3, different: 0 },
      { kind: 'sampleRestored', different: 0, receiptId: id },
    ]);
    expect(backupStep(proved, { kind: 'estimateStarted' })).toEqual({ phase: 'estimating' });
    expect(run([...copying, { kind: 'estimateStarted' }]).phase).toBe('copying');
  });

  test('R-BACKUP-1: no sequence of events is proved without a read-back and a restore that differ in nothing', () => {
    let proofs = 0;
    let restarts = 0;
    // Events alone hardly ever come in the order of a backup: half of the walks are begun for them.
    const walk = fc.tuple(fc.boolean(), fc.array(anyEvent, { maxLength: 30, size: 'max' }));
    fc.assert(
      fc.property(walk, ([isBegun, some]) => {
        const events = [...(isBegun ? copying : []), ...some];
        let state = newBackup;
        let readBack = false;
        for (const event of events) {
          const next = backupStep(state, event);
          if (next.phase === 'copying' && state.phase === 'estimated') readBack = false;
          if (event.kind === 'allReadBack' && next.phase === 'restoring' && state.phase !== 'restoring')
            readBack = event.different === 0 && event.files > 0;
          if (next.phase === 'proved' && state.phase !== 'proved') {
            proofs += 1;
            expect(event.kind === 'sampleRestored' && event.different === 0 && readBack).toBe(true);
          }
          if (event.kind === 'restarted') {
            restarts += 1;
            expect(['choosing', 'estimated', 'proved', 'stopped']).toContain(next.phase);
          }
          state = next;
        }
      }),
      { numRuns: 8_000, seed: 11 },
    );
    expect(proofs).toBeGreaterThan(100);
    expect(restarts).toBeGreaterThan(1_000);
  });
});
