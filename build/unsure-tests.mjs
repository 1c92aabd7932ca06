// Tests that pass without having tested anything when a list is empty, a branch is not taken or a way out comes first.
import { all, inside, parsed } from './syntax.mjs';
import { makersOfTests, rootOf } from './test-titles.mjs';

const functions = new Set(['ArrowFunctionExpression', 'FunctionExpression', 'FunctionDeclaration']);
const branches = new Set([
  'IfStatement',
  'ConditionalExpression',
  'LogicalExpression',
  'SwitchStatement',
  'CatchClause',
]);
const loops = new Set(['ForOfStatement', 'ForInStatement', 'ForStatement', 'WhileStatement']);
/** Calls of the test programs whose callback runs, or that fail when it does not. */
const theirRunners = ['poll', 'step'];

const lastName = (callee) => callee.property?.name ?? callee.name ?? null;
const withoutType = (node) =>
  node.type.startsWith('TS') && node.expression ? withoutType(node.expression) : node;
const isFilled = (list) =>
  list.type === 'ArrayExpression' &&
  list.elements.some((entry) => entry !== null && entry.type !== 'SpreadElement');

/** The names of the lists a file writes out, entry by entry. */
function listsOf(program) {
  const written = all(program, ({ type, init }) => type === 'VariableDeclarator' && init);
  return new Set(written.filter(({ init }) => isFilled(withoutType(init))).map(({ id }) => id.name));
}

/** Whether a loop goes round at least once by what is written at its head: over a written list, or up to its length or a number. */
function surelyRuns(loop, lists) {
  if (loop.type === 'ForStatement') {
    const limit = loop.test?.right;
    return limit?.type === 'Literal' || (lastName(limit ?? {}) === 'length' && lists.has(rootOf(limit)));
  }
  if (loop.type !== 'ForOfStatement') return false;
  const list = withoutType(loop.right);
  if (list.type === 'CallExpression' && lastName(list.callee) === 'entries') return lists.has(rootOf(list));
  return isFilled(list) || (list.type === 'Identifier' && lists.has(list.name));
}

/** Whether a statement may end the body it stands in. */
function leaves(statement) {
  const within = (node) =>
    !functions.has(node.type) && (node.type === 'ReturnStatement' || inside(node).some(within));
  return statement.type === 'IfStatement' && within(statement);
}

/** Whether running a body surely comes to something that can fail. */
function isSure(body, { asking, running }, lists) {
  const canFail = (node) => {
    if (functions.has(node.type) || branches.has(node.type)) return false;
    if (loops.has(node.type) && !surelyRuns(node, lists)) return false;
    if (node.type === 'CallExpression') {
      const names = [rootOf(node.callee), lastName(node.callee)];
      if (
        ['expect', 'assert'].includes(names[0]) ||
        names[1] === 'assert' ||
        names.some((name) => asking.has(name))
      )
        return true;
      if (names.some((name) => running.has(name)))
        return inside(node).some((part) =>
          functions.has(part.type) ? isSure(part.body, { asking, running }, lists) : canFail(part),
        );
    }
    return inside(node).some(canFail);
  };
  if (body.type !== 'BlockStatement') return canFail(body);
  // What stands behind a way out may never be reached.
  const wayOut = body.body.findIndex(leaves);
  return body.body.slice(0, wayOut === -1 ? undefined : wayOut).some(canFail);
}

/** The helpers of the tests, by name: those that can fail whenever they are called, and those that surely run what they are given. */
function sureHelpers(programs) {
  const helpers = programs.flatMap((program) => {
    const lists = listsOf(program);
    const made = all(
      program,
      (node) => node.type === 'FunctionDeclaration' || functions.has(node.init?.type),
    );
    return made.map((node) => ({ name: node.id.name, run: node.init ?? node, lists }));
  });
  const known = { asking: new Set(), running: new Set(theirRunners) };
  const sizes = () => known.asking.size + known.running.size;
  for (let before = -1; before !== sizes(); ) {
    before = sizes();
    for (const { name, run, lists } of helpers.filter(({ run }) => run.body)) {
      if (isSure(run.body, known, lists)) known.asking.add(name);
      const given = new Set(run.params.map((param) => param.name));
      if (isSure(run.body, { asking: given, running: known.running }, lists)) known.running.add(name);
    }
  }
  return known;
}

/** The bodies of the tests of a file, each with its title as it is written. */
function testsOf(program) {
  const calls = all(
    program,
    (node) =>
      node.type === 'CallExpression' &&
      (makersOfTests.has(rootOf(node.callee)) || rootOf(node.callee) === 'contract') &&
      lastName(node.callee) !== 'describe',
  );
  return calls.flatMap(({ arguments: [title, ...rest] }) => {
    const run = rest.find(({ type }) => functions.has(type));
    // A title given from elsewhere is a maker of tests, not a test.
    return run === undefined || title.type === 'Identifier' ? [] : [{ title, body: run.body }];
  });
}

/**
 * One sentence for each test in which nothing that can fail is sure to be reached.
 * @param {readonly { file: string, text: string }[]} sources every file under tests/, helpers among them
 */
export function unsureTestProblems(sources) {
  const programs = sources.map(({ file, text }) => ({ file, text, program: parsed(file, text) }));
  const sure = sureHelpers(programs.map(({ program }) => program));
  return programs.flatMap(({ file, text, program }) =>
    testsOf(program)
      .filter(({ body }) => !isSure(body, sure, listsOf(program)))
      .map(
        ({ title }) =>
          `${file}: may pass without having tested anything (count what was done and assert it): ${text.slice(title.start, title.end)}`,
      ),
  );
}
