import { distance } from 'fastest-levenshtein';

/** Those that fit what was typed, best first: begins with it, has it, has its letters in order, a slip away from it. */
export function rank<T>(typed: string, items: readonly T[], nameOf: (item: T) => string): T[] {
  const wanted = typed.trim().toLowerCase();
  if (wanted === '') return items.toSorted((a, b) => nameOf(a).localeCompare(nameOf(b)));
  return items
    .map((item) => ({ item, name: nameOf(item), score: score(wanted, nameOf(item).toLowerCase()) }))
    .filter(({ score: found }) => found < 5)
    .sort((a, b) => a.score - b.score || a.name.length - b.name.length || a.name.localeCompare(b.name))
    .map(({ item }) => item);
}

function score(wanted: string, name: string): number {
  if (name === wanted) return 0;
  if (name.startsWith(wanted)) return 1;
  if (name.includes(wanted)) return 2;
  if (hasInOrder(wanted, name)) return 3;
  const slips = wanted.length < 4 ? 1 : 2;
  const parts = [name, ...name.split(/[-_]/)];
  return parts.some((part) => distance(wanted, part) <= slips) ? 4 : 5;
}

function hasInOrder(wanted: string, name: string): boolean {
  let at = 0;
  for (const letter of name) if (letter === wanted[at]) at += 1;
  return at === wanted.length;
}
