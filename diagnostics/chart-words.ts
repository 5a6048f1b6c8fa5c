import { fewPoints } from './chart-points.ts';
import type { Chart } from './charts.ts';
import { listed } from './words.ts';

/** Characters of one sparkline. */
const sparkPoints = 20;
const bars = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/**
 * A chart as one line of text, for clients that show no charts: `CPU: hottest task ▁▂▇▅ 12 to 98 %, last 45 %`.
 * Lowest, highest and last are those of all points, not of those that a sparkline has room for. Empty without data.
 */
export function chartLine(chart: Chart): string {
  const few = fewPoints(chart, sparkPoints);
  const parts = chart.series.flatMap(({ name, values }) => {
    const numbers = values.filter((value) => value !== null);
    const drawn = few.series.find((one) => one.name === name)?.values ?? [];
    if (numbers.length === 0) return [];
    const spark = sparkline(drawn, drawn.length === 0 ? numbers : drawn);
    const said = chart.axis === 'time' ? overTime(chart, values) : byName(chart, values);
    return [`${chart.series.length > 1 ? `${name} ` : ''}${spark} ${said}`.trim()];
  });
  if (parts.length === 0) return '';
  const gaps = few.gaps.slice(0, gapsAtMost).map(({ from, to }) => `${from} to ${to}`);
  return [`${chart.title}: ${parts.join(' · ')}`, gaps.length > 0 ? `no data ${listed(gaps)}` : '']
    .filter((part) => part !== '')
    .join(' · ');
}

const gapsAtMost = 2;

/** What a point of the drawn chart stands for; empty where every point of the data is drawn. */
export function thinned(chart: Chart, most: number): string {
  const { minutes } = fewPoints(chart, most);
  if (minutes === undefined) return '';
  const length = minutes % 60 === 0 ? `${minutes / 60} h` : `${minutes} min`;
  const kept = [...new Set(chart.series.map(({ keeps }) => keeps))];
  return kept.length === 1 ? `each point is the ${kept[0]} of ${length}` : `each point stands for ${length}`;
}

/** Zero is the lowest bar unless values are below it: a steady 80 % must not look like nothing. */
function sparkline(drawn: readonly number[], numbers: readonly number[]): string {
  const low = Math.min(0, ...numbers);
  const high = Math.max(...numbers, low + Number.EPSILON);
  return drawn
    .map((value) => bars[Math.round(((value - low) / (high - low)) * (bars.length - 1))] ?? '')
    .join('');
}

function overTime({ unit, labels }: Chart, values: readonly (number | null)[]): string {
  const numbers = values.filter((value) => value !== null);
  const [low, high] = [Math.min(...numbers), Math.max(...numbers)];
  const last = shown(numbers.at(-1) ?? 0);
  const at = labels[values.indexOf(high)];
  if (shown(low) === shown(high)) return `${shown(low)} ${unit}`;
  return `${shown(low)} to ${shown(high)} ${unit}${at === undefined ? '' : ` at ${at}`}, last ${last} ${unit}`;
}

const marksAtMost = 8;

/** What happened beside the lines of these charts, each once, the newest of them. Empty where nothing did. */
export function chartMarks(charts: readonly Chart[]): string {
  const all = charts.flatMap(({ marks = [] }) => marks);
  const once = [...new Map(all.map((mark) => [`${mark.at} ${mark.text}`, mark])).values()];
  const sorted = once.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
  const shown = sorted.slice(-marksAtMost).map(({ at, text }) => `${at} ${text}`);
  const earlier = sorted.length - shown.length;
  return [...(earlier > 0 ? [`${earlier} earlier`] : []), ...shown].join(' · ');
}

function byName({ labels, unit }: Chart, values: readonly (number | null)[]): string {
  const named = labels.flatMap((label, index) => {
    const value = values[index];
    return typeof value === 'number' ? [`${label} ${shown(value)} ${unit}`] : [];
  });
  return listed(named.slice(0, sparkPoints));
}

/** As many digits as can be told apart at a glance. */
function shown(value: number): string {
  return Math.abs(value) >= 10 ? String(Math.round(value)) : String(Math.round(value * 10) / 10);
}
