// How long a function may be, and the few that are longer today: a list that only ever gets shorter.
import { parseSync } from 'vite';

const maxLines = 120;

/** Today's length of each function over the limit. None may be added, none may grow. */
const known = {
  'electron/outbox/deliver-item.ts itemDelivery': 143,
  'electron/outbox/outbox-sender.ts outboxSender': 239,
};

const isFunction = (node) => ['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression'].includes(node.type);

/** What a reader calls the function: its own name, or that of what holds it. */
function nameOf(node, above) {
  if (node.id) return node.id.name;
  const holder = above.findLast((outer) => ['VariableDeclarator', 'MethodDefinition', 'Property', 'CallExpression'].includes(outer.type));
  if (holder?.type === 'CallExpression') return `callback of ${holder.callee.name ?? holder.callee.property?.name ?? 'a call'}`;
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

/** One sentence for each function that is new over the limit or that grew, and for each entry of the list that is no longer needed. */
export function lengthProblems(found) {
  const seen = new Map(found.map(({ file, name, lines }) => [`${file} ${name}`, lines]));
  const tooLong = [...seen].flatMap(([key, lines]) => {
    if (known[key] === undefined) return [`${key}: ${lines} lines, over ${maxLines}: a step of it wants a function of its own`];
    return lines > known[key] ? [`${key}: grew from ${known[key]} to ${lines} lines, and may only shrink`] : [];
  });
  const done = Object.keys(known).flatMap((key) =>
    seen.has(key) ? [] : [`${key}: no longer over ${maxLines} lines, or gone: take it off build/function-lengths.mjs`],
  );
  return [...tooLong, ...done];
}
