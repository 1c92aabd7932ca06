// How long a function may be.
import { inside, parsed } from './syntax.mjs';

const maxLines = 120;

const isFunction = (node) =>
  ['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression'].includes(node.type);

/** What a reader calls the function: its own name, or that of what holds it. */
function nameOf(node, above) {
  if (node.id) return node.id.name;
  const holder = above.findLast((outer) =>
    ['VariableDeclarator', 'MethodDefinition', 'Property', 'CallExpression'].includes(outer.type),
  );
  if (holder?.type === 'CallExpression')
    return `callback of ${holder.callee.name ?? holder.callee.property?.name ?? 'a call'}`;
  return holder?.id?.name ?? holder?.key?.name ?? 'unnamed';
}

/** The functions of a file over 120 lines, from the first line of each to its closing brace. */
export function longFunctions(file, text) {
  const found = [];
  const walk = (node, above) => {
    const lines = text.slice(node.start, node.end).split('\n').length;
    if (lines <= maxLines) return;
    if (isFunction(node)) found.push({ file, name: nameOf(node, above), lines });
    for (const part of inside(node)) walk(part, [...above, node]);
  };
  walk(parsed(file, text), []);
  return found;
}

/** One sentence for each function over the limit. */
export function lengthProblems(found) {
  return found.map(
    ({ file, name, lines }) =>
      `${file} ${name}: ${lines} lines, over ${maxLines}: a step of it wants a function of its own`,
  );
}
