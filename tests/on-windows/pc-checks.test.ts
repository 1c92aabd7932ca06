import assert from 'node:assert/strict';
import { windowsSteps } from '../../electron/platform/windows/windows-steps.ts';
import { contract } from './contract.ts';

const kinds: Readonly<Record<string, string>> = {
  'pending-restart': 'restart',
  runtimes: 'missing-runtimes',
  'usb-errors': 'usb-devices',
};

for (const { id, look } of windowsSteps) {
  // Wine's reg answers too, and has no pnputil.
  contract(
    `R-EXCL-1 look at ${id} says what there is`,
    id === 'usb-errors' ? 'windows' : 'windows or wine',
    async () => {
      assert.equal((await look(AbortSignal.timeout(20_000))).kind, kinds[id]);
    },
  );
}
