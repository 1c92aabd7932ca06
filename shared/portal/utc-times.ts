import { z } from 'zod';

const withOffset = z.iso.datetime({ offset: true });
const deepest = 5;

const isTime = (name: string): boolean => name.endsWith('At') || name === 'until';

function inUtc(value: unknown): unknown {
  const parsed = withOffset.safeParse(value);
  return parsed.success && !parsed.data.endsWith('Z') ? new Date(parsed.data).toISOString() : value;
}

/** An answer with its times in UTC: a portal may write them with an offset, and means the same instants. Everything else stays as it is. */
export function utcTimes(value: unknown, depth = 0): unknown {
  if (depth > deepest) return value;
  if (Array.isArray(value)) return value.map((entry) => utcTimes(entry, depth + 1));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, isTime(name) ? inUtc(field) : utcTimes(field, depth + 1)]));
}
