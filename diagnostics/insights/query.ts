import type { Task } from '@aws-sdk/client-ecs';
import type { Chart } from '../charts.ts';
import type { InsightsColumn } from '../insights-details.ts';
import type { LogShape } from './shape.ts';
import type { Window } from './window.ts';

/** A row as Logs Insights answers it, redacted, by field. */
export type ResultRow = Readonly<Record<string, string>>;

/** What a query is written from. */
export interface Frame {
  shape: LogShape;
  window: Window;
  /** Tasks that have stopped, newest stop first. */
  stopped: readonly Task[];
  /**
   * The class of a group that knows neither `pattern` nor `diff`.
   * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_AnalyzeLogData_Classes.html
   */
  plainClass?: string;
}

/** What the rows are read beside. */
export interface Beside extends Frame {
  /** Events that the query matched, which may be more than the rows tell of. */
  matched: number;
  /** When a deployment began, if within the window. */
  deployment?: { revision: string; at: Date } | undefined;
}

export interface Reading {
  /** Reads on after `api in prod: `. */
  headline: string;
  rows: string[][];
  charts?: Chart[];
}

/** One query of the library. */
export interface InsightsQuery {
  /** As it is typed after --query. */
  name: string;
  /** In a menu. */
  label: string;
  question: string;
  /** What its rows would be, in words that read on after "nothing matched: no ". */
  looksFor: string;
  /** Rows at most. */
  limit: number;
  /** It is clustered by CloudWatch, which only groups of the standard class are. */
  clusters?: true;
  /** Rows at most where they are clustered here. */
  plainLimit?: number;
  /**
   * The commands after the one that keeps to the target's streams, or what the log lacks for it, or why CloudWatch does
   * not know how.
   */
  commands(frame: Frame): string[] | { lacks: string } | { unknown: string };
  /** Another window than the usual one. */
  window?(frame: Frame): Window | undefined;
  columns: readonly InsightsColumn[];
  read(rows: readonly ResultRow[], beside: Beside): Reading;
}

/** Rows at most of a query over groups of that class. */
export function limitOf(
  { limit, plainLimit }: InsightsQuery,
  { plainClass }: Pick<Frame, 'plainClass'>,
): number {
  return plainClass === undefined ? limit : (plainLimit ?? limit);
}

/** A field's name as the query language takes it. */
export function field(name: string): string {
  return /^[@A-Za-z_][\w.@]*$/.test(name) ? name : `\`${name.replaceAll('`', '')}\``;
}

/** The command that takes the parts of a request out of a line of text; none where they are fields already. */
export function parsing({ request }: LogShape): string[] {
  return request === undefined ? [] : [`parse @message /${request.replaceAll('/', '\\/')}/`];
}

/** A share in per cent, never 100 where something is left. */
export function percent(part: number, whole: number): string {
  if (whole === 0) return '0 %';
  const share = Math.round((part / whole) * 100);
  return `${share === 100 && part < whole ? 99 : share} %`;
}

/** `1,204` */
export function number(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: 1 });
}

/** A number as a cell holds it, for programs to read; who shows it sets it out. */
export function cell(value: number): string {
  return String(Math.round(value * 10) / 10);
}

/** The number in a field; 0 where there is none. */
export function numberIn(row: ResultRow, name: string): number {
  const value = Number(row[name]);
  return Number.isFinite(value) ? value : 0;
}

/** `2026-11-24 14:41:07.318`, in UTC, as ISO 8601. */
export function timeIn(row: ResultRow, name: string): string {
  const text = row[name] ?? '';
  const parsed = new Date(`${text.replace(' ', 'T')}Z`);
  return Number.isNaN(parsed.getTime()) ? text : parsed.toISOString();
}

/** The task in a stream's name: awslogs puts it at the end, FireLens wherever its template says. */
export function taskIn(row: ResultRow): string {
  const stream = row['@logStream'] ?? '';
  const id = /(?:[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/.exec(stream)?.[0];
  return (id ?? stream.split('/').at(-1) ?? '').slice(0, 8);
}
