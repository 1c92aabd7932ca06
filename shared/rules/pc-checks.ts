import type { PcCheck, PcCheckId, PcFinding } from '../domain/pc-check.ts';
import { assertNever } from '../domain/result.ts';
import { isClockWrong } from '../calendar/clock-offset.ts';

const gigabyte = 1024 ** 3;
/** Below these the tools' programs begin to fail (warn) or cannot write at all (fail), in bytes. */
const space = { warnBelow: 2 * gigabyte, failBelow: 0.2 * gigabyte };
/** First build of Windows 10; older systems are no longer served by the vendor's or TeamViewer's programs. */
const windowsTenBuild = 10_240;

function statusOf(finding: PcFinding): PcCheck['status'] {
  switch (finding.kind) {
    case 'on-battery':
      return finding.onBattery ? 'warn' : 'pass';
    case 'free-space':
      return finding.freeBytes < space.failBelow
        ? 'fail'
        : finding.freeBytes < space.warnBelow
          ? 'warn'
          : 'pass';
    case 'restart':
      return finding.pending ? 'warn' : 'pass';
    case 'missing-runtimes':
      return finding.names.length > 0 ? 'warn' : 'pass';
    case 'windows-build':
      return finding.build < windowsTenBuild ? 'fail' : 'pass';
    case 'usb-devices':
      return finding.faulty > 0 ? 'fail' : 'pass';
    case 'clock-offset':
      return isClockWrong(finding.offsetMs) ? 'warn' : 'pass';
    case 'portal-reached':
      return finding.reached ? 'pass' : 'fail';
    case 'not-told':
      return 'cannot-tell';
    default:
      return assertNever(finding);
  }
}

/** What a finding on this PC means (R-EXCL-1). A check that could not be made is `cannot-tell`, and neither good nor bad news. */
export function judgePcCheck(id: PcCheckId, finding: PcFinding): PcCheck {
  return { id, status: statusOf(finding), finding };
}
