import { spawn } from 'node:child_process';
import { dirname, isAbsolute } from 'node:path';
import { type CheckedProgram, isStill } from './check-tool.ts';

/** What a program needs to find its own files and the screen; our secrets, tokens and switches are not among them. */
const passedOn = [
  'SystemRoot',
  'windir',
  'SystemDrive',
  'TEMP',
  'TMP',
  'APPDATA',
  'LOCALAPPDATA',
  'USERPROFILE',
  'USERNAME',
  'USERDOMAIN',
  'COMPUTERNAME',
  'ProgramData',
  'ALLUSERSPROFILE',
  'PUBLIC',
  'ProgramFiles',
  'ProgramFiles(x86)',
  'ProgramW6432',
  'CommonProgramFiles',
  'CommonProgramFiles(x86)',
  'HOME',
  'LANG',
  'DISPLAY',
  'XAUTHORITY',
  'WAYLAND_DISPLAY',
  'XDG_RUNTIME_DIR',
] as const;

/** The environment of the started program. PATH is the system's own folder, so that nothing planted in ours is found by it. */
export function minimalEnvironment(
  env: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const kept = Object.fromEntries(
    passedOn.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]])),
  );
  const windows = env['SystemRoot'];
  return { ...kept, PATH: windows === undefined ? '/usr/bin:/bin' : `${windows}\\System32;${windows}` };
}

/**
 * Starts the checked program: by its absolute path, without any argument, without a shell, in its own folder (THREAT-9, CVE-2020-13699).
 * The file is hashed once more first: what was exchanged since the check is not started.
 * @returns false when nothing was started
 */
export async function launchProgram(
  program: CheckedProgram,
  env: Readonly<Record<string, string | undefined>> = process.env,
): Promise<boolean> {
  if (!isAbsolute(program.path) || !(await isStill(program))) return false;
  return new Promise((resolve) => {
    // It is not ours to end: a restart of this program leaves it running, and the session with it. Without `detached` Windows ends it
    // with us.
    const child = spawn(program.path, [], {
      shell: false,
      detached: true,
      stdio: 'ignore',
      cwd: dirname(program.path),
      env: minimalEnvironment(env),
      windowsHide: false,
    });
    child.once('error', () => resolve(false));
    child.once('spawn', () => {
      child.unref();
      resolve(true);
    });
  });
}
