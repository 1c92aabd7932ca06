import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';

const paths = pathToFileURL(resolve(import.meta.dirname, '../../build/paths.mjs')).href;

/** What build/paths.mjs says on such a processor with such a Node. */
function said(arch: string, version: string): { own: boolean; copy: string; refused: string } {
  const code = `
    Object.defineProperty(process, 'arch', { value: ${JSON.stringify(arch)} });
    Object.defineProperty(process, 'versions', { value: { ...process.versions, node: ${JSON.stringify(version)} } });
    const { assertNode, node24, node24In } = await import(${JSON.stringify(paths)});
    let refused = '';
    try { assertNode(); } catch (error) { refused = error.message; }
    console.log(JSON.stringify({ own: node24 === process.execPath, copy: node24In('/copy'), refused }));`;
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', code], { encoding: 'utf8' });
  return JSON.parse(stdout) as { own: boolean; copy: string; refused: string };
}

test('Node is brought for the processor it is tested on, whatever the own one is', () => {
  const { copy, refused } = said('x64', '20.19.0');
  expect(copy.startsWith('/copy')).toBe(true);
  expect(copy).toContain('node_modules');
  expect(refused).toBe('');
});

test("Node on another processor is the machine's own, and one that is too old is named before anything is done", () => {
  expect(said('arm64', '24.1.0')).toEqual({ own: true, copy: process.execPath, refused: '' });
  expect(said('arm64', '22.9.0').refused).toContain('24 or newer: this one is 22.9.0');
});
