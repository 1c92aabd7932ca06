import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { authenticode } from '../../electron/platform/windows/authenticode.ts';
import { printedJson, runPowerShell } from '../../electron/platform/windows/powershell.ts';
import { windowsPrograms } from '../../electron/remote/open-programs.ts';
import { windowsTool } from '../../electron/remote/teamviewer/windows-tool.ts';
import { contract, inFolder, until } from './contract.ts';

const system = join(process.env['SystemRoot'] ?? '', 'System32');

contract(
  'PowerShell gives texts back whole, fails as nothing, and is stopped after its time',
  'windows',
  async () => {
    assert.equal(
      printedJson(
        await runPowerShell('$env:OFFICINA_TEXT | ConvertTo-Json', { OFFICINA_TEXT: 'Però – 東京 "$(x)"' }),
      ),
      'Però – 東京 "$(x)"',
    );
    assert.equal(await runPowerShell("Get-Item 'C:\\nothing here' | ConvertTo-Json", {}), null);
    assert.equal(await runPowerShell('Start-Sleep 30', {}, 2_000), null);
  },
);

contract(
  "R-REMOTE-2 signature of Windows is read and is not TeamViewer's, also under the modules of PowerShell 7",
  'windows',
  async () => {
    process.env['PSModulePath'] = 'C:\\Program Files\\PowerShell\\7\\Modules';
    const judged = await authenticode(
      join(system, 'WindowsPowerShell', 'v1.0', 'powershell.exe'),
      runPowerShell,
    );
    // Without a network nobody says that a certificate was not revoked.
    assert.ok(
      judged.kind === 'refused' && (judged.reason === 'other-signer' || judged.reason === 'chain-invalid'),
      JSON.stringify(judged),
    );
    assert.match(judged.version ?? '', /^\d+\.\d+/u);
  },
);

contract(
  'R-REMOTE-2 file without a signature is refused as one, and one that is not there gives no answer',
  'windows',
  () =>
    inFolder(async (folder) => {
      const file = join(folder, 'non firmato – però.ps1');
      writeFileSync(file, '1');
      assert.deepEqual(await authenticode(file, runPowerShell), {
        kind: 'refused',
        reason: 'unsigned',
        version: null,
      });
      assert.deepEqual(await authenticode(join(folder, 'absent.exe'), runPowerShell), {
        kind: 'refused',
        reason: 'no-answer',
        version: null,
      });
    }),
);

contract(
  'R-REMOTE-2 signature fails closed where PowerShell answers nothing of ours',
  'windows or wine',
  async () => {
    assert.deepEqual(await authenticode('C:\\absent.exe', runPowerShell), {
      kind: 'refused',
      reason: 'no-answer',
      version: null,
    });
  },
);

contract(
  'R-REMOTE-4 programs with a window are listed by name alone, and one closes when it is asked to',
  'windows',
  async () => {
    const child = spawn(join(system, 'charmap.exe'), [], { stdio: 'ignore' });
    const closed = new Promise((resolve) => child.once('exit', resolve));
    const programs = windowsPrograms(runPowerShell);
    const mine = async (): Promise<object | undefined> =>
      (await programs.list())?.find(({ id }) => id === String(child.pid));
    await until(async () => (await mine()) !== undefined, 'the window is listed');
    assert.deepEqual(await mine(), { id: String(child.pid), name: 'charmap', belongs: false });
    assert.equal(await programs.ask(String(child.pid)), true);
    await closed;
    assert.equal(await programs.ask(String(child.pid)), false);
  },
);

contract(
  'R-REMOTE-6 stop as administrator that Windows does not begin is told as not begun',
  'windows',
  async () => {
    // With a program that is not there nobody has to answer the question for rights.
    const tool = windowsTool('C:\\unused', (script, variables, limitMs) =>
      runPowerShell(script.replace('net.exe', 'no such program.exe'), variables, limitMs),
    );
    assert.equal(await tool.stopElevated(), false);
  },
);

contract(
  'R-REMOTE-2 tool that is not installed is told as not found, or judged where it is',
  'windows',
  async () => {
    const outcome = await windowsTool('C:\\unused').check('15', 'C:\\nothing here\\TeamViewerQS.exe');
    assert.deepEqual(outcome, { kind: 'refused', reason: 'not-found', version: null });
  },
);
