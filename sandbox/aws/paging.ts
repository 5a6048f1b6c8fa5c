export interface Page<T> {
  items: T[];
  nextToken: string | undefined;
}

/**
 * One page of a list. Tokens are opaque, and bound to the list they came from: AWS refuses a token that
 * another operation issued.
 *
 * @param list names the list, so that a token of another one is noticed
 * @param invalid makes the service's own error for a token it did not issue
 */
export function pageOf<T>(
  items: readonly T[],
  list: string,
  token: string | undefined,
  size: number,
  invalid: () => Error,
): Page<T> {
  const start = token === undefined ? 0 : offsetOf(token, list);
  if (start === undefined) throw invalid();
  const end = start + size;
  return { items: items.slice(start, end), nextToken: end < items.length ? tokenFor(list, end) : undefined };
}

export function tokenFor(list: string, offset: number): string {
  return Buffer.from(`${offset} ${list}`).toString('base64url');
}

/** The offset that a token of this list stands for; undefined for any other text. */
export function offsetOf(token: string, list: string): number | undefined {
  const text = Buffer.from(token, 'base64url').toString();
  const [offset = ''] = text.split(' ', 1);
  return /^\d+$/.test(offset) && text === `${offset} ${list}` ? Number(offset) : undefined;
}
