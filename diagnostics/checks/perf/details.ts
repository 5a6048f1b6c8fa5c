import type { ScalingActivity } from '@aws-sdk/client-application-auto-scaling';
import type { Chart } from '../../charts.ts';
import type { Point } from '../../facts/health-metrics.ts';
import type { HostUsage } from '../../facts/perf/host-usage.ts';
import { cpuOf, limitWords, vcpu } from '../../perf/limits.ts';
import { countSet, isAct, type Scaling } from '../../perf/scaling.ts';
import { latest, meanOf, type Summary, summaryOf } from '../../perf/series.ts';
import type { Perf, UsageState } from '../../perf-details.ts';
import { plural, revisionOf } from '../../words.ts';
import { carriesExtremes } from './cpu-findings.ts';
import { newestKilled } from './memory-findings.ts';
import { lately, type Picture } from './picture.ts';
import { scalingState } from './scaling-state.ts';

interface Known {
  /** Undefined where nothing scales the service; null where that is not known. */
  scaling: Scaling | undefined | null;
}

/** @param sampled whether Container Insights writes samples of every task */
export function perfDetails(picture: Picture, { scaling, sampled }: Known & { sampled: boolean }): Perf {
  const { usage, definition, limit } = picture;
  const { from, to } = usage;
  const size = cpuOf(definition);
  return {
    from: from.toISOString(),
    to: to.toISOString(),
    minutes: Math.round((to.getTime() - from.getTime()) / 60_000),
    cpu: stateOf(usage.cpu.average, picture.cpu, { whole: size === undefined ? undefined : vcpu(size) }),
    memory: stateOf(usage.memory.average, picture.memory, {
      whole: limit.whole === undefined ? undefined : `${limit.whole} MiB`,
      limit: limitOf(picture),
    }),
    ...(scaling && { scaling: scalingState(picture, scaling) }),
    ...(sampled && { killed: newestKilled(picture) }),
    ...(usage.hosts.length > 0 && { hosts: hostStates(usage.hosts) }),
    unscaled: scaling === undefined,
  };
}

function hostStates(hosts: readonly HostUsage[]): NonNullable<Perf['hosts']> {
  return hosts
    .flatMap(({ id, type, cpu, credits }) => {
      const left = credits.at(-1)?.value;
      if (cpu.length === 0) return [];
      return {
        id,
        ...(type !== undefined && { type }),
        cpu: rounded(meanOf(latest(cpu, lately))),
        ...(left !== undefined && { credits: rounded(left) }),
      };
    })
    .sort((a, b) => b.cpu - a.cpu || a.id.localeCompare(b.id));
}

function stateOf(
  average: readonly Point[],
  highest: Summary | undefined,
  more: Pick<UsageState, 'whole' | 'limit'>,
): UsageState | undefined {
  const mean = summaryOf(average);
  if (!mean || !highest) return undefined;
  return {
    mean: mean.mean,
    highest: highest.highest,
    highestAt: highest.highestAt.toISOString(),
    p95: highest.p95,
    last: highest.last,
    ...more,
  };
}

/** Said where it is another one than the whole that the metric is measured against. */
function limitOf({ limit }: Picture): string | undefined {
  if (limit.kind === 'task' || limit.kind === 'unknown') return undefined;
  if (limit.kind === 'instance') return '100 % is only reserved: without a hard limit it may go beyond';
  const at = limit.percent === undefined ? '' : ` (about ${Math.round(limit.percent)} % of the task)`;
  return `${limitWords(limit)}${at}, ends it first`;
}

/** CPU and memory as charts: the hottest task, and the average beside it where there is more than one. */
export function perfCharts(
  picture: Picture,
  { scaling, memoryFirst }: Known & { memoryFirst: boolean },
): Chart[] {
  const { usage, definition, limit, running } = picture;
  const several = running > 1 && carriesExtremes(picture);
  const size = cpuOf(definition);
  const marks = marksOf(picture, scaling?.activities ?? []);
  const cpu = chartOf(`CPU${size === undefined ? '' : `, % of ${vcpu(size)}`}`, usage.cpu, several);
  const memory = chartOf(
    `Memory${limit.whole === undefined ? '' : `, % of ${limit.whole} MiB`}`,
    usage.memory,
    several,
  );
  return (memoryFirst ? [memory, cpu] : [cpu, memory])
    .filter(({ labels }) => labels.length > 0)
    .map((chart) => ({ ...chart, marks }));
}

function chartOf(
  title: string,
  { maximum, average }: { maximum: Point[]; average: Point[] },
  several: boolean,
): Chart {
  const means = new Map(average.map(({ at, value }) => [at.getTime(), value]));
  return {
    title,
    kind: 'line',
    unit: '%',
    axis: 'time',
    labels: maximum.map(({ at }) => at.toISOString()),
    series: [
      {
        name: several ? 'hottest task' : 'highest',
        keeps: 'highest',
        values: maximum.map(({ value }) => rounded(value)),
      },
      ...(several
        ? [
            {
              name: 'average',
              keeps: 'mean' as const,
              values: maximum.map(({ at }) => {
                const mean = means.get(at.getTime());
                return mean === undefined ? null : rounded(mean);
              }),
            },
          ]
        : []),
    ],
  };
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}

const together = 5 * 60_000;

/** What else happened in the window, so that the line can be read against it. */
function marksOf(picture: Picture, activities: readonly ScalingActivity[]): NonNullable<Chart['marks']> {
  const { service, usage, stops = [] } = picture;
  const deployments = (service.deployments ?? []).map(({ createdAt, taskDefinition }) => ({
    at: createdAt,
    text: `deployment of ${revisionOf(taskDefinition)}`,
  }));
  const scaled = activities.filter(isAct).map((activity) => {
    const count = countSet(activity);
    const done =
      activity.StatusCode === 'Successful' ? 'scaled' : `scaling ${activity.StatusCode?.toLowerCase()}`;
    return { at: activity.StartTime, text: count === undefined ? done : `${done} to ${count}` };
  });
  const ended = stops.map((task) => ({ at: task.executionStoppedAt ?? task.stoppingAt ?? task.stoppedAt }));
  const marks = [...deployments, ...scaled, ...stopsTogether(ended.flatMap(({ at }) => at ?? []))];
  return marks
    .flatMap(({ at, text }) => (at && at >= usage.from ? [{ at: at.toISOString(), text }] : []))
    .sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

/** Stops within five minutes of each other are one mark. */
function stopsTogether(times: readonly Date[]): { at: Date; text: string }[] {
  const groups: Date[][] = [];
  for (const at of times.toSorted((a, b) => a.getTime() - b.getTime())) {
    const last = groups.at(-1);
    const first = last?.[0];
    if (last && first && at.getTime() - first.getTime() < together) last.push(at);
    else groups.push([at]);
  }
  return groups.flatMap(([at, ...rest]) =>
    at ? [{ at, text: `${plural(rest.length + 1, 'task')} stopped` }] : [],
  );
}
