import type { Subnet } from '@aws-sdk/client-ec2';
import type { Service } from '@aws-sdk/client-ecs';
import { describeSubnets } from '../../by-hand.ts';
import type { JudgeContext, Outcome } from '../../check.ts';
import { explain } from '../../explain.ts';
import { findingOf, namesFor } from '../../findings.ts';
import { computeOf, missingTasks } from '../../placement/compute.ts';
import { plural } from '../../words.ts';

/**
 * Zones that Fargate serves, by id, in the regions where it does not serve all. The names of zones differ from
 * account to account, the ids do not. Source: ECS Developer Guide, "Supported Regions for Amazon ECS on AWS Fargate".
 */
const served: Readonly<Record<string, readonly string[]>> = {
  'us-west-1': ['usw1-az1', 'usw1-az3'],
  'ap-northeast-1': ['apne1-az1', 'apne1-az2', 'apne1-az4'],
  'cn-north-1': ['cnn1-az1', 'cnn1-az2'],
};

/** Where Fargate may place the service's tasks, and what narrows that: one zone, Spot alone, a zone it does not serve. */
export function judgeFargate(
  service: Service,
  subnets: readonly Subnet[],
  { target }: JudgeContext,
): Outcome {
  if (missingTasks(service) === 0) return { findings: [] };
  const zones = [
    ...new Set(subnets.map(({ AvailabilityZone = 'an unknown zone' }) => AvailabilityZone)),
  ].sort();
  const known = served[target.region];
  const unserved = known
    ? subnets.filter(({ AvailabilityZoneId }) => AvailabilityZoneId && !known.includes(AvailabilityZoneId))
    : [];
  const ids = unserved.map(({ SubnetId = '' }) => SubnetId);
  const findings =
    unserved.length === 0
      ? []
      : [
          findingOf(
            {
              cause: 'fargate-az-unsupported',
              status: unserved.length === subnets.length ? 'confirmed' : 'likely',
              severity: 'error',
              owner: 'service-config',
              names: { resource: ids[0] ?? '' },
              why: 'the zone id of a subnet is none that Fargate serves',
              decide: 'whether only tasks of these subnets fail',
            },
            namesFor(target, { service }),
            {
              subject: service.serviceArn,
              summary: `${plural(unserved.length, 'subnet')} of ${subnets.length} ${unserved.length === 1 ? 'lies' : 'lie'} in a zone that Fargate does not serve: ${unserved.map(({ SubnetId, AvailabilityZoneId }) => `${SubnetId} (${AvailabilityZoneId})`).join(', ')}.`,
              evidence: [
                {
                  api: 'ec2:DescribeSubnets',
                  field: 'Subnets[].AvailabilityZoneId',
                  value: unserved.map(({ AvailabilityZoneId }) => AvailabilityZoneId).join(', '),
                  cli: describeSubnets(target, ids),
                },
              ],
            },
          ),
        ];
  const narrow = zones.length === 1 || computeOf(service).spotShare !== undefined;
  const shown = narrow || speaksOfCapacity(service);
  return { findings, details: { capacity: shown ? inWords(service, zones) : undefined } };
}

/** `Fargate in 3 zones (us-east-1a, …), all on Spot, nothing on demand` */
function inWords(service: Service, zones: readonly string[]): string {
  const { spotShare, onDemandBase } = computeOf(service);
  const where =
    zones.length === 0
      ? 'Fargate'
      : `Fargate in ${plural(zones.length, 'zone')} (${zones.join(', ')})${zones.length === 1 ? ': no other zone can stand in' : ''}`;
  if (spotShare === undefined) return `${where}, on demand`;
  const base = onDemandBase > 0 ? `after ${onDemandBase} on demand, ` : '';
  if (spotShare === 1) {
    return `${where}, ${base}all on Spot${onDemandBase === 0 ? ': nothing on demand can stand in' : ''}`;
  }
  return `${where}, ${base}${Math.round(spotShare * 100)} % of tasks on Spot`;
}

function speaksOfCapacity({ events = [] }: Service): boolean {
  return events.some(({ message = '' }) => {
    const [read] = explain({ where: 'service.event', text: message });
    return read?.cause === 'fargate-capacity-unavailable' || read?.cause === 'fargate-az-unsupported';
  });
}
