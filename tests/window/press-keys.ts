import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';

/** Ctrl+Alt+Shift+T as a keyboard would press it, whatever program is in front. @throws when the keys could not be pressed */
export function pressEndKeys(): void {
  const windows = join(
    process.env['SystemRoot'] ?? '',
    'System32',
    'WindowsPowerShell',
    'v1.0',
    'powershell.exe',
  );
  const { status, stderr } =
    process.platform === 'win32'
      ? spawnSync(
          windows,
          [
            '-NoProfile',
            '-Command',
            "Add-Type -AssemblyName System.Windows.Forms; [System.Windows.Forms.SendKeys]::SendWait('^%+t')",
          ],
          { encoding: 'utf8' },
        )
      : spawnSync(
          'python3',
          [resolve(import.meta.dirname, 'programs/press-keys.py'), 'Control_L', 'Alt_L', 'Shift_L', 't'],
          {
            encoding: 'utf8',
          },
        );
  if (status !== 0) throw new Error(`keys were not pressed: ${stderr}`);
}
