// How a test is called: short enough for one line of a report, with its ids in one form.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from 'vite';
import { projectFolder } from './paths.mjs';

const maxTitle = 120;
export const makersOfTests = new Set(['test', 'it', 'onLinux', 'onWindows']);

/** The name a call goes back to: `test` of `test`, `test.each(rows)` and `test.skipIf(...)`. */
export function rootOf(callee) {
  if (callee.type === 'Identifier') return callee.name;
  if (callee.type === 'MemberExpression') return rootOf(callee.object);
  return callee.type === 'CallExpression' ? rootOf(callee.callee) : null;
}

/** A title as it stands in the source, placeholders and all; null for what is none. */
function titleOf(node, text) {
  const [first, ...rest] = node.arguments;
  if (!rest.some(({ type }) => type === 'ArrowFunctionExpression' || type === 'FunctionExpression'))
    return null;
  if (first?.type === 'Literal' && typeof first.value === 'string') return first.value;
  return first?.type === 'TemplateLiteral' ? text.slice(first.start + 1, first.end - 1) : null;
}

/** Every title of a test file. */
export function testTitles(file, text) {
  const { program, errors } = parseSync(file, text);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0].message}`);
  const found = [];
  const walk = (node) => {
    if (Array.isArray(node)) {
      for (const inner of node) walk(inner);
      return;
    }
    if (node === null || typeof node !== 'object' || typeof node.type !== 'string') return;
    if (node.type === 'CallExpression' && makersOfTests.has(rootOf(node.callee))) {
      const title = titleOf(node, text);
      if (title !== null) found.push(title);
    }
    for (const inner of Object.values(node)) walk(inner);
  };
  walk(program);
  return found;
}
const id = String.raw`(?:(?:R|FACT)-[A-Z]+-\d+|(?:THREAT|LAW|CLOCK|COMPLAINT|FINDING|DAMAGE)-\d+|(?:SEC|BOUND)-[A-Z\d]+|[ADKP]\d{1,2})`;
const anyId = new RegExp(String.raw`\b${id}\b`, 'u');
const mark = String.raw`^(?:\[(?:linux|windows)\] )?`;
const leadingIds = new RegExp(`${mark}${id}(?:(?:, | to )${id})*: `, 'u');

/** One sentence for each title that is too long, or whose ids stand elsewhere than in front, before a colon. */
export function titleProblems(file, text) {
  return testTitles(file, text).flatMap((title) => [
    ...(title.length > maxTitle
      ? [`${file}: a title of ${title.length} characters, over ${maxTitle}: ${title}`]
      : []),
    ...(anyId.test(title.replace(leadingIds, ''))
      ? [`${file}: ids go in front, before a colon ("K2, D1: ..."): ${title}`]
      : []),
  ]);
}

/** The same over all tests; how many titles were read goes with it, for none found is no proof. */
export function allTitleProblems() {
  const folder = join(projectFolder, 'tests');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.(?:test|spec)\.ts$/u.test(name),
  );
  const texts = files.map((name) => ({
    file: `tests/${name.replaceAll('\\', '/')}`,
    text: readFileSync(join(folder, name), 'utf8'),
  }));
  return {
    titles: texts.reduce((sum, { file, text }) => sum + testTitles(file, text).length, 0),
    problems: texts.flatMap(({ file, text }) => titleProblems(file, text)),
  };
}
