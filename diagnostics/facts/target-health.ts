import type { TargetGroup, TargetHealthDescription } from '@aws-sdk/client-elastic-load-balancing-v2';
import { defineFact } from '../fact.ts';
import { service } from './service.ts';

export interface TargetGroupHealth {
  arn: string;
  /** Absent where the group no longer exists. */
  group?: TargetGroup;
  targets: TargetHealthDescription[];
}

/** The service's target groups with the health of every target in them. */
export const targetHealth = defineFact<TargetGroupHealth[]>({
  id: 'target-health',
  what: 'the health of the load balancer targets',
  actions: ['elasticloadbalancing:DescribeTargetHealth', 'elasticloadbalancing:DescribeTargetGroups'],
  async load(context) {
    const described = await context.read(service);
    const arns = (described?.loadBalancers ?? [])
      .map((balancer) => balancer.targetGroupArn)
      .filter((arn) => arn !== undefined);
    return Promise.all([...new Set(arns)].map((arn) => healthOf(context.aws, arn)));
  },
});

import type { Aws } from '#src/aws/aws.ts';

async function healthOf(aws: Aws, arn: string): Promise<TargetGroupHealth> {
  try {
    // One call a group rather than one for all: a single deleted group fails the whole list.
    const [groups, health] = await Promise.all([
      aws.elb.describeTargetGroups({ TargetGroupArns: [arn] }),
      // Anomalies are told only to those who ask for them.
      aws.elb.describeTargetHealth({ TargetGroupArn: arn, Include: ['AnomalyDetection'] }),
    ]);
    return { arn, group: groups.TargetGroups?.[0], targets: health.TargetHealthDescriptions ?? [] };
  } catch (error) {
    if (error instanceof Error && error.name.startsWith('TargetGroupNotFound')) return { arn, targets: [] };
    throw error;
  }
}
