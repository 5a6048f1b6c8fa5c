import type { ServiceQuota } from '@aws-sdk/client-service-quotas';
import { defineFact } from '../fact.ts';
import type { NotChecked } from '../report.ts';
import { notCheckedOf } from './read.ts';

export interface FargateQuota {
  name: string;
  kind: 'on-demand' | 'spot';
  /** vCPUs; undefined where it could not be read or AWS gives no number. */
  limit?: number;
  /** Most vCPUs at once within the last hour; undefined where CloudWatch has no number, or was not read. */
  used?: number;
  /** The parts that could not be read. */
  notChecked: NotChecked[];
}

/** Source: Service Quotas, service code fargate. */
const quotas = [
  { code: 'L-3032A538', kind: 'on-demand', name: 'Fargate On-Demand vCPU resource count' },
  { code: 'L-36FBB829', kind: 'spot', name: 'Fargate Spot vCPU resource count' },
] as const;

const hour = 3_600_000;

/** One quota with where its use is measured, by its code. */
const fargateLimit = defineFact<ServiceQuota | undefined, string>({
  id: 'fargate-limit',
  what: 'the Fargate quotas',
  actions: ['servicequotas:GetServiceQuota'],
  async load({ aws }, code) {
    return (await aws.quotas.getServiceQuota({ ServiceCode: 'fargate', QuotaCode: code })).Quota;
  },
});

/** Most vCPUs at once within the last hour, by the code of their quota; undefined where CloudWatch has no number. */
const fargateUse = defineFact<number | undefined, string>({
  id: 'fargate-use',
  what: 'the use of the Fargate quotas',
  actions: ['cloudwatch:GetMetricData'],
  async load({ read, aws, scope }, code) {
    const metric = (await read(fargateLimit, code))?.UsageMetric;
    if (!metric?.MetricName) return undefined;
    const dimensions = Object.entries(metric.MetricDimensions ?? {});
    const answer = await aws.cloudwatch.getMetricData({
      StartTime: new Date(scope.now.getTime() - hour),
      EndTime: scope.now,
      MetricDataQueries: [
        {
          Id: 'used',
          MetricStat: {
            Metric: {
              Namespace: metric.MetricNamespace,
              MetricName: metric.MetricName,
              Dimensions: dimensions.map(([Name, Value]) => ({ Name, Value })),
            },
            Period: 300,
            Stat: 'Maximum',
          },
        },
      ],
    });
    const values = answer.MetricDataResults?.[0]?.Values ?? [];
    return values.length > 0 ? Math.max(...values) : undefined;
  },
});

/**
 * What Fargate may run in this account and region, and what it does run. Asked only when an event speaks of it.
 * Each part that is refused costs itself alone.
 */
export const fargateQuotas = defineFact<FargateQuota[]>({
  id: 'fargate-quotas',
  what: 'the Fargate quotas',
  actions: ['servicequotas:GetServiceQuota', 'cloudwatch:GetMetricData'],
  load: async ({ settle }) =>
    Promise.all(
      quotas.map(async ({ code, kind, name }): Promise<FargateQuota> => {
        const limit = await settle(fargateLimit, code);
        if (!limit.ok) return { name, kind, notChecked: [notCheckedOf(fargateLimit.what, limit.failure)] };
        const use = await settle(fargateUse, code);
        return {
          name: limit.value?.QuotaName ?? name,
          kind,
          ...(limit.value?.Value !== undefined && { limit: limit.value.Value }),
          ...(use.ok && use.value !== undefined && { used: use.value }),
          notChecked: use.ok ? [] : [notCheckedOf(fargateUse.what, use.failure)],
        };
      }),
    ),
});
