import { NotInSandbox } from '../errors.ts';
import { type Row, timeText } from './record.ts';
import { malformed, type Token } from './tokens.ts';

export type Value = string | number | boolean | undefined;
export type Expression = (row: Row) => Value;

/** The words that are still to be read. */
export interface Reader {
  peek(): Token | undefined;
  next(): Token;
  /** Takes the word where it comes next. */
  take(text: string): boolean;
  /** How many words have been read. */
  mark(): number;
  /** The words read since then, as a result names what has no name of its own: `bin(1m)`. */
  since(mark: number): string;
}

export function readerOf(tokens: readonly Token[]): Reader {
  let at = 0;
  return {
    mark: () => at,
    since: (mark) =>
      tokens
        .slice(mark, at)
        .map(({ text }) => text)
        .join(''),
    peek: () => tokens[at],
    next() {
      const token = tokens[at];
      if (!token) throw malformed('unexpected end of the query');
      at += 1;
      return token;
    },
    take(text) {
      const token = tokens[at];
      const isIt = token?.kind !== 'text' && token?.text.toLowerCase() === text;
      if (isIt) at += 1;
      return isIt;
    },
  };
}

export function expect(reader: Reader, text: string): void {
  if (!reader.take(text)) throw malformed(`${text} expected, found ${reader.peek()?.text ?? 'the end'}`);
}

/** `a = 1 and (b like /x/ or not ispresent(c))`; `or` binds least. */
export function readExpression(reader: Reader): Expression {
  let left = readAnd(reader);
  while (reader.take('or')) {
    const [one, other] = [left, readAnd(reader)];
    left = (row) => isTrue(one(row)) || isTrue(other(row));
  }
  return left;
}

function readAnd(reader: Reader): Expression {
  let left = readNot(reader);
  while (reader.take('and')) {
    const [one, other] = [left, readNot(reader)];
    left = (row) => isTrue(one(row)) && isTrue(other(row));
  }
  return left;
}

function readNot(reader: Reader): Expression {
  if (!reader.take('not')) return readComparison(reader);
  const inner = readNot(reader);
  return (row) => !isTrue(inner(row));
}

const comparisons: Record<string, (left: number | string, right: number | string) => boolean> = {
  '=': (left, right) => left === right,
  '!=': (left, right) => left !== right,
  '<': (left, right) => left < right,
  '<=': (left, right) => left <= right,
  '>': (left, right) => left > right,
  '>=': (left, right) => left >= right,
};

function readComparison(reader: Reader): Expression {
  const left = readPrimary(reader);
  const negated = reader.take('not');
  if (reader.take('like') || reader.take('=~')) {
    const matches = readMatcher(reader);
    return (row) => matches(String(left(row) ?? '')) !== negated;
  }
  if (reader.take('in')) {
    const list = readList(reader);
    return (row) => list.includes(String(left(row) ?? '')) !== negated;
  }
  if (negated) throw malformed('like or in expected after not');
  const sign = reader.peek()?.text ?? '';
  const compare = reader.peek()?.kind === 'sign' ? comparisons[sign] : undefined;
  if (!compare) return left;
  reader.next();
  const right = readPrimary(reader);
  return (row) => {
    const [one, other] = [left(row), right(row)];
    if (one === undefined || other === undefined) return false;
    const numbers = [Number(one), Number(other)] as const;
    const isNumeric = numbers.every((number) => !Number.isNaN(number)) && one !== '' && other !== '';
    return isNumeric ? compare(...numbers) : compare(String(one), String(other));
  };
}

function readMatcher(reader: Reader): (text: string) => boolean {
  const token = reader.next();
  if (token.kind === 'regex') return (text) => token.pattern.test(text);
  if (token.kind === 'text') return (text) => text.includes(token.text);
  throw malformed(`a pattern or a text expected, found ${token.text}`);
}

function readList(reader: Reader): string[] {
  expect(reader, '[');
  const values: string[] = [];
  while (!reader.take(']')) {
    values.push(reader.next().text);
    reader.take(',');
  }
  return values;
}

const functions: Record<string, (values: Value[]) => Value> = {
  ispresent: ([value]) => value !== undefined,
  coalesce: (values) => values.find((value) => value !== undefined),
  tomillis: ([value]) => value,
  strcontains: ([text, part]) => (String(text ?? '').includes(String(part)) ? 1 : 0),
};

function readPrimary(reader: Reader): Expression {
  const token = reader.next();
  if (token.kind === 'number') return () => token.value;
  if (token.kind === 'text') return () => token.text;
  if (token.text === '(') {
    const inner = readExpression(reader);
    expect(reader, ')');
    return inner;
  }
  if (token.kind !== 'name') throw malformed(`unexpected ${token.text}`);
  if (!reader.take('(')) return (row) => row.get(token.text);
  const name = token.text.toLowerCase();
  if (name === 'bin') return readBin(reader);
  const run = functions[name];
  if (!run) throw new NotInSandbox(`the function ${token.text} of Logs Insights`);
  const inputs: Expression[] = [];
  while (!reader.take(')')) {
    inputs.push(readExpression(reader));
    reader.take(',');
  }
  return (row) => run(inputs.map((input) => input(row)));
}

const units: Record<string, number> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, ms: 1 };

function readBin(reader: Reader): Expression {
  const span = reader.next();
  const width = span.kind === 'number' ? span.value * (units[span.text.replace(/[\d.]+/, '')] ?? 0) : 0;
  if (width <= 0) throw malformed(`a time span expected, found ${span.text}`);
  expect(reader, ')');
  return (row) => timeText(Math.floor(Number(row.get('@timestamp')) / width) * width);
}

export function isTrue(value: Value): boolean {
  return (
    value === true ||
    (typeof value === 'number' && value !== 0) ||
    (typeof value === 'string' && value !== '')
  );
}
