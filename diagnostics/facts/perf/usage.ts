import type { MetricDataQuery, MetricDataResult } from '@aws-sdk/client-cloudwatch';
import { defineFact, type Scope } from '../../fact.ts';
import type { Point } from '../health-metrics.ts';
import { containerInsights } from './container-insights.ts';
import { type HostUsage, hostQueries, hostUsages, serviceHosts } from './host-usage.ts';

/** One metric of the service in percent of what its tasks reserve, oldest first; without any point it is empty. */
export interface Usage {
  average: Point[];
  /** Of the task that used most in that period. */
  maximum: Point[];
  /** Of the task that used least. */
  minimum: Point[];
}

export interface ServiceUsage {
  from: Date;
  to: Date;
  /** Seconds of one point. */
  period: number;
  cpu: Usage;
  memory: Usage;
  /** How many values a point was made of: some for each task. */
  samples: Point[];
  /** The instances that its tasks are on; none on Fargate. */
  hosts: HostUsage[];
  /** Absent where the cluster does not send these. */
  insights?: {
    running: Point[];
    desired: Point[];
    restarts: Point[];
    storage: Point[];
    storageSize: Point[];
  };
}

const minute = 60_000;
const usualWindow = 180 * minute;
/** CloudWatch keeps points of a minute for 15 days and those of five minutes for 63. */
const days = 24 * 60 * minute;

/** Where the window begins: three hours back, or where somebody said. */
export function windowOf({ now, since }: Pick<Scope, 'now' | 'since'>): { from: Date; to: Date } {
  const from = since?.getTime() ?? now.getTime() - usualWindow;
  return {
    // Whole minutes: CloudWatch rounds them anyway, and two checks then ask the same.
    from: new Date(Math.floor(from / minute) * minute),
    to: new Date(Math.ceil(now.getTime() / minute) * minute),
  };
}

/** Fine enough to see a minute's peak in an hour, coarse enough that a month is one call. Seconds. */
function periodOf(from: Date, to: Date): number {
  const span = to.getTime() - from.getTime();
  if (span <= days) return 60;
  return span <= 5 * days ? 300 : 3_600;
}

type Wanted = [id: string, namespace: string, metric: string, statistic: string];

const ofService: readonly Wanted[] = [
  ['cpuaverage', 'AWS/ECS', 'CPUUtilization', 'Average'],
  ['cpumaximum', 'AWS/ECS', 'CPUUtilization', 'Maximum'],
  ['cpuminimum', 'AWS/ECS', 'CPUUtilization', 'Minimum'],
  ['samples', 'AWS/ECS', 'CPUUtilization', 'SampleCount'],
  ['memoryaverage', 'AWS/ECS', 'MemoryUtilization', 'Average'],
  ['memorymaximum', 'AWS/ECS', 'MemoryUtilization', 'Maximum'],
  ['memoryminimum', 'AWS/ECS', 'MemoryUtilization', 'Minimum'],
];

const ofInsights: readonly Wanted[] = [
  ['running', 'ECS/ContainerInsights', 'RunningTaskCount', 'Minimum'],
  ['desired', 'ECS/ContainerInsights', 'DesiredTaskCount', 'Maximum'],
  ['restarts', 'ECS/ContainerInsights', 'RestartCount', 'Sum'],
  ['storage', 'ECS/ContainerInsights', 'EphemeralStorageUtilized', 'Maximum'],
  ['storagesize', 'ECS/ContainerInsights', 'EphemeralStorageReserved', 'Maximum'],
];

/** What the service's tasks and the instances under them used, in one call; undefined where the target is no service. */
export const serviceUsage = defineFact<ServiceUsage | undefined>({
  id: 'service-usage',
  what: 'the CPU and memory that its tasks used',
  actions: ['cloudwatch:GetMetricData'],
  async load({ target, scope, aws, settle }) {
    if (target.service === undefined) return undefined;
    const [mode, placed] = await Promise.all([settle(containerInsights), settle(serviceHosts)]);
    const hosts = placed.ok ? placed.value.hosts : [];
    const hasInsights = mode.ok && mode.value !== 'disabled';
    const { from, to } = windowOf(scope);
    const period = periodOf(from, to);
    const dimensions = [
      { Name: 'ClusterName', Value: target.cluster },
      { Name: 'ServiceName', Value: target.service },
    ];
    const ofTasks = [...ofService, ...(hasInsights ? ofInsights : [])].map(
      ([Id, Namespace, MetricName, Stat]): MetricDataQuery => ({
        Id,
        MetricStat: { Metric: { Namespace, MetricName, Dimensions: dimensions }, Period: period, Stat },
      }),
    );
    const results: MetricDataResult[] = [];
    let NextToken: string | undefined;
    // One page holds 100,800 points, which is more than these windows have; a token is followed all the same.
    for (let pages = 0; pages < 3; pages += 1) {
      const answer = await aws.cloudwatch.getMetricData({
        StartTime: from,
        EndTime: to,
        MetricDataQueries: [...ofTasks, ...hostQueries(hosts, period)],
        ScanBy: 'TimestampAscending',
        NextToken,
      });
      results.push(...(answer.MetricDataResults ?? []));
      NextToken = answer.NextToken;
      if (!NextToken) break;
    }
    const points = (id: string) => pointsOf(results, id);
    return {
      from,
      to,
      period,
      cpu: usageOf('cpu', points),
      memory: usageOf('memory', points),
      samples: points('samples'),
      hosts: hostUsages(hosts, points),
      ...(hasInsights && {
        insights: {
          running: points('running'),
          desired: points('desired'),
          restarts: points('restarts'),
          storage: points('storage'),
          storageSize: points('storagesize'),
        },
      }),
    };
  },
});

function usageOf(name: string, points: (id: string) => Point[]): Usage {
  return {
    average: points(`${name}average`),
    maximum: points(`${name}maximum`),
    minimum: points(`${name}minimum`),
  };
}

function pointsOf(results: readonly MetricDataResult[], id: string): Point[] {
  return results
    .filter(({ Id }) => Id === id)
    .flatMap(({ Timestamps = [], Values = [] }) =>
      Timestamps.flatMap((at, index) => {
        const value = Values[index];
        return value === undefined ? [] : [{ at, value }];
      }),
    )
    .sort((a, b) => a.at.getTime() - b.at.getTime());
}
