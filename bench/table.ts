/** One line of the result. */
export interface Row {
  /** What was measured. */
  measure: string;
  value: string;
  /** What it is held against; absent where nothing is. */
  goal?: string;
}

/** Lines of aligned columns, as Markdown, so that they can be pasted into README.md. */
export function table(rows: readonly Row[]): string {
  const cells = [
    ['Measure', 'Value', 'Goal'],
    ...rows.map(({ measure, value, goal = '' }) => [measure, value, goal]),
  ];
  const widths = [0, 1, 2].map((column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const rule = widths.map((width) => '-'.repeat(width));
  return [...cells.slice(0, 1), rule, ...cells.slice(1)].map(line).join('\n');
}

/** The value below which this share of the values lies; the nearest one that was really measured. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** Milliseconds for a reader. */
export function ms(value: number): string {
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;
}
