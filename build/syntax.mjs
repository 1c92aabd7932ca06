// Sources as the parser sees them, for what the linter cannot say.
import { parseSync } from 'vite';

const isNode = (value) => value !== null && typeof value === 'object' && typeof value.type === 'string';

/** The nodes right within one. */
export const inside = (node) => Object.values(node).flat().filter(isNode);

/** Everything within a node, itself among it, that a question is answered yes for. */
export function all(node, question) {
  const within = inside(node).flatMap((part) => all(part, question));
  return question(node) ? [node, ...within] : within;
}

/** The program a text is. @throws Error where it is none */
export function parsed(file, text) {
  const { program, errors } = parseSync(file, text);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0].message}`);
  return program;
}
