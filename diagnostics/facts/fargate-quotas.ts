import { defineFact, type FactContext } from '../fact.ts';

export interface FargateQuota {
  name: string;
  /** vCPUs. */
  limit: number;
  /** Most vCPUs at once within the last hour; undefined where CloudWatch has no number. */
  used?: number;
}

/** Source: Service Quotas, service code fargate. */
const quotas = [
  { code: 'L-3032A538', name: 'Fargate On-Demand vCPU resource count' },
  { code: 'L-36FBB829', name: 'Fargate Spot vCPU resource count' },
];

const hour = 3_600_000;

/** What Fargate may run in this account and region, and what it does run. Asked only when an event speaks of it. */
export const fargateQuotas = defineFact<FargateQuota[]>({
  id: 'fargate-quotas',
  what: 'the Fargate quotas',
  actions: ['servicequotas:GetServiceQuota', 'cloudwatch:GetMetricData'],
  load: async (context) => Promise.all(quotas.map((quota) => quotaOf(quota, context))),
});

async function quotaOf(
  { code, name }: (typeof quotas)[number],
  { aws, scope }: FactContext,
): Promise<FargateQuota> {
  const { Quota } = await aws.quotas.getServiceQuota({ ServiceCode: 'fargate', QuotaCode: code });
  const metric = Quota?.UsageMetric;
  const limit = Quota?.Value ?? 0;
  if (!metric?.MetricName) return { name: Quota?.QuotaName ?? name, limit };
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
  return { name: Quota?.QuotaName ?? name, limit, ...(values.length > 0 && { used: Math.max(...values) }) };
}
