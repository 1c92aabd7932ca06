import { z } from 'zod';

const withOffset = z.regexes.datetime({ offset: true });
const deepest = 5;

const isTime = (name: string): boolean => name.endsWith('At') || name === 'until';

function inUtc(value: unknown): unknown {
  return typeof value === 'string' && !value.endsWith('Z') && withOffset.test(value)
    ? new Date(value).toISOString()
    : value;
}

/**
 * An answer with its times in UTC: a portal may write them with an offset, and means the same instants. Everything else stays as it is,
 * and is not made anew: an answer of millions of parts costs no more than a look at each.
 */
export function utcTimes(value: unknown, depth = 0): unknown {
  if (typeof value !== 'object' || value === null || depth > deepest) return value;
  const heard = (name: string, field: unknown): unknown =>
    isTime(name) ? inUtc(field) : utcTimes(field, depth + 1);
  if (Array.isArray(value)) {
    let list: unknown[] | null = null;
    for (let index = 0; index < value.length; index += 1) {
      const entry: unknown = value[index];
      const next = utcTimes(entry, depth + 1);
      if (next === entry) continue;
      list ??= [...value];
      list[index] = next;
    }
    return list ?? value;
  }
  let changed: [string, unknown][] | null = null;
  for (const name in value) {
    if (!Object.hasOwn(value, name)) continue;
    const field: unknown = Reflect.get(value, name);
    const next = heard(name, field);
    if (next === field) continue;
    changed ??= [];
    changed.push([name, next]);
  }
  return changed === null ? value : { ...value, ...Object.fromEntries(changed) };
}
