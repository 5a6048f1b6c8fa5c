import type { Point } from '../facts/health-metrics.ts';
import { lineThrough } from './series.ts';

/** A stretch of memory between two falls: what one generation of processes used. */
export interface Tooth {
  points: readonly Point[];
  from: Date;
  to: Date;
  low: number;
  peak: number;
  /** Percent points an hour. */
  slope: number;
  fit: number;
  /** It ended with a fall, and did not just reach the end of the data. */
  fell: boolean;
  /** Still rising in its last third, and not only at its beginning, as caches and heaps do that fill once. */
  keepsRising: boolean;
}

/** Percent points from one point to the next that are no garbage collection but a process that is gone. */
const fallAtLeast = 15;
const gap = 5 * 60_000;

/** The memory of the hottest task, cut where it falls. Oldest first. */
export function teethOf(points: readonly Point[]): Tooth[] {
  const cuts = points.flatMap((point, index) => {
    const next = points[index + 1];
    const ends = !next || point.value - next.value >= fallAtLeast || isGap(point, next);
    return ends ? [index + 1] : [];
  });
  return cuts.map((end, index) => toothOf(points, cuts[index - 1] ?? 0, end));
}

function isGap(point: Point, next: Point): boolean {
  return next.at.getTime() - point.at.getTime() > gap;
}

function toothOf(all: readonly Point[], from: number, to: number): Tooth {
  const points = all.slice(from, to);
  const values = points.map(({ value }) => value);
  const [first, last, next] = [all[from], all[to - 1], all[to]];
  const { slope, fit } = lineThrough(points);
  const late = lineThrough(points.slice(-Math.max(5, Math.ceil(points.length / 3))));
  return {
    points,
    from: first?.at ?? new Date(0),
    to: last?.at ?? new Date(0),
    low: Math.min(...values),
    peak: Math.max(...values),
    slope,
    fit,
    fell: last !== undefined && next !== undefined && !isGap(last, next),
    keepsRising: late.slope >= 0.4 * slope && late.slope > 0,
  };
}

/** Minutes that a tooth has to last, so that a start is no climb. */
const climbAtLeast = 10;
const riseAtLeast = 20;

/** Whether memory rose steadily over the whole tooth. */
export function isClimb({ points, from, to, low, peak, fit, slope, keepsRising }: Tooth): boolean {
  const minutes = (to.getTime() - from.getTime()) / 60_000;
  return (
    points.length >= 5 &&
    minutes >= climbAtLeast &&
    peak - low >= riseAtLeast &&
    slope > 0 &&
    fit >= 0.8 &&
    keepsRising
  );
}

/** Hours until this climb comes to a limit, at its own pace; 0 where it is there. */
export function hoursUntil({ slope, points }: Tooth, limit: number): number {
  const last = points.at(-1)?.value ?? 0;
  return slope > 0 ? Math.max(0, (limit - last) / slope) : Number.POSITIVE_INFINITY;
}
