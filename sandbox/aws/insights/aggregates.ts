import { NotInSandbox } from '../errors.ts';
import { type Expression, expect, type Reader, readExpression } from './expression.ts';
import type { Row } from './record.ts';
import { malformed } from './tokens.ts';

export interface Aggregate {
  name: string;
  over(rows: readonly Row[]): string | number | undefined;
}

/** `count(*) as n`, `pct(ms, 95)` */
export function readAggregate(reader: Reader): Aggregate {
  const kind = reader.next().text.toLowerCase();
  expect(reader, '(');
  const isAll = reader.take('*');
  const field = reader.peek()?.text ?? '';
  const input = isAll ? () => 1 : readExpression(reader);
  const share = reader.take(',') ? Number(reader.next().text) : undefined;
  expect(reader, ')');
  const shown = `${kind}(${isAll ? '*' : field}${share === undefined ? '' : `,${share}`})`;
  return { name: readAlias(reader) ?? shown, over: aggregate(kind, input, share) };
}

export function readAlias(reader: Reader): string | undefined {
  return reader.take('as') ? reader.next().text : undefined;
}

function aggregate(kind: string, input: Expression, share: number | undefined): Aggregate['over'] {
  const present = (rows: readonly Row[]) => rows.map(input).filter((value) => value !== undefined);
  const numbers = (rows: readonly Row[]) =>
    present(rows)
      .map(Number)
      .filter((number) => !Number.isNaN(number));
  const known: Record<string, Aggregate['over']> = {
    count: (rows) => present(rows).length,
    count_distinct: (rows) => new Set(present(rows)).size,
    sum: (rows) => total(numbers(rows)),
    avg: (rows) => ifAny(numbers(rows), (list) => total(list) / list.length),
    max: (rows) => ifAny(numbers(rows), (list) => Math.max(...list)),
    min: (rows) => ifAny(numbers(rows), (list) => Math.min(...list)),
    pct: (rows) => ifAny(numbers(rows), (list) => percentile(list, share ?? 50)),
    latest: (rows) => asText(input, ends(rows)[1]),
    earliest: (rows) => asText(input, ends(rows)[0]),
  };
  const over = known[kind];
  if (!over) throw new NotInSandbox(`the aggregation ${kind} of Logs Insights`);
  return over;
}

function total(list: readonly number[]): number {
  return list.reduce((sum, number) => sum + number, 0);
}

function ifAny<Result>(list: number[], of: (list: number[]) => Result): Result | undefined {
  return list.length === 0 ? undefined : of(list);
}

function percentile(list: readonly number[], share: number): number {
  const sorted = list.toSorted((one, other) => one - other);
  const found = sorted[Math.min(sorted.length - 1, Math.ceil((share / 100) * sorted.length) - 1)];
  if (found === undefined) throw malformed(`pct of ${share}`);
  return found;
}

function ends(rows: readonly Row[]): [Row | undefined, Row | undefined] {
  const byTime = rows.toSorted(
    (one, other) => Number(one.get('@timestamp')) - Number(other.get('@timestamp')),
  );
  return [byTime[0], byTime.at(-1)];
}

function asText(input: Expression, row: Row | undefined): string | number | undefined {
  const value = row === undefined ? undefined : input(row);
  return typeof value === 'boolean' ? Number(value) : value;
}
