import { all, type Tri, triOf } from './tri.ts';

/**
 * A text with wildcards, whose variables are filled in: what a variable stands for is meant literally, even where it
 * holds a star.
 */
export type Pattern = readonly Token[];

/** `any` stands for `*`, `one` for `?`. */
export type Token = string | typeof any | typeof one;
export const any = Symbol('*');
export const one = Symbol('?');

/** The pattern of a text that holds no variables. */
export function patternOf(text: string): Pattern {
  return [...text].map((char) => (char === '*' ? any : char === '?' ? one : char));
}

/** Text in which nothing is a wildcard. */
export function literally(text: string): Pattern {
  return [...text];
}

export function lowerCase(pattern: Pattern): Pattern {
  return pattern.map((token) => (typeof token === 'string' ? token.toLowerCase() : token));
}

/** Whether the whole text is of this form; wildcards stand for every character. */
export function matches(pattern: Pattern, text: string): boolean {
  return reached(pattern, text, () => true).has(pattern.length);
}

/** Whether every text that begins so is of this form, some may be, or none is. */
export function matchesPrefix(pattern: Pattern, prefix: string): Tri {
  const states = [...reached(pattern, prefix, () => true)];
  if (states.length === 0) return 'no';
  const takesAll = (state: number) =>
    state < pattern.length && pattern.slice(state).every((token) => token === any);
  return states.some(takesAll) ? 'yes' : 'open';
}

/**
 * Whether a Resource element names this ARN. AWS documents that a star may reach over a colon where it ends its own
 * segment, and advises against anything else; a match that needs more than that is open.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */
export function matchesResource(pattern: Pattern, arn: string): Tri {
  if (!matches(pattern, arn)) return 'no';
  const endsSegment = (state: number) => {
    const next = pattern.slice(state).find((token) => token !== any);
    return next === undefined || next === ':';
  };
  const documented = reached(pattern, arn, (state, char) => char !== ':' || endsSegment(state));
  return documented.has(pattern.length) ? 'yes' : 'open';
}

/**
 * Whether an Arn condition holds: each of the six parts is compared by itself, and the last holds what colons remain.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export function matchesArn(pattern: Pattern, arn: string, isPrefix = false): Tri {
  const parts = arnParts([...arn]);
  const wanted = arnParts(pattern);
  if (!parts) return isPrefix ? 'open' : 'no';
  // Nothing says what a bare star does here; what no reading could match is decided all the same.
  if (!wanted) return matches([...pattern, any], arn) ? 'open' : 'no';
  return all(
    wanted.map((part, index) => {
      const text = (parts[index] ?? []).join('');
      return isPrefix && index === 5 ? matchesPrefix(part, text) : triOf(matches(part, text));
    }),
  );
}

/** The five parts between colons and the rest; undefined where there are fewer. */
function arnParts<Char>(tokens: readonly Char[]): Char[][] | undefined {
  const parts: Char[][] = [[]];
  for (const token of tokens) {
    if (token === ':' && parts.length < 6) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts.length === 6 ? parts : undefined;
}

/** The places in the pattern at which it may stand after this text; its length means that it is used up. */
function reached(
  pattern: Pattern,
  text: string,
  mayTake: (state: number, char: string) => boolean,
): Set<number> {
  let states = skipping(pattern, new Set([0]));
  for (const char of text) {
    const next = new Set<number>();
    for (const state of states) {
      const token = pattern[state];
      if (token === any) {
        if (mayTake(state, char)) next.add(state);
      } else if (token === one ? mayTake(state, char) : token === char) next.add(state + 1);
    }
    states = skipping(pattern, next);
    if (states.size === 0) break;
  }
  return states;
}

/** A star may stand for nothing. */
function skipping(pattern: Pattern, states: Set<number>): Set<number> {
  for (const state of states) if (pattern[state] === any) states.add(state + 1);
  return states;
}
