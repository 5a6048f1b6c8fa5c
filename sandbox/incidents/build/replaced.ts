/** The same thing with one text in the place of another, wherever it stands by itself. */
export function replaced<Told>(told: Told, from: string, to: string): Told {
  return replacedIn(told, from, to) as Told;
}

function replacedIn(value: unknown, from: string, to: string): unknown {
  if (value === from) return to;
  if (Array.isArray(value)) return value.map((item) => replacedIn(item, from, to));
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, replacedIn(item, from, to)]));
}
