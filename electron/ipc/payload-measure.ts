/** How much of a payload is looked at. `chars` counts texts and names of fields, `nodes` every value, `depth` values within values. */
export type PayloadLimits = { readonly chars: number; readonly nodes: number; readonly depth: number };

/** `odd`: no plain data, or data within data beyond the depth, as anything that holds itself is. */
export type PayloadMeasure = 'plain' | 'odd' | 'too-large';

const isPlainObject = (value: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || (typeof prototype === 'object' && Object.getPrototypeOf(prototype) === null);
};

/**
 * Judges what came over the bridge before anything is made of it: texts, numbers, booleans, null, undefined, and
 * plain objects and dense arrays of these are plain data; bytes, dates, maps, sets, functions and whatever else can be cloned are not.
 * Nothing is copied or written out, and nothing is looked at beyond the limits: a refusal costs no more than they allow.
 */
export function payloadMeasure(payload: unknown, limits: PayloadLimits): PayloadMeasure {
  let { chars, nodes } = limits;
  const open: { readonly value: unknown; readonly depth: number }[] = [{ value: payload, depth: 0 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, depth } = next;
    if (typeof value === 'string') chars -= value.length;
    else if (typeof value === 'object' && value !== null) {
      if (depth >= limits.depth) return 'odd';
      if (!Array.isArray(value) && !isPlainObject(value)) return 'odd';
      // Asked before the names are: an array of a thousand million holes has its length alone.
      if (Array.isArray(value) && value.length > nodes) return 'too-large';
      const names = Object.keys(value);
      if (names.length > nodes) return 'too-large';
      if (Array.isArray(value) && names.length !== value.length) return 'odd';
      // Counted before they are looked at: values that hold each other many times over are many, however few they are in memory.
      nodes -= names.length;
      for (const name of names) {
        if (!Array.isArray(value)) chars -= name.length;
        open.push({ value: Reflect.get(value, name), depth: depth + 1 });
      }
    } else if (typeof value === 'bigint' || typeof value === 'function' || typeof value === 'symbol')
      return 'odd';
    if (chars < 0) return 'too-large';
  }
  return 'plain';
}
