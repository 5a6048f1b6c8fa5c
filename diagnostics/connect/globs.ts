/**
 * Patterns of listener rules: `*` stands for any number of characters, `?` for exactly one. A set of requests is
 * written as such a pattern, too: `/reviews/*` is every path below `/reviews`.
 */

/** Whether everything that one pattern stands for is matched by another. False where that is not certain. */
export function within(inner: string, outer: string): boolean {
  return walk(inner, outer, (a, b) => b === '?' || a === b, false);
}

/** Whether something exists that both match. */
export function meet(one: string, other: string): boolean {
  return walk(one, other, (a, b) => a === '?' || b === '?' || a === b, true);
}

/** @param both a star of the first may take characters as well; otherwise only a star of the second takes it */
function walk(
  first: string,
  second: string,
  same: (a: string, b: string) => boolean,
  both: boolean,
): boolean {
  const known = new Map<number, boolean>();

  function from(i: number, j: number): boolean {
    const key = i * (second.length + 1) + j;
    const result = known.get(key) ?? look(i, j);
    known.set(key, result);
    return result;
  }

  function look(i: number, j: number): boolean {
    const [a, b] = [first[i], second[j]];
    if (a === undefined && b === undefined) return true;
    if (b === '*' && (from(i, j + 1) || (a !== undefined && from(i + 1, j)))) return true;
    if (both && a === '*' && (from(i + 1, j) || (b !== undefined && from(i, j + 1)))) return true;
    if (a === undefined || b === undefined || a === '*' || b === '*') return false;
    return same(a, b) && from(i + 1, j + 1);
  }

  return from(0, 0);
}
