import { AwsError } from '../errors.ts';

/** A word of the query language. */
export type Token =
  | { kind: 'name'; text: string }
  | { kind: 'number'; text: string; value: number }
  | { kind: 'text'; text: string }
  | { kind: 'regex'; text: string; pattern: RegExp }
  | { kind: 'sign'; text: string };

const forms: readonly [Token['kind'] | 'space', RegExp][] = [
  ['space', /\s+|#[^\n]*/y],
  ['text', /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/y],
  ['regex', /\/(?:[^/\\]|\\.)+\//y],
  ['number', /\d+(?:\.\d+)?(?:ms|[smhdw])?(?![\w.])/y],
  ['name', /[@A-Za-z_][\w.@]*|`[^`]+`/y],
  ['sign', /!=|<=|>=|=~|[|()[\],=<>*]/y],
];

/** @throws MalformedQueryException for what is no word of the language */
export function tokensOf(query: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < query.length) {
    const found = wordAt(query, at);
    if (!found) throw malformed(`unexpected symbol found ${query.slice(at, at + 20)} at position ${at}`);
    at += found.text.length;
    if (found.kind !== 'space') tokens.push(tokenOf(found.kind, found.text));
  }
  return tokens;
}

function wordAt(query: string, at: number): { kind: Token['kind'] | 'space'; text: string } | undefined {
  for (const [kind, form] of forms) {
    form.lastIndex = at;
    const [text] = form.exec(query) ?? [];
    if (text !== undefined) return { kind, text };
  }
  return undefined;
}

function tokenOf(kind: Token['kind'], text: string): Token {
  switch (kind) {
    case 'text':
      return { kind, text: text.slice(1, -1).replace(/\\(.)/g, '$1') };
    case 'regex':
      return { kind, text, pattern: regexOf(text.slice(1, -1)) };
    case 'number':
      return { kind, text, value: Number.parseFloat(text) };
    case 'name':
      return { kind, text: text.startsWith('`') ? text.slice(1, -1) : text };
    case 'sign':
      return { kind, text };
  }
}

/** `(?i)` at the beginning holds for the whole pattern; JavaScript has a flag for that. */
function regexOf(source: string): RegExp {
  const isLoose = source.startsWith('(?i)');
  try {
    return new RegExp(isLoose ? source.slice(4) : source, isLoose ? 'i' : '');
  } catch {
    throw malformed(`invalid regular expression ${source}`);
  }
}

export function malformed(message: string): AwsError {
  return new AwsError('MalformedQueryException', message);
}
