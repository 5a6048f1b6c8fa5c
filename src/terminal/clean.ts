import { plain } from '#blocks/escape.ts';

/**
 * A copy of an answer in which every text is `plain`. All of it, since hardly any text is wholly ours: titles, fixes
 * and commands carry names of images, containers and log streams, and a terminal obeys what it is sent.
 */
export function cleaned<Value>(value: Value): Value {
  return copyOf(value) as Value;
}

function copyOf(value: unknown): unknown {
  if (typeof value === 'string') return plain(value);
  if (Array.isArray(value)) return value.map(copyOf);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, copyOf(inner)]));
}
