import { notTold, type PcCheckStep } from '../pc-checks/pc-check-step.ts';
import { windowsOutput } from './registry-query.ts';
import { parseUninstallKeys } from './uninstall-keys.ts';

/** Each of these stands when a restart is due; the first two are keys that exist only then, the third a value. */
const restartMarks = [
  ['query', 'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Component Based Servicing\\RebootPending'],
  ['query', 'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\WindowsUpdate\\Auto Update\\RebootRequired'],
  ['query', 'HKLM\\SYSTEM\\CurrentControlSet\\Control\\Session Manager', '/v', 'PendingFileRenameOperations'],
] as const;

const uninstall = 'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall';

/** Libraries the tools' programs are built on; FACTS section 6, so a hint and never proof. */
const runtimeYears = ['2005', '2008', '2010'] as const;

/** Names of the libraries that no installed program carries. @param displayNames as Windows lists them */
export function missingRuntimes(displayNames: readonly string[]): readonly string[] {
  return runtimeYears.filter((year) => !displayNames.some((name) => new RegExp(`Visual C\\+\\+ ${year}\\b.*Redistributable`, 'iu').test(name))).map((year) => `Visual C++ ${year}`);
}

/** Devices with a problem that hang on USB, in what `pnputil` prints; device ids are the same in every language of Windows. */
export function faultyUsbDevices(output: string): number {
  return output.match(/\bUSB(?:STOR)?\\VID_[0-9A-F]{4}/giu)?.length ?? 0;
}

/** What only Windows' own programs can tell. */
export const windowsSteps: readonly PcCheckStep[] = [
  {
    id: 'pending-restart', look: async (signal) => {
      const answers = await Promise.all(restartMarks.map((args) => windowsOutput('reg.exe', args, signal)));
      return { kind: 'restart', pending: answers.some((answer) => answer !== null) };
    },
  },
  {
    id: 'runtimes', look: async (signal) => {
      const outputs = await Promise.all(['/reg:64', '/reg:32'].map((view) => windowsOutput('reg.exe', ['query', uninstall, '/s', view], signal)));
      if (outputs.every((output) => output === null)) return notTold;
      return { kind: 'missing-runtimes', names: [...missingRuntimes(parseUninstallKeys(outputs.join('\n')).map((program) => program.displayName))] };
    },
  },
  {
    id: 'usb-errors', look: async (signal) => {
      const output = await windowsOutput('pnputil.exe', ['/enum-devices', '/problem', '/connected'], signal);
      return output === null ? notTold : { kind: 'usb-devices', faulty: faultyUsbDevices(output) };
    },
  },
];

/** The same looks where they cannot be taken: each says so. */
export const untoldSteps: readonly PcCheckStep[] = windowsSteps.map(({ id }) => ({ id, look: async () => notTold }));
