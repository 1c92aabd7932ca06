// How a test is called: short enough for one line of a report, with its ids in one form.
import { all, parsed } from './syntax.mjs';

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
  return all(
    parsed(file, text),
    (node) => node.type === 'CallExpression' && makersOfTests.has(rootOf(node.callee)),
  ).flatMap((node) => titleOf(node, text) ?? []);
}
const id = String.raw`(?:(?:R|FACT)-[A-Z]+-\d+|(?:THREAT|LAW|CLOCK|COMPLAINT|FINDING|DAMAGE)-\d+|(?:SEC|BOUND)-[A-Z\d]+|[ADKP]\d{1,2})`;
const anyId = new RegExp(String.raw`\b${id}\b`, 'u');
const mark = String.raw`^(?:\[(?:linux|windows|redmine|rt)\] )?`;
const leadingIds = new RegExp(`${mark}${id}(?:(?:, | to )${id})*: `, 'u');

/** One sentence for each title that is too long, or whose ids stand elsewhere than in front, before a colon. */
function titleProblems(file, titles) {
  return titles.flatMap((title) => [
    ...(title.length > maxTitle
      ? [`${file}: a title of ${title.length} characters, over ${maxTitle}: ${title}`]
      : []),
    ...(anyId.test(title.replace(leadingIds, ''))
      ? [`${file}: ids go in front, before a colon ("K2, D1: ..."): ${title}`]
      : []),
  ]);
}

/**
 * The same over all tests; how many titles were read goes with it, for none found is no proof.
 * @param {readonly { file: string, text: string }[]} sources every file under tests/
 */
export function allTitleProblems(sources) {
  const read = sources
    .filter(({ file }) => /\.(?:test|spec)\.ts$/u.test(file))
    .map(({ file, text }) => ({ file, titles: testTitles(file, text) }));
  return {
    titles: read.reduce((sum, { titles }) => sum + titles.length, 0),
    problems: read.flatMap(({ file, titles }) => titleProblems(file, titles)),
  };
}
