// How long a function may be.
import { parseSync } from 'vite';

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
  const { program, errors } = parseSync(file, text);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0].message}`);
  const found = [];
  const walk = (node, above) => {
    if (Array.isArray(node)) {
      for (const inner of node) walk(inner, above);
      return;
    }
    if (node === null || typeof node !== 'object' || typeof node.type !== 'string') return;
    const lines = text.slice(node.start, node.end).split('\n').length;
    if (lines <= maxLines) return;
    if (isFunction(node)) found.push({ file, name: nameOf(node, above), lines });
    for (const inner of Object.values(node)) walk(inner, [...above, node]);
  };
  walk(program, []);
  return found;
}

/** One sentence for each function over the limit. */
export function lengthProblems(found) {
  return found.map(
    ({ file, name, lines }) =>
      `${file} ${name}: ${lines} lines, over ${maxLines}: a step of it wants a function of its own`,
  );
}
