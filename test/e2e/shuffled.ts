import { hex } from '#sandbox/incidents/build/seeded.ts';

/**
 * The same with every list of objects in another order, which the seed decides. Lists of words keep theirs, for the
 * words of a command are a sequence; so do the lines of a log.
 */
export function shuffled<T>(value: T, seed: string): T {
  if (Array.isArray(value)) {
    const items = value.map((item) => shuffled(item, seed));
    const fixed = isLog(value) || value.some((item) => typeof item !== 'object');
    return (fixed ? items : items.toSorted((a, b) => rank(a, seed).localeCompare(rank(b, seed)))) as T;
  }
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, shuffled(item, seed)])) as T;
}

function isLog(list: readonly unknown[]): boolean {
  return list.every((item) => typeof item === 'object' && item !== null && 'at' in item);
}

function rank(item: unknown, seed: string): string {
  return hex(`${seed} ${JSON.stringify(item)}`, 16);
}
