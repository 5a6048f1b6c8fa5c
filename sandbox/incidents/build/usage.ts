import type { MetricSeries, World } from '#sandbox/aws/world.ts';
import type { Place } from '../incident.ts';
import { between } from './seeded.ts';

const minute = 60_000;

/** Percent at so many minutes before now. */
export type Curve = (ago: number) => number;

export interface UsageStory {
  /** Of the hottest task and of the average over all; where only one is told, both are alike. */
  cpu: Curve | { highest: Curve; average: Curve };
  memory: Curve | { highest: Curve; average: Curve };
  tasks: number;
  /** Minutes before now since when there is data. */
  since?: number;
  /** Minutes before now until which there is data; CloudWatch is about two behind. */
  until?: number;
}

/** What ECS sends of a service every minute: each statistic a series of its own. */
export function usageOf(place: Place, now: Date, service: string, story: UsageStory): Partial<World> {
  const { since = 240, until = 2, tasks } = story;
  const dimensions = { ClusterName: place.cluster, ServiceName: service };
  const series = (name: string, statistic: string, curve: Curve): MetricSeries => ({
    namespace: 'AWS/ECS',
    name,
    dimensions,
    statistic,
    points: () =>
      Array.from({ length: Math.max(0, since - until) }, (_, index) => since - index).map((ago) => ({
        at: new Date(Math.floor(now.getTime() / minute - ago) * minute),
        value: Math.max(0, Math.round(curve(ago) * 100) / 100),
      })),
  });
  const restless = (name: string, curve: Curve) => (ago: number) =>
    curve(ago) + noise(`${service} ${name} ${ago}`);
  const all = (name: string, told: UsageStory['cpu']): MetricSeries[] => {
    const { highest, average } = typeof told === 'function' ? { highest: told, average: told } : told;
    const spread = tasks > 1 && typeof told === 'function' ? 1.8 : 0;
    const curve = (of: Curve) => restless(name, of);
    return [
      series(
        name,
        'Maximum',
        curve((ago) => highest(ago) + spread),
      ),
      series(name, 'Average', curve(average)),
      series(
        name,
        'Minimum',
        curve((ago) => Math.max(0, 2 * average(ago) - highest(ago) - spread)),
      ),
      // Three values a minute of each task.
      series(name, 'SampleCount', () => 3 * tasks),
    ];
  };
  return { metrics: [...all('CPUUtilization', story.cpu), ...all('MemoryUtilization', story.memory)] };
}

/** The restlessness of a real metric, half a percent at most. */
function noise(seed: string): number {
  return between(seed, -50, 50) / 100;
}

/** Always about as much. */
export function steady(percent: number, wave = 1.5): Curve {
  return (ago) => percent + wave * Math.sin(ago / 11);
}
