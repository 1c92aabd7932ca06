import { notTold, type PcCheckStep } from '../pc-checks/pc-check-step.ts';
import { type ProgramEnd, systemProgram } from './system-program.ts';
import { installedPrograms } from './uninstall-keys.ts';

/** There on every Windows: where it cannot be seen, nothing else that cannot be seen means anything. */
const certain = [
  'query',
  'HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion',
  '/v',
  'CurrentBuild',
] as const;
/** Each of these stands when a restart is due; the first two are keys that exist only then, the third a value. */
const restartMarks = [
  ['query', 'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Component Based Servicing\\RebootPending'],
  ['query', 'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\WindowsUpdate\\Auto Update\\RebootRequired'],
  ['query', 'HKLM\\SYSTEM\\CurrentControlSet\\Control\\Session Manager', '/v', 'PendingFileRenameOperations'],
] as const;

/** Whether a restart is due, by how the looks at `certain` and the marks ended; null where the registry does not answer. */
export function isRestartDue(control: ProgramEnd, marks: readonly ProgramEnd[]): boolean | null {
  if (marks.some(({ code }) => code === 0)) return true;
  return control.code === 0 && marks.every(({ code }) => code !== null) ? false : null;
}

/** Libraries the tools' programs are built on; known from forums (FACT-TICKET-5), so a hint and never proof. */
const runtimeYears = ['2005', '2008', '2010'] as const;

/** A name is looked at so far; any program may write down one of any length. */
const mostNameChars = 300;

/** Names of the libraries that no installed program carries. @param displayNames as Windows lists them */
export function missingRuntimes(displayNames: readonly string[]): readonly string[] {
  return runtimeYears
    .filter(
      (year) =>
        !displayNames.some((name) =>
          new RegExp(`Visual C\\+\\+ ${year}\\b.*Redistributable`, 'iu').test(name.slice(0, mostNameChars)),
        ),
    )
    .map((year) => `Visual C++ ${year}`);
}

/** What `pnputil` ends with when it has nothing to list: ERROR_NO_MORE_ITEMS. */
const nothingToList = 259;

/** Devices with a problem that hang on USB, in what `pnputil` prints; device ids are the same in every language of Windows. Null: it did not say. */
export function faultyUsbDevices({ code, output }: ProgramEnd): number | null {
  if (code !== 0 && code !== nothingToList) return null;
  return output.match(/\bUSB(?:STOR)?\\VID_[0-9A-F]{4}/giu)?.length ?? 0;
}

const limitMs = 5_000;

/** What only Windows' own programs can tell. */
export const windowsSteps: readonly PcCheckStep[] = [
  {
    id: 'pending-restart',
    look: async (signal) => {
      const [control, ...marks] = await Promise.all(
        [certain, ...restartMarks].map((args) => systemProgram('reg.exe', args, { limitMs, signal })),
      );
      const pending = control === undefined ? null : isRestartDue(control, marks);
      return pending === null ? notTold : { kind: 'restart', pending };
    },
  },
  {
    id: 'runtimes',
    look: async (signal) => {
      const programs = await installedPrograms(signal);
      return programs === null
        ? notTold
        : {
            kind: 'missing-runtimes',
            names: [...missingRuntimes(programs.map(({ displayName }) => displayName))],
          };
    },
  },
  {
    id: 'usb-errors',
    look: async (signal) => {
      const faulty = faultyUsbDevices(
        await systemProgram('pnputil.exe', ['/enum-devices', '/problem', '/connected'], { limitMs, signal }),
      );
      return faulty === null ? notTold : { kind: 'usb-devices', faulty };
    },
  },
];

/** The same looks where they cannot be taken: each says so. */
export const untoldSteps: readonly PcCheckStep[] = windowsSteps.map(({ id }) => ({
  id,
  look: async () => notTold,
}));
