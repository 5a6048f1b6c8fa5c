import { distance } from 'fastest-levenshtein';

/** A name wrong by more letters than this is another name. */
const lettersWrong = 2;

/**
 * The names that a typed one may stand for, best class first and only that class: exact, exact but for case, one
 * that begins with it, one that holds it, one that differs by a letter or two.
 */
export function matching(typed: string, names: readonly string[]): string[] {
  const lower = typed.toLowerCase();
  const classes: ((name: string) => boolean)[] = [
    (name) => name === typed,
    (name) => name.toLowerCase() === lower,
    (name) => name.toLowerCase().startsWith(lower),
    (name) => name.toLowerCase().includes(lower),
    (name) => distance(name.toLowerCase(), lower) <= Math.min(lettersWrong, Math.floor(lower.length / 3)),
  ];
  for (const fits of classes) {
    const found = names.filter(fits);
    if (found.length > 0) return found;
  }
  return [];
}

/** More than this part of the letters wrong is another word. */
const partWrong = 0.5;

/** The nearest few names, for "did you mean". */
export function nearest(typed: string, names: readonly string[], most = 3): string[] {
  const lower = typed.toLowerCase();
  return [...new Set(names)]
    .map((name) => ({ name, far: distance(name.toLowerCase(), lower) / Math.max(name.length, lower.length) }))
    .filter(({ far }) => far < partWrong)
    .sort((a, b) => a.far - b.far || a.name.localeCompare(b.name))
    .slice(0, most)
    .map(({ name }) => name);
}
