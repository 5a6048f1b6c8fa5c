import type { ContextBlock, RichTextBlock, RichTextSection, TableBlock } from '@slack/types';
import type { Insights, InsightsColumn } from '#diagnostics/insights-details.ts';
import { type Cell, cell, context, richCell, table } from './elements.ts';
import { oneLine } from './escape.ts';
import { own } from './limits.ts';
import { join, type Leaf, line, rich, sentence, when } from './rich.ts';
import { timeFormat } from './times.ts';
import { plural } from './words.ts';

/** The first rows as one native table. */
export function rowsTable(insights: Insights, asOf: string, shown: number): (TableBlock | ContextBlock)[] {
  const { columns, rows } = insights;
  const drawn = rows
    .slice(0, shown)
    .map((row) => columns.map((column, index) => cellOf(column, row[index], asOf)));
  const titles = columns.map(({ title, kind }) => ({
    title,
    ...(kind === 'number' ? { align: 'right' as const } : {}),
    ...(kind === 'text' ? { wrapped: true as const } : {}),
  }));
  return [...(drawn.length === 0 ? [] : [table(titles, drawn)]), ...leftOut(insights, shown)];
}

/** The same as a list, for surfaces that are not known to take a table. */
export function rowsList(insights: Insights, asOf: string, shown: number): (RichTextBlock | ContextBlock)[] {
  const { columns, rows } = insights;
  const items = rows.slice(0, shown).map(
    (row): RichTextSection =>
      line(
        join(
          columns.map((column, index) => leaves(column, row[index], asOf)),
          ' · ',
        ),
      ),
  );
  const list = items.length === 0 ? [] : rich([{ type: 'rich_text_list', style: 'bullet', elements: items }]);
  return [...list, ...leftOut(insights, shown)];
}

/** Whether all rows are shown, and each of them in full. */
export function isWhole({ rows }: Insights, shown: number): boolean {
  return (
    shown >= rows.length &&
    rows.every((row) => row.every((value) => oneLine(value, own.insightsCell) === oneLine(value)))
  );
}

function leftOut({ rows, cut }: Insights, shown: number): ContextBlock[] {
  const hidden = rows.length - shown;
  const more = hidden > 0 ? `${plural(hidden, 'more row')} in the file` : '';
  const beyond = cut ? `the query gave its first ${rows.length} rows` : '';
  return context([more, beyond].filter((part) => part !== '').join(' · '));
}

function cellOf(column: InsightsColumn, value: string | undefined, asOf: string): Cell {
  if (column.kind === 'time' && value !== undefined && value !== '')
    return richCell(leaves(column, value, asOf));
  return cell(shownAs(column, value), own.insightsCell);
}

function leaves(column: InsightsColumn, value: string | undefined, asOf: string): Leaf[] {
  if (column.kind === 'time' && value !== undefined && value !== '') {
    const format = timeFormat(value, asOf);
    return when(value, format === '{time}' ? '{time_secs}' : format);
  }
  return sentence(shownAs(column, value), own.insightsCell);
}

function shownAs({ kind }: InsightsColumn, value = ''): string {
  const number = Number(value);
  return kind === 'number' && value !== '' && Number.isFinite(number)
    ? number.toLocaleString('en-US')
    : value;
}
