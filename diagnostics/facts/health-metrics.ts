import type { MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import type { TargetGroup } from '@aws-sdk/client-elastic-load-balancing-v2';
import { defineFact } from '../fact.ts';
import { targetHealth } from './target-health.ts';
import { tasks } from './tasks.ts';

/** One point of a metric: the start of its minute. */
export interface Point {
  at: Date;
  value: number;
}

/** What CloudWatch counted of one target group, oldest first; a metric without any point is empty. */
export interface GroupMetrics {
  group: string;
  healthy: Point[];
  unhealthy: Point[];
  /** 99th percentile of the time until the target answers, seconds. Application load balancers only. */
  responseTime: Point[];
  serverErrors: Point[];
  connectionErrors: Point[];
}

/** Seconds of one point: the finest that ELB sends. */
export const metricPeriod = 60;

const minutes = 60_000;
/** As far back as starts are measured; one call gives 100,800 points at most. */
const atMost = 24 * 60 * minutes;
const atLeast = 15 * minutes;

const wanted = [
  ['healthy', 'HealthyHostCount', 'Maximum'],
  ['unhealthy', 'UnHealthyHostCount', 'Maximum'],
  ['responseTime', 'TargetResponseTime', 'p99'],
  ['serverErrors', 'HTTPCode_Target_5XX_Count', 'Sum'],
  ['connectionErrors', 'TargetConnectionErrorCount', 'Sum'],
] as const;

/** The metrics of the service's target groups since before its oldest recent start, in one call. */
export const healthMetrics = defineFact<GroupMetrics[]>({
  id: 'health-metrics',
  what: 'the metrics of the target groups',
  actions: ['cloudwatch:GetMetricData'],
  async load({ read, settle, aws, scope: { now } }) {
    const groups = (await read(targetHealth)).flatMap(({ group }) => (group ? [group] : []));
    const measured = groups.flatMap((group) => {
      const dimensions = dimensionsOf(group);
      return dimensions ? [{ arn: group.TargetGroupArn ?? '', ...dimensions }] : [];
    });
    if (measured.length === 0) return [];
    const known = await settle(tasks);
    const starts = (known.ok ? known.value.running : []).flatMap(({ startedAt }) => startedAt ?? []);
    const recent = starts.map((at) => at.getTime()).filter((at) => now.getTime() - at < atMost);
    const from = Math.min(now.getTime() - atLeast, ...recent.map((at) => at - 5 * minutes));
    const queries = measured.flatMap(({ namespace, dimensions }, index): MetricDataQuery[] =>
      wanted.slice(0, namespace === 'AWS/ApplicationELB' ? undefined : 2).map(([key, MetricName, Stat]) => ({
        Id: `${key.toLowerCase()}${index}`,
        MetricStat: {
          Metric: { Namespace: namespace, MetricName, Dimensions: dimensions },
          Period: metricPeriod,
          Stat,
        },
      })),
    );
    const answer = await aws.cloudwatch.getMetricData({
      // Whole minutes: CloudWatch rounds them anyway, and two checks then ask the same.
      StartTime: new Date(Math.floor(from / minutes) * minutes),
      EndTime: new Date(Math.ceil(now.getTime() / minutes) * minutes),
      MetricDataQueries: queries,
      ScanBy: 'TimestampAscending',
    });
    const pointsOf = (key: string, index: number): Point[] => {
      const result = answer.MetricDataResults?.find(({ Id }) => Id === `${key.toLowerCase()}${index}`);
      return (result?.Timestamps ?? [])
        .map((at, at_) => ({ at, value: result?.Values?.[at_] ?? 0 }))
        .sort((a, b) => a.at.getTime() - b.at.getTime());
    };
    return measured.map(({ arn }, index) => ({
      group: arn,
      healthy: pointsOf('healthy', index),
      unhealthy: pointsOf('unhealthy', index),
      responseTime: pointsOf('responseTime', index),
      serverErrors: pointsOf('serverErrors', index),
      connectionErrors: pointsOf('connectionErrors', index),
    }));
  },
});

/** ELB counts by balancer and group; a group without a balancer has no metrics. */
function dimensionsOf({ TargetGroupArn, LoadBalancerArns }: TargetGroup) {
  const group = TargetGroupArn?.split(':').at(-1);
  const balancer = LoadBalancerArns?.[0]?.split(':loadbalancer/')[1];
  if (group === undefined || balancer === undefined || balancer.startsWith('gwy/')) return undefined;
  return {
    namespace: balancer.startsWith('net/') ? 'AWS/NetworkELB' : 'AWS/ApplicationELB',
    dimensions: [
      { Name: 'TargetGroup', Value: group },
      { Name: 'LoadBalancer', Value: balancer },
    ],
  };
}
