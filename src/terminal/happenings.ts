import { happenings, happeningText, spanText } from '#diagnostics/changes-words.ts';
import type { Report } from '#diagnostics/report.ts';
import { columns } from './layout.ts';

/** What happened, row by row, under the span that it lies in; times as AWS gives them. */
export function happeningsSection(report: Report): { title: string; lines: string[] } {
  const title = report.command === 'changes' ? 'Changes' : 'Timeline';
  const span = spanText(report);
  const rows = happenings(report).map((row) => [
    timesOf(row.at, row.lastAt),
    row.about,
    `${row.mark === undefined ? '' : `${row.mark.toUpperCase()}: `}${happeningText(row)}`,
  ]);
  return { title, lines: span === '' ? [] : [span, ...columns(rows)] };
}

function timesOf(at: string | undefined, lastAt: string | undefined): string {
  if (at === undefined) return '–';
  return `${at.slice(0, 19)}Z${lastAt === undefined ? '' : ` to ${lastAt.slice(11, 19)}Z`}`;
}
