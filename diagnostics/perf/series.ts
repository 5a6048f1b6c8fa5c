import type { Point } from '../facts/health-metrics.ts';

/** What a stretch of a metric comes to. */
export interface Summary {
  mean: number;
  highest: number;
  highestAt: Date;
  /** What 95 of 100 points stay below. */
  p95: number;
  last: number;
  points: number;
}

/** Undefined without a point: no data is not low. */
export function summaryOf(points: readonly Point[]): Summary | undefined {
  const [first] = points;
  if (!first) return undefined;
  const highest = points.reduce((top, point) => (point.value > top.value ? point : top), first);
  return {
    mean: meanOf(points),
    highest: highest.value,
    highestAt: highest.at,
    p95: percentile(points, 0.95),
    last: points.at(-1)?.value ?? first.value,
    points: points.length,
  };
}

export function meanOf(points: readonly Point[]): number {
  return points.reduce((sum, { value }) => sum + value, 0) / Math.max(1, points.length);
}

/** @param share 0.95 for the value that 95 of 100 points do not exceed */
export function percentile(points: readonly Point[], share: number): number {
  const values = points.map(({ value }) => value).sort((a, b) => a - b);
  return values[Math.min(values.length - 1, Math.max(0, Math.ceil(share * values.length) - 1))] ?? 0;
}

/** Those of the last so many minutes before the newest point. */
export function latest(points: readonly Point[], minutes: number): Point[] {
  const end = points.at(-1)?.at.getTime() ?? 0;
  return points.filter(({ at }) => end - at.getTime() < minutes * 60_000);
}

/** Since when without a break all points have been so; undefined where the newest is not. */
export function sinceWhen(points: readonly Point[], holds: (value: number) => boolean): Date | undefined {
  const last = points.findLastIndex(({ value }) => !holds(value));
  return points[last + 1]?.at;
}

export interface Line {
  /** Of the value, an hour. */
  slope: number;
  /** How much of the rise and fall the straight line explains: 0 to 1. */
  fit: number;
}

/** The straight line through the points, by least squares. */
export function lineThrough(points: readonly Point[]): Line {
  const [first] = points;
  if (!first || points.length < 2) return { slope: 0, fit: 0 };
  const x = points.map(({ at }) => (at.getTime() - first.at.getTime()) / 3_600_000);
  const y = points.map(({ value }) => value);
  const [mx, my] = [average(x), average(y)];
  const xy = sum(x.map((value, index) => (value - mx) * ((y[index] ?? my) - my)));
  const xx = sum(x.map((value) => (value - mx) ** 2));
  const yy = sum(y.map((value) => (value - my) ** 2));
  if (xx === 0 || yy === 0) return { slope: 0, fit: 0 };
  return { slope: xy / xx, fit: xy ** 2 / (xx * yy) };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function average(values: readonly number[]): number {
  return sum(values) / values.length;
}
