import { expect, test } from 'vitest';
import { powerShellEnvironment, type RunPowerShell } from '../../electron/platform/windows/powershell.ts';
import { windowsTool } from '../../electron/remote/teamviewer/windows-tool.ts';

test('powerShellEnvironment leaves the modules of PowerShell 7 behind, however their variable is written', () => {
  expect(
    powerShellEnvironment(
      { PSModulePath: 'C:\\Program Files\\PowerShell\\7\\Modules', SystemRoot: 'C:\\Windows' },
      { OFFICINA_FILE: 'x' },
    ),
  ).toEqual({ SystemRoot: 'C:\\Windows', OFFICINA_FILE: 'x' });
  expect(powerShellEnvironment({ PSMODULEPATH: 'a', psmodulepath: 'b' }, {})).toEqual({});
});

test('R-REMOTE-6: stop as administrator is begun only where PowerShell says so, and is waited for while Windows asks', async () => {
  const limits: (number | undefined)[] = [];
  const answering =
    (output: string | null): RunPowerShell =>
    async (_script, _variables, limitMs) => {
      limits.push(limitMs);
      return output;
    };
  const begun = await Promise.all(
    ['true\r\n', null, '', 'false', 'Access is denied.'].map((output) =>
      windowsTool('unused', answering(output)).stopElevated(),
    ),
  );
  expect(begun).toEqual([true, false, false, false, false]);
  expect(limits).toHaveLength(5);
  expect(limits.every((limitMs) => limitMs !== undefined && limitMs > 120_000)).toBe(true);
});
