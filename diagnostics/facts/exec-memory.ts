import { defineFact } from '../fact.ts';

const minute = 60_000;
const window = 15 * minute;

/** The most memory that a task of the service used lately, in percent of what it has. */
export interface ExecMemory {
  /** Undefined where CloudWatch has no point. */
  peak: number | undefined;
  minutes: number;
}

/**
 * One metric of one service in one call: an agent in a container shares the memory of its task, and is killed like
 * anything else there. Undefined where the target is no service.
 */
export const execMemory = defineFact<ExecMemory | undefined>({
  id: 'exec-memory',
  what: 'the memory that its tasks used lately',
  actions: ['cloudwatch:GetMetricData'],
  async load({ target, scope, aws }) {
    if (target.service === undefined) return undefined;
    const { MetricDataResults = [] } = await aws.cloudwatch.getMetricData({
      StartTime: new Date(scope.now.getTime() - window),
      EndTime: scope.now,
      MetricDataQueries: [
        {
          Id: 'memory',
          MetricStat: {
            Metric: {
              Namespace: 'AWS/ECS',
              MetricName: 'MemoryUtilization',
              Dimensions: [
                { Name: 'ClusterName', Value: target.cluster },
                { Name: 'ServiceName', Value: target.service },
              ],
            },
            Period: 60,
            Stat: 'Maximum',
          },
        },
      ],
    });
    const values = MetricDataResults.flatMap(({ Values = [] }) => Values);
    return { peak: values.length === 0 ? undefined : Math.max(...values), minutes: window / minute };
  },
});
