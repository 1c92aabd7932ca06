import { existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { release } from 'node:os';
import type { PortalStatus } from '../../../shared/ipc/views.ts';
import { notTold, type PcCheckStep } from './pc-check-step.ts';

/** What these looks need from outside. `onBattery` null where the system does not say. */
export type PlainFacts = {
  readonly dataFolder: string;
  readonly onBattery: () => boolean | null;
  readonly reach: () => Pick<PortalStatus, 'reach' | 'clockOffsetMs'>;
};

/** Written by Debian and Ubuntu when an update waits for a restart; other distributions do not say. */
const restartMark = '/var/run/reboot-required';
const debian = '/etc/debian_version';

/** What can be told without asking another program: the same on every system, or a file away. */
export function plainSteps(
  { dataFolder, onBattery, reach }: PlainFacts,
  platform: NodeJS.Platform,
): readonly PcCheckStep[] {
  const steps: readonly PcCheckStep[] = [
    {
      id: 'power',
      look: async () => {
        const answer = onBattery();
        return answer === null ? notTold : { kind: 'on-battery', onBattery: answer };
      },
    },
    {
      id: 'disk-space',
      look: async () => {
        const { bavail, bsize } = await statfs(dataFolder);
        return { kind: 'free-space', freeBytes: bavail * bsize };
      },
    },
    {
      id: 'windows-version',
      look: async () => {
        const build = platform === 'win32' ? Number(release().split('.')[2]) : Number.NaN;
        return Number.isInteger(build) ? { kind: 'windows-build', build } : notTold;
      },
    },
    {
      id: 'clock',
      look: async () => {
        const { clockOffsetMs } = reach();
        return clockOffsetMs === null ? notTold : { kind: 'clock-offset', offsetMs: clockOffsetMs };
      },
    },
    {
      // Only what is known already: a check never knocks at the portal by itself (R-HOURS-4).
      id: 'network',
      look: async () => {
        const { reach: reached } = reach();
        return reached === 'reached' || reached === 'unreachable'
          ? { kind: 'portal-reached', reached: reached === 'reached' }
          : notTold;
      },
    },
  ];
  const linux: PcCheckStep = {
    id: 'pending-restart',
    look: async () => (existsSync(debian) ? { kind: 'restart', pending: existsSync(restartMark) } : notTold),
  };
  return platform === 'linux' ? [...steps, linux] : steps;
}
