import type { Chart, Series } from './charts.ts';

/** A chart with few enough points to be drawn, and what was done to get there. */
export interface FewPoints {
  labels: string[];
  series: { name: string; values: number[] }[];
  /** Minutes that one point stands for, where it stands for more than one point of the data. */
  minutes?: number;
  /** Stretches without data between the first and the last point, as pairs of ISO 8601 times. */
  gaps: { from: string; to: string }[];
}

const minute = 60_000;
const steps = [1, 2, 3, 5, 10, 15, 20, 30, 60, 120, 180, 360, 720, 1440, 2880, 10_080];

/**
 * At most `most` points, each of them with a value in every series. A point of several keeps the highest (or lowest)
 * of them, so that a peak of one minute is still there; where a series has no data the axis is shorter.
 */
export function fewPoints(chart: Chart, most: number): FewPoints {
  const drawn = { ...chart, series: chart.series.filter(({ values }) => values.some(isNumber)) };
  return drawn.axis === 'time' ? overTime(drawn, most) : byName(drawn, most);
}

function overTime({ labels, series }: Chart, most: number): FewPoints {
  const times = labels.map((label) => Date.parse(label));
  const known = times.filter((_, index) => series.every(({ values }) => isNumber(values[index])));
  const [first, last] = [known[0], known.at(-1)];
  if (first === undefined || last === undefined) return { labels: [], series: [], gaps: [] };
  const own = spacing(times);
  const width = minute * (steps.find((step) => fits(first, last, step * minute, most)) ?? span(first, last));
  const buckets = Map.groupBy(
    times.flatMap((time, index) => (time >= first && time <= last ? [{ time, index }] : [])),
    ({ time }) => Math.floor(time / width) * width,
  );
  const points = [...buckets].map(([at, members]) => ({
    at,
    values: series.map((one) =>
      together(
        one,
        members.map(({ index }) => one.values[index]),
      ),
    ),
  }));
  const whole = points.filter(({ values }) => values.every(isNumber));
  return {
    labels: whole.map(({ at }) => new Date(Math.max(at, first)).toISOString()),
    series: series.map(({ name }, index) => ({
      name,
      values: whole.map(({ values }) => values[index] ?? 0),
    })),
    ...(width > own && { minutes: width / minute }),
    gaps: gapsOf(known, own),
  };
}

/** Whether buckets of this width, each beginning at a round time, are few enough. */
function fits(first: number, last: number, width: number, most: number): boolean {
  return Math.floor(last / width) - Math.floor(first / width) + 1 <= most;
}

function span(first: number, last: number): number {
  return Math.ceil((last - first + minute) / minute);
}

/** Milliseconds from one point of the data to the next, where none is missing. */
function spacing(times: readonly number[]): number {
  const between = times.slice(1).map((time, index) => time - (times[index] ?? time));
  const positive = between.filter((distance) => distance > 0);
  return positive.length === 0 ? minute : Math.min(...positive);
}

/** A single point late is no gap: CloudWatch is a minute or two behind anyway. */
function gapsOf(known: readonly number[], own: number): FewPoints['gaps'] {
  return known.slice(1).flatMap((time, index) => {
    const before = known[index] ?? time;
    if (time - before <= 2 * own) return [];
    return [{ from: new Date(before + own).toISOString(), to: new Date(time).toISOString() }];
  });
}

function together({ keeps }: Series, values: readonly (number | null | undefined)[]): number | undefined {
  const numbers = values.filter(isNumber);
  if (numbers.length === 0) return undefined;
  if (keeps === 'highest') return Math.max(...numbers);
  if (keeps === 'lowest') return Math.min(...numbers);
  return numbers.reduce((sum, value) => sum + value / numbers.length, 0);
}

/** Names have no order to thin out: those with the greatest values stay, in the order that they had. */
function byName({ labels, series }: Chart, most: number): FewPoints {
  const whole = labels.flatMap((label, index) => {
    const values = series.map((one) => one.values[index]).filter(isNumber);
    return values.length === series.length && values.length > 0 ? [{ label, values, index }] : [];
  });
  const greatest = whole.toSorted((a, b) => Math.max(...b.values) - Math.max(...a.values)).slice(0, most);
  const kept = greatest.toSorted((a, b) => a.index - b.index);
  return {
    labels: kept.map(({ label }) => label),
    series: series.map(({ name }, index) => ({
      name,
      values: kept.map(({ values }) => values[index] ?? 0),
    })),
    gaps: [],
  };
}

function isNumber(value: number | null | undefined): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}
