import type { Chart } from '../../charts.ts';
import { duration } from '../../words.ts';
import { type Beside, cell, field, type InsightsQuery, number, numberIn, parsing, timeIn } from '../query.ts';
import { binOf } from '../window.ts';

interface Point {
  at: string;
  requests: number;
  p50: number;
  p95: number;
  p99: number;
}

/** A level before and after, when p95 left the one for the other. Milliseconds. */
interface Jump {
  at: string;
  before: number;
  after: number;
}

/** Less than this is no jump, but how a service breathes. */
const jumpFactor = 2;
const pointsOnEachSide = 2;
/** A deployment that began longer before is not why. Milliseconds. */
const soonAfter = 10 * 60_000;

export const latency: InsightsQuery = {
  name: 'latency',
  label: 'Response times',
  question: 'how long requests took, over time',
  looksFor: 'request with a response time',
  limit: 200,
  commands({ shape, window }) {
    const { duration: took } = shape.fields;
    if (took === undefined) return { lacks: 'no response time was recognised in the newest lines' };
    const ms = field(took);
    return [
      ...parsing(shape),
      `filter ispresent(${ms})`,
      `stats count(*) as requests, pct(${ms}, 50) as p50, pct(${ms}, 95) as p95, pct(${ms}, 99) as p99 by bin(${binOf(window)}m)`,
    ];
  },
  columns: [
    { title: 'From', kind: 'time' },
    { title: 'Requests', kind: 'number' },
    { title: 'p50 ms', kind: 'number' },
    { title: 'p95 ms', kind: 'number' },
    { title: 'p99 ms', kind: 'number' },
  ],
  read(rows, beside) {
    const factor = beside.shape.unit === 's' ? 1000 : 1;
    const points = rows.map((row) => ({
      at: timeIn(row, Object.keys(row).find((key) => key.startsWith('bin(')) ?? ''),
      requests: numberIn(row, 'requests'),
      p50: numberIn(row, 'p50') * factor,
      p95: numberIn(row, 'p95') * factor,
      p99: numberIn(row, 'p99') * factor,
    }));
    points.sort((a, b) => (a.at < b.at ? -1 : 1));
    return {
      headline: headlineOf(points, beside),
      // The newest first: the chart has them all, and the table has room for a few.
      rows: points
        .toReversed()
        .map(({ at, requests, p50, p95, p99 }) => [at, ...[requests, p50, p95, p99].map(cell)]),
      charts: points.length > 1 ? [chartOf(points)] : [],
    };
  },
};

function headlineOf(points: readonly Point[], { deployment }: Beside): string {
  const requests = points.reduce((sum, point) => sum + point.requests, 0);
  const jump = jumpIn(points);
  if (!jump) {
    const worst = Math.max(...points.map(({ p95 }) => p95));
    return `95 of 100 requests took ${number(median(points.map(({ p95 }) => p95)))} ms or less, ${number(worst)} ms at worst, of ${number(requests)} requests`;
  }
  const words = jump.after > jump.before ? 'rose' : 'fell';
  const after = deployment ? Date.parse(jump.at) - deployment.at.getTime() : -1;
  // A bin begins before what happens in it.
  const isAfter = deployment !== undefined && after > -60_000 && after < soonAfter;
  const cause = isAfter
    ? `, ${after < 60_000 ? 'with' : `${duration(after)} after`} the deployment of ${deployment.revision}`
    : '';
  return `p95 ${words} from ${number(jump.before)} ms to ${number(jump.after)} ms at ${jump.at}${cause}`;
}

/** The place where p95 before and after differ most, if by enough. */
function jumpIn(points: readonly Point[]): Jump | undefined {
  const jumps = points.flatMap((point, index): Jump[] => {
    const [earlier, later] = [points.slice(0, index), points.slice(index)];
    if (earlier.length < pointsOnEachSide || later.length < pointsOnEachSide) return [];
    const sides = [earlier, later].map((side) => median(side.map(({ p95 }) => p95)));
    const [before = 0, after = 0] = sides;
    return before > 0 && after > 0 ? [{ at: point.at, before, after }] : [];
  });
  const size = ({ before, after }: Jump) => Math.max(before / after, after / before);
  // Where it changes most from one point to the next: elsewhere both sides hold some of either.
  const [first] = jumps
    .filter((jump) => size(jump) >= jumpFactor)
    .sort((a, b) => stepAt(points, b.at) - stepAt(points, a.at));
  return first;
}

function stepAt(points: readonly Point[], at: string): number {
  const index = points.findIndex((point) => point.at === at);
  const [before, here] = [points[index - 1]?.p95 ?? 0, points[index]?.p95 ?? 0];
  return Math.max(here / before, before / here);
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
}

function chartOf(points: readonly Point[]): Chart {
  const series = (['p99', 'p95', 'p50'] as const).map((name) => ({
    name,
    keeps: 'highest' as const,
    values: points.map((point) => point[name]),
  }));
  return {
    title: 'Response times',
    kind: 'line',
    unit: 'ms',
    axis: 'time',
    labels: points.map(({ at }) => at),
    series,
  };
}
