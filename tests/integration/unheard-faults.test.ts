import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { freshFolder } from './workshop-fixture.ts';

const ours = (name: string): string =>
  JSON.stringify(pathToFileURL(resolve(import.meta.dirname, '../../electron/platform', name)).href);

/** Runs a program of its own, a process of Node, that keeps unheard faults as ours does and then meets one. */
function meets(fault: string): {
  readonly status: number | null;
  readonly said: string;
  readonly log: string;
} {
  const folder = freshFolder();
  const script = join(folder, 'program.ts');
  writeFileSync(
    script,
    `import { keepUnheardFaults } from ${ours('unheard-faults.ts')};
import { logFaultOf } from ${ours('fault-log.ts')};
keepUnheardFaults(process, logFaultOf(${JSON.stringify(folder)}));
setTimeout(() => { ${fault} }, 1);
setTimeout(() => console.log('goes on'), 50);
`,
  );
  const { status, stdout, stderr } = spawnSync(process.execPath, [script], {
    encoding: 'utf8',
    timeout: 60_000,
  });
  let log = '';
  try {
    log = readFileSync(join(folder, 'faults.log'), 'utf8');
  } catch {
    log = `no log; ${stderr}`;
  }
  return { status, said: stdout.trim(), log };
}

test.each([
  ['rejection', "void Promise.reject(new RangeError('Rossi 328 1234567'));", 'RangeError'],
  [
    'exception',
    "throw Object.assign(new TypeError('Rossi 328 1234567'), { code: 'E_BROKEN' });",
    'TypeError',
  ],
  ['rejection with no error', "void Promise.reject('Rossi 328 1234567');", 'string'],
  ['rejection with nothing', 'void Promise.reject();', 'undefined'],
  [
    'code that is no text',
    "throw Object.assign(new SyntaxError('x'), { code: Object.create(null) });",
    'SyntaxError',
  ],
  [
    'code that cannot be read',
    "throw Object.defineProperty(new EvalError('x'), 'code', { get() { throw new Error('y'); } });",
    'EvalError',
  ],
])('K2, SEC-LOG: an unheard %s in main is kept in the fault log without its words, and the program goes on', (_what, fault, name) => {
  const { status, said, log } = meets(fault);
  expect({ status, said }).toEqual({ status: 0, said: 'goes on' });
  const lines = log.trim().split('\n');
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    name,
    reference: expect.stringMatching(/^[0-9a-f]{8}$/u) as string,
  });
  expect(log).not.toMatch(/Rossi|328/u);
});
