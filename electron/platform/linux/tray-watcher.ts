import { execFile } from 'node:child_process';

/** Longest time the session's bus may take to answer, in milliseconds. */
const limitMs = 1_500;

/**
 * Whether this desktop shows marks at the edge of the screen: some program holds the name that all of them register with. Where nobody
 * can be asked there is none, for a program that hides on a guess cannot be reached any more.
 */
export function isTrayShown(): Promise<boolean> {
  const args = [
    '--session',
    '--dest=org.freedesktop.DBus',
    '--print-reply',
    '/org/freedesktop/DBus',
    'org.freedesktop.DBus.NameHasOwner',
    'string:org.kde.StatusNotifierWatcher',
  ];
  return new Promise((resolve) => {
    execFile(
      '/usr/bin/dbus-send',
      args,
      { timeout: limitMs, maxBuffer: 4_096, shell: false },
      (error, output) => resolve(error === null && output.trimEnd().endsWith('boolean true')),
    );
  });
}
