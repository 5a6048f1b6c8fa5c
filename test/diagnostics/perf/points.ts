import type { Point } from '#diagnostics/facts/health-metrics.ts';
import { now } from '../checks/facts.ts';

/** Points of every minute, the last one two minutes ago, by how many minutes ago each is. */
export function minutely(minutes: number, value: (ago: number) => number): Point[] {
  return Array.from({ length: minutes }, (_, index) => {
    const ago = minutes - index + 1;
    return { at: new Date(now.getTime() - ago * 60_000), value: value(ago) };
  });
}
