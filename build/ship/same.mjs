// Whether two folders hold the same bytes.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** `Map` of path below `folder` to SHA-256, by path. */
export function hashesBelow(folder) {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
  const hash = (file) => createHash('sha256').update(readFileSync(file)).digest('hex');
  return new Map(files.map((file) => [relative(folder, file).replaceAll('\\', '/'), hash(file)]));
}

/** Paths that only one of the two has, or that differ; throws when the first is empty. */
export function differences(one, other) {
  const [first, second] = [hashesBelow(one), hashesBelow(other)];
  if (first.size === 0) throw new Error(`${one} is empty`);
  return [...new Set([...first.keys(), ...second.keys()])].filter(
    (path) => first.get(path) !== second.get(path),
  );
}
