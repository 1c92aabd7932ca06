import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { askToClose, runningPrograms } from '../../electron/platform/windows/processes.ts';
import { systemProgram } from '../../electron/platform/windows/system-program.ts';
import { contract, until } from './contract.ts';

/** A program with a window that stays open by itself and needs no argument; Wine has only the second. */
const system = join(process.env['SystemRoot'] ?? '', 'System32');
const program = existsSync(join(system, 'charmap.exe')) ? 'charmap.exe' : 'notepad.exe';

contract('R-REMOTE-6 list of programs names the running one', 'windows', async () => {
  const running = await runningPrograms();
  assert.ok(running?.has('node.exe') === true || running?.has('electron.exe') === true);
});

contract(
  'program of Windows that is not there, or is stopped, tells nothing',
  'windows or wine',
  async () => {
    assert.deepEqual(await systemProgram('no-such-program.exe', []), { code: null, output: '' });
    assert.equal((await systemProgram('reg.exe', ['query', 'HKLM\\SOFTWARE\\Nothing here'])).code, 1);
    assert.equal((await systemProgram('cmd.exe', ['/c', 'exit 259'])).code, 259);
    assert.equal(
      (await systemProgram('cmd.exe', ['/c', 'pause'], { signal: AbortSignal.abort() })).code,
      null,
    );
  },
);

contract(
  'R-REMOTE-5 started program outlives the one that started it, and closes when it is asked to',
  'windows or wine',
  async () => {
    const { status } = spawnSync(
      process.execPath,
      [resolve(import.meta.dirname, 'launching-child.ts'), join(system, program)],
      {
        stdio: 'ignore',
      },
    );
    assert.equal(status, 0);
    await until(() => askToClose(program), `${program} is still there`);
    await until(async () => !(await askToClose(program)), `${program} has closed`);
  },
);
