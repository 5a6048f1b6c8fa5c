import type { ContextBlock, RichTextBlock, RichTextSection, TableBlock } from '@slack/types';
import type { StopGroup } from '#diagnostics/report.ts';
import { type Cell, type Column, cell, context, richCell, table } from './elements.ts';
import { own } from './limits.ts';
import { join, type Leaf, line, literal, rich, sentence, when } from './rich.ts';
import { timeFormat } from './times.ts';
import { plural } from './words.ts';

interface StopColumn extends Column {
  cell(stop: StopGroup, asOf: string): Cell;
  /** Left out where no row has anything to say: a phone shows about four columns. */
  isEmpty?(stop: StopGroup): boolean;
}

const columns: readonly StopColumn[] = [
  {
    title: 'Last stop',
    cell: ({ lastAt }, asOf) =>
      lastAt === undefined ? cell('', own.cell) : richCell(when(lastAt, timeFormat(lastAt, asOf))),
  },
  {
    title: 'Container',
    cell: ({ container }) => cell(container ?? '', own.cell),
    isEmpty: ({ container }) => container === undefined,
  },
  {
    title: 'Exit',
    align: 'right',
    cell: ({ exitCode }) => cell(exitCode === undefined ? '' : String(exitCode), own.cell),
    isEmpty: ({ exitCode }) => exitCode === undefined,
  },
  { title: 'Reason', wrapped: true, cell: ({ reason }) => cell(reason, own.cell) },
  { title: 'Times', align: 'right', cell: ({ count }) => cell(String(count), own.cell) },
  { title: 'Revision', cell: (stop) => cell(revisions(stop), own.cell) },
];

/** Stops that ended alike, newest first as given, as one native table of at most `most` rows. */
export function stopsTable(
  stops: readonly StopGroup[],
  asOf: string,
  most: number,
): (TableBlock | ContextBlock)[] {
  const shown = stops.slice(0, most);
  const used = columns.filter(({ isEmpty }) => isEmpty === undefined || !shown.every(isEmpty));
  const rows = shown.map((stop) => used.map((column) => column.cell(stop, asOf)));
  return [...(rows.length === 0 ? [] : [table(used, rows)]), ...context(leftOut(stops, shown.length))];
}

/** The same as a list, for surfaces that are not known to take a table. */
export function stopsList(
  stops: readonly StopGroup[],
  asOf: string,
  most: number,
): (RichTextBlock | ContextBlock)[] {
  const shown = stops.slice(0, most);
  const items = shown.map((stop): RichTextSection => line(listItem(stop, asOf)));
  const list = items.length === 0 ? [] : rich([{ type: 'rich_text_list', style: 'bullet', elements: items }]);
  return [...list, ...context(leftOut(stops, shown.length))];
}

function listItem(stop: StopGroup, asOf: string): Leaf[] {
  const parts = [
    when(stop.lastAt, timeFormat(stop.lastAt ?? asOf, asOf)),
    sentence(stop.container ?? '', own.cell),
    literal(stop.exitCode === undefined ? '' : `exit ${stop.exitCode}`),
    sentence(stop.reason, own.cell),
    literal(plural(stop.count, 'time')),
    sentence(revisions(stop), own.cell),
  ];
  return join(parts, ' · ');
}

function revisions({ revisions: all }: StopGroup): string {
  const more = all.length - own.revisions;
  return `${all.slice(0, own.revisions).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

function leftOut(stops: readonly StopGroup[], shown: number): string {
  const hidden = stops.slice(shown);
  if (hidden.length === 0) return '';
  const tasks = hidden.reduce((sum, { count }) => sum + count, 0);
  return `${plural(hidden.length, 'more kind of stop', 'more kinds of stop')}, ${plural(tasks, 'task')}, not shown`;
}
