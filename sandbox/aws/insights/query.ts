import { NotInSandbox } from '../errors.ts';
import { type Aggregate, readAggregate, readAlias } from './aggregates.ts';
import { type Expression, isTrue, type Reader, readExpression, readerOf } from './expression.ts';
import { clustered, compared } from './patterns.ts';
import type { Row } from './record.ts';
import { malformed, type Token, tokensOf } from './tokens.ts';

/** What a query makes of the events of its time range, newest first. */
export interface Query {
  run(rows: readonly Row[], earlier: readonly Row[]): { rows: Row[]; matched: number };
  /** Looks at the time range before its own too. */
  compares: boolean;
  /** Uses what only groups of the standard class know. */
  clusters: boolean;
}

interface State {
  rows: Row[];
  /** The same of the time range before, where the query compares. */
  earlier: Row[];
  shown: string[] | undefined;
  matched: number;
}

type Step = (state: State) => State;

/**
 * Reads a query: fields, filter, parse with a regular expression, stats, sort, limit, display, pattern and diff.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax.html
 *
 * @throws MalformedQueryException for what is no query
 * @throws NotInSandbox for what is one, and not of these commands
 */
export function readQuery(text: string): Query {
  const commands = split(tokensOf(text));
  const names = commands.map(([word]) => word?.text.toLowerCase());
  const steps = commands.map((tokens) => readCommand(tokens));
  return {
    compares: names.includes('diff'),
    clusters: names.includes('pattern') || names.includes('diff'),
    run(rows, earlier) {
      const start: State = { rows: [...rows], earlier: [...earlier], shown: undefined, matched: rows.length };
      const { rows: found, shown, matched } = steps.reduce((state, step) => step(state), start);
      const visible =
        shown ??
        (names.some((name) => name === 'stats' || name === 'pattern')
          ? undefined
          : ['@timestamp', '@message']);
      return { rows: visible === undefined ? found : found.map((row) => only(row, visible)), matched };
    },
  };
}

function only(row: Row, fields: readonly string[]): Row {
  return new Map(
    fields.flatMap((field) => {
      const value = row.get(field);
      return value === undefined ? [] : [[field, value] as const];
    }),
  );
}

function split(tokens: readonly Token[]): Token[][] {
  const commands: Token[][] = [[]];
  for (const token of tokens) {
    if (token.kind === 'sign' && token.text === '|') commands.push([]);
    else commands.at(-1)?.push(token);
  }
  return commands;
}

function readCommand(tokens: readonly Token[]): Step {
  const reader = readerOf(tokens);
  const name = reader.next().text.toLowerCase();
  const read = commands[name];
  if (!read) throw new NotInSandbox(`the command ${name} of Logs Insights`);
  const step = read(reader);
  const rest = reader.peek();
  if (rest) throw malformed(`unexpected ${rest.text} after ${name}`);
  return step;
}

const commands: Record<string, (reader: Reader) => Step> = {
  fields: (reader) => show(reader, true),
  display: (reader) => show(reader, false),
  filter(reader) {
    const keep = readExpression(reader);
    const filtered = (rows: readonly Row[]) => rows.filter((row) => isTrue(keep(row)));
    return (state) => {
      const rows = filtered(state.rows);
      return { ...state, rows, earlier: filtered(state.earlier), matched: rows.length };
    };
  },
  parse(reader) {
    const field = reader.next().text;
    const token = reader.next();
    if (token.kind !== 'regex') throw new NotInSandbox('parse with a glob');
    const parsed = (row: Row): Row => {
      const groups = token.pattern.exec(String(row.get(field) ?? ''))?.groups ?? {};
      return new Map([...row, ...Object.entries(groups).filter(([, value]) => value !== undefined)]);
    };
    return (state) => ({ ...state, rows: state.rows.map(parsed), earlier: state.earlier.map(parsed) });
  },
  stats: readStats,
  sort: readSort,
  limit(reader) {
    const most = Number(reader.next().text);
    return (state) => ({ ...state, rows: state.rows.slice(0, most) });
  },
  pattern(reader) {
    const field = reader.next().text;
    return (state) => ({
      ...state,
      shown: undefined,
      rows: clustered(state.rows, field),
      earlier: clustered(state.earlier, field),
    });
  },
  diff: () => (state) => ({ ...state, rows: compared(state.rows, state.earlier) }),
};

function show(reader: Reader, adds: boolean): Step {
  const columns = readNamed(reader);
  const names = columns.map(({ name }) => name);
  const computed = (row: Row): Row =>
    new Map([
      ...row,
      ...columns.flatMap(({ name, of }) => {
        const value = of(row);
        return value === undefined
          ? []
          : [[name, typeof value === 'boolean' ? Number(value) : value] as const];
      }),
    ]);
  return (state) => ({
    ...state,
    rows: state.rows.map(computed),
    earlier: state.earlier.map(computed),
    shown: adds ? [...(state.shown ?? []), ...names] : names,
  });
}

/** Expressions with their names: `a, coalesce(b, c) as d, bin(1m)` */
function readNamed(reader: Reader): { name: string; of: Expression }[] {
  const named: { name: string; of: Expression }[] = [];
  do {
    const mark = reader.mark();
    const of = readExpression(reader);
    const shown = reader.since(mark);
    named.push({ name: readAlias(reader) ?? shown, of });
  } while (reader.take(','));
  return named;
}

function readStats(reader: Reader): Step {
  const aggregates: Aggregate[] = [];
  do aggregates.push(readAggregate(reader));
  while (reader.take(','));
  const by = reader.take('by') ? readNamed(reader) : [];
  return (state) => {
    const groups = Map.groupBy(state.rows, (row) => JSON.stringify(by.map(({ of }) => of(row) ?? null)));
    const rows = [...groups.values()].map((members): Row => {
      const [first] = members;
      const keys = by.map(({ name, of }) => [name, first && of(first)] as const);
      const values = aggregates.map(({ name, over }) => [name, over(members)] as const);
      return new Map(
        [...keys, ...values].flatMap(([name, value]) =>
          value === undefined ? [] : [[name, typeof value === 'boolean' ? Number(value) : value] as const],
        ),
      );
    });
    return { ...state, rows, shown: undefined };
  };
}

function readSort(reader: Reader): Step {
  const keys: { field: string; sign: number }[] = [];
  do {
    const field = reader.next().text;
    const isUp = reader.take('asc');
    keys.push({ field, sign: isUp || !reader.take('desc') ? 1 : -1 });
  } while (reader.take(','));
  return (state) => ({
    ...state,
    rows: state.rows.toSorted((one, other) => {
      for (const { field, sign } of keys) {
        const order = compare(one.get(field), other.get(field));
        if (order !== 0) return order * sign;
      }
      return 0;
    }),
  });
}

function compare(one: string | number | undefined, other: string | number | undefined): number {
  if (one === other) return 0;
  if (one === undefined) return -1;
  if (other === undefined) return 1;
  const [a, b] = [Number(one), Number(other)];
  if (!Number.isNaN(a) && !Number.isNaN(b)) return a - b;
  return String(one) < String(other) ? -1 : 1;
}
