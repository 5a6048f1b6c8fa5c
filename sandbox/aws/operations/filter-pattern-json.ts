import { invalid } from './logs-names.ts';

type Test = (document: unknown) => boolean;

const token =
  /\s*(?:(&&|\|\||!=|<=|>=|[(){}=<>])|("(?:[^"\\]|\\.)*")|(\$(?:\.[\w-]+|\[(?:\d+|'[^']*'|"[^"]*")\])*)|%([^%]+)%|([^\s(){}=<>!&|"]+))/uy;

interface Token {
  kind: 'sign' | 'text' | 'path' | 'regex' | 'word';
  text: string;
}

/**
 * Compiles a pattern over JSON messages. A message that is no JSON matches nothing.
 *
 * @throws InvalidParameterException
 */
export function jsonPattern(pattern: string): (message: string) => boolean {
  const tokens = readTokens(pattern);
  const parser = { tokens, next: 0 };
  expect(parser, '{');
  const test = either(parser);
  expect(parser, '}');
  if (parser.next < tokens.length) throw malformed();
  return (message) => {
    const document = parsed(message);
    return document !== undefined && test(document);
  };
}

interface Parser {
  tokens: Token[];
  next: number;
}

function readTokens(pattern: string): Token[] {
  const tokens: Token[] = [];
  const reader = new RegExp(token);
  while (reader.lastIndex < pattern.trimEnd().length) {
    const match = reader.exec(pattern);
    if (!match) throw malformed();
    const [, sign, text, path, regex, word] = match;
    if (sign !== undefined) tokens.push({ kind: 'sign', text: sign });
    else if (text !== undefined)
      tokens.push({ kind: 'text', text: text.slice(1, -1).replace(/\\(.)/g, '$1') });
    else if (path !== undefined) tokens.push({ kind: 'path', text: path });
    else if (regex !== undefined) tokens.push({ kind: 'regex', text: regex });
    else tokens.push({ kind: 'word', text: word ?? '' });
  }
  return tokens;
}

function take(parser: Parser): Token {
  const found = parser.tokens[parser.next];
  if (!found) throw malformed();
  parser.next += 1;
  return found;
}

function accept(parser: Parser, text: string): boolean {
  const found = parser.tokens[parser.next];
  const same = found !== undefined && found.kind !== 'text' && found.text.toUpperCase() === text;
  if (same) parser.next += 1;
  return same;
}

function expect(parser: Parser, text: string): void {
  if (!accept(parser, text)) throw malformed();
}

function either(parser: Parser): Test {
  const tests = [both(parser)];
  while (accept(parser, '||')) tests.push(both(parser));
  return (document) => tests.some((test) => test(document));
}

function both(parser: Parser): Test {
  const tests = [single(parser)];
  while (accept(parser, '&&')) tests.push(single(parser));
  return (document) => tests.every((test) => test(document));
}

function single(parser: Parser): Test {
  if (accept(parser, '(')) {
    const inner = either(parser);
    expect(parser, ')');
    return inner;
  }
  const path = take(parser);
  if (path.kind !== 'path') throw malformed();
  const steps = stepsOf(path.text);
  if (accept(parser, 'NOT')) {
    expect(parser, 'EXISTS');
    return (document) => valueAt(document, steps) === undefined;
  }
  const test = accept(parser, 'IS') ? literal(take(parser)) : comparison(take(parser), take(parser));
  return (document) => {
    const value = valueAt(document, steps);
    return value !== undefined && test(value);
  };
}

function literal({ text }: Token): Test {
  const values = new Map<string, unknown>([
    ['NULL', null],
    ['TRUE', true],
    ['FALSE', false],
  ]);
  const name = text.toUpperCase();
  if (!values.has(name)) throw malformed();
  return (value) => value === values.get(name);
}

function comparison(operator: Token, operand: Token): Test {
  if (operator.kind !== 'sign' || operand.kind === 'sign' || operand.kind === 'path') throw malformed();
  const equal = equality(operand);
  const number = Number(operand.text);
  const compare = (test: (value: number) => boolean): Test => {
    if (operand.kind !== 'word' || Number.isNaN(number)) throw malformed();
    return (value) => typeof value === 'number' && test(value);
  };
  switch (operator.text) {
    case '=':
      return equal;
    case '!=':
      return (value) => !equal(value);
    case '<':
      return compare((value) => value < number);
    case '>':
      return compare((value) => value > number);
    case '<=':
      return compare((value) => value <= number);
    case '>=':
      return compare((value) => value >= number);
    default:
      throw malformed();
  }
}

/** A number without quotes is compared as a number; everything else as text, in which `*` stands for any text. */
function equality({ kind, text }: Token): Test {
  if (kind === 'word' && text !== '' && !Number.isNaN(Number(text))) return (value) => value === Number(text);
  const source = kind === 'regex' ? text : `^${text.split('*').map(quoted).join('[^]*')}$`;
  const regex = expression(source);
  return (value) => typeof value === 'string' && regex.test(value);
}

function quoted(text: string): string {
  return text.replace(/[.+?^${}()|[\]\\/]/g, '\\$&');
}

function expression(source: string): RegExp {
  try {
    return new RegExp(source);
  } catch {
    throw malformed();
  }
}

function stepsOf(path: string): string[] {
  const steps = path.matchAll(/\.([\w-]+)|\[(\d+)\]|\['([^']*)'\]|\["([^"]*)"\]/g);
  return Array.from(steps, ([, name, index, single, double]) => name ?? index ?? single ?? double ?? '');
}

function valueAt(document: unknown, steps: readonly string[]): unknown {
  return steps.reduce<unknown>(
    (value, step) => (typeof value === 'object' && value !== null ? Reflect.get(value, step) : undefined),
    document,
  );
}

function parsed(message: string): unknown {
  try {
    return JSON.parse(message);
  } catch {
    return undefined;
  }
}

function malformed() {
  return invalid('Invalid filter pattern');
}
