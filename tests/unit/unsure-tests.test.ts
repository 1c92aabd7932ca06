import { expect, test } from 'vitest';
import { unsureTestProblems } from '../../build/unsure-tests.mjs';

const told = (body: string, beside = ''): number =>
  unsureTestProblems([{ file: 'a.test.ts', text: `${beside}\ntest('title', async () => {${body}});` }])
    .length;

test.each([
  'for (const row of rows) expect(row).toBe(1);',
  'rows.forEach((row) => expect(row).toBe(1));',
  'if (row !== undefined) expect(row).toBe(1);',
  'row && expect(row).toBe(1);',
  'try { run(); } catch (error) { expect(error).toBe(1); }',
  'if (row === undefined) return; expect(row).toBe(1);',
  'while (more()) expect(row).toBe(1);',
  'for (let at = 0; at < rows.length; at += 1) expect(rows[at]).toBe(1);',
  'await run();',
  'helper();',
])('a test of nothing but `%s` is named', (body) => {
  expect(told(body, 'const helper = () => { if (row) expect(row).toBe(1); };')).toBe(1);
});

test.each([
  'expect(row).toBe(1);',
  'await expect(page).toBeVisible();',
  'expect(rows).toHaveLength(2); for (const row of rows) expect(row).toBe(1);',
  'for (const row of [1, 2]) expect(row).toBe(1);',
  'for (const [at, row] of written.entries()) expect(row).toBe(at);',
  'for (let at = 0; at < written.length; at += 1) expect(at).toBe(1);',
  'for (let at = 0; at < 3; at += 1) expect(at).toBe(1);',
  'fc.assert(fc.property(fc.string(), (text) => text === same(text)));',
  'await expect.poll(() => count()).toBe(1);',
  'await test.step("step", async () => { expect(row).toBe(1); });',
  'helper(row);',
  'await within(async () => { expect(row).toBe(1); });',
])('a test with `%s` is sure', (body) => {
  const beside = [
    'const written = [1, 2] as const;',
    'function helper(row) { expect(row).toBe(1); }',
    'async function within(work) { try { await work(folder); } finally { remove(folder); } }',
  ].join('\n');
  expect(told(body, beside)).toBe(0);
});
