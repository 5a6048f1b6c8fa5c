import type { TargetGroup, TargetHealthDescription } from '@aws-sdk/client-elastic-load-balancing-v2';
import { defineFact } from '../fact.ts';
import { pairsOf } from '../health/pairs.ts';
import { service } from './service.ts';

export interface TargetGroupHealth {
  arn: string;
  /** Absent where the group no longer exists. */
  group?: TargetGroup;
  /** Blue/green: one of a pair of which only one gets traffic, by ARN the other. An idle one is no fault. */
  pairedWith?: string;
  targets: TargetHealthDescription[];
}

/** The service's target groups, both of a blue/green pair, with the health of every target in them. */
export const targetHealth = defineFact<TargetGroupHealth[]>({
  id: 'target-health',
  what: 'the health of the load balancer targets',
  actions: ['elasticloadbalancing:DescribeTargetHealth', 'elasticloadbalancing:DescribeTargetGroups'],
  async load(context) {
    const described = await context.read(service);
    const pairs = described ? pairsOf(described) : [];
    return Promise.all(
      [...pairs].map(async ([arn, pairedWith]) => ({
        ...(await healthOf(context.aws, arn)),
        ...(pairedWith !== undefined && { pairedWith }),
      })),
    );
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
