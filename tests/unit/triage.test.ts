import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import {
  faultyUsbDevices,
  isRestartDue,
  missingRuntimes,
} from '../../electron/platform/windows/windows-steps.ts';
import { type DraftContent, emptyDraftContent } from '../../shared/domain/draft.ts';
import { exclusionPackSchema } from '../../shared/domain/exclusion-pack.ts';
import { type PcFinding, pcCheckIds } from '../../shared/domain/pc-check.ts';
import { judgePcCheck } from '../../shared/rules/pc-checks.ts';
import { likelyCauses } from '../../shared/rules/triage.ts';

const pack = exclusionPackSchema.parse(
  JSON.parse(readFileSync(resolve(import.meta.dirname, '../../resources/exclusions.json'), 'utf8')),
);
const draft = (requestType: DraftContent['requestType'], problem: string): DraftContent => ({
  ...emptyDraftContent('it'),
  requestType,
  fields: { problem: { text: problem, source: { kind: 'typed' } } },
});
const names = (content: DraftContent, ...checks: Parameters<typeof likelyCauses>[2]): string[] =>
  likelyCauses(content, pack, checks).map((cause) => cause.id);

test.each<[PcFinding, string]>([
  [{ kind: 'on-battery', onBattery: true }, 'warn'],
  [{ kind: 'on-battery', onBattery: false }, 'pass'],
  [{ kind: 'free-space', freeBytes: 10 }, 'fail'],
  [{ kind: 'free-space', freeBytes: 1024 ** 3 }, 'warn'],
  [{ kind: 'free-space', freeBytes: 50 * 1024 ** 3 }, 'pass'],
  [{ kind: 'restart', pending: true }, 'warn'],
  [{ kind: 'missing-runtimes', names: [] }, 'pass'],
  [{ kind: 'missing-runtimes', names: ['x'] }, 'warn'],
  [{ kind: 'windows-build', build: 7_601 }, 'fail'],
  [{ kind: 'windows-build', build: 26_100 }, 'pass'],
  [{ kind: 'usb-devices', faulty: 1 }, 'fail'],
  [{ kind: 'clock-offset', offsetMs: -130_000 }, 'warn'],
  [{ kind: 'clock-offset', offsetMs: 119_000 }, 'pass'],
  [{ kind: 'portal-reached', reached: false }, 'fail'],
  [{ kind: 'not-told' }, 'cannot-tell'],
])('R-EXCL-1: finding %j is %s', (finding, status) => {
  expect(judgePcCheck('power', finding).status).toBe(status);
});

test("R-EXCL-1: cause is named when a check of this PC or the person's words speak for it, checks first", () => {
  const text = draft(
    'write-failure',
    "La scrittura si ferma: la batteria scarica del furgone, e l'antivirus ha tolto un file",
  );
  expect(names(text)).toEqual(['power-supply', 'security-software']);
  expect(names(text, judgePcCheck('usb-errors', { kind: 'usb-devices', faulty: 2 }))[0]).toBe(
    'usb-connection',
  );
});

test('R-EXCL-1: nothing is named when nothing speaks for it, and checks that cannot tell are no reason', () => {
  const text = draft('read-failure', 'La lettura si ferma al 43% con back checksum error, collegato via USB');
  expect(names(text, ...pcCheckIds.map((id) => judgePcCheck(id, { kind: 'not-told' })))).toEqual([]);
});

test('R-EXCL-1: theft or loss is a request of its own and meets no exclusion', () => {
  expect(
    names(
      draft('theft-or-loss', 'rubato il pc con virus'),
      judgePcCheck('power', { kind: 'on-battery', onBattery: true }),
    ),
  ).toEqual([]);
});

test('R-EXCL-1: every cause can be reached by a check or a word, and every check serves a cause', () => {
  expect(pack.causes.filter((cause) => cause.checks.length + cause.words.length === 0)).toEqual([]);
  expect(pcCheckIds.filter((id) => !pack.causes.some((cause) => cause.checks.includes(id)))).toEqual([]);
});

test('R-EXCL-1: missing libraries and faulty USB devices are read from what Windows prints in any language', () => {
  expect(
    missingRuntimes([
      'Microsoft Visual C++ 2005 Redistributable',
      'Microsoft Visual C++ 2010  x86 Redistributable - 10.0.40219',
    ]),
  ).toEqual(['Visual C++ 2008']);
  const output =
    'ID istanza:  USB\\VID_0BF8&PID_1001\\5&1\r\nNome classe: USB\r\nID istanza: PCI\\VEN_8086\r\n';
  expect(faultyUsbDevices({ code: 0, output })).toBe(1);
  // 259: there is nothing to list. Anything else, such as a Windows whose pnputil does not know the question, tells nothing.
  expect([259, 87, null].map((code) => faultyUsbDevices({ code, output: '' }))).toEqual([0, null, null]);
});

test.each<[number | null, readonly (number | null)[], boolean | null]>([
  [0, [1, 1, 1], false],
  [0, [1, 0, 1], true],
  [1, [0, 1, 1], true],
  [1, [1, 1, 1], null],
  [null, [null, null, null], null],
  [0, [1, 1, null], null],
])('R-EXCL-1: restart where a certain key answers %j and the marks %j is %j', (control, marks, due) => {
  expect(
    isRestartDue(
      { code: control, output: '' },
      marks.map((code) => ({ code, output: '' })),
    ),
  ).toBe(due);
});
