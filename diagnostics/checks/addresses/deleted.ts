import type { Service } from '@aws-sdk/client-ecs';
import { describeSecurityGroups, describeSubnets } from '../../by-hand.ts';
import type { JudgeContext } from '../../check.ts';
import { findingOf, namesFor } from '../../findings.ts';
import { missingTasks } from '../../placement/compute.ts';
import type { Finding } from '../../report.ts';
import { listed } from '../../words.ts';

/** What the service names and EC2 does not have; `left` is how many of its subnets there still are. */
export function deletedFindings(
  described: Service,
  gone: readonly string[],
  groups: readonly string[],
  left: number,
  { target }: JudgeContext,
): Finding[] {
  if (gone.length + groups.length === 0) return [];
  const short = missingTasks(described) > 0;
  const what = listed([...gone, ...groups]);
  // A task gets every group, but only one of the subnets.
  const harm =
    groups.length > 0 || left === 0
      ? 'new tasks get no network interface'
      : 'tasks that are placed there get no network interface';
  return [
    findingOf(
      {
        cause: 'service-config-rejected',
        status: 'confirmed',
        // Tasks that run keep what they have; the next start is the first to fail.
        severity: short ? 'error' : 'info',
        owner: 'service-config',
        names: { resource: gone[0] ?? groups[0] ?? '' },
        why: 'the service names what EC2 does not have',
      },
      namesFor(target, { service: described }),
      {
        subject: described.serviceArn,
        summary: `The service names ${what}, which ${gone.length + groups.length === 1 ? 'does' : 'do'} not exist any more: ${harm}.`,
        evidence: [
          ...(gone.length > 0
            ? [
                {
                  api: 'ec2:DescribeSubnets',
                  field: 'Subnets[].SubnetId',
                  value: `${gone.join(', ')} not found`,
                  cli: describeSubnets(target, gone),
                },
              ]
            : []),
          ...(groups.length > 0
            ? [
                {
                  api: 'ec2:DescribeSecurityGroups',
                  field: 'SecurityGroups[].GroupId',
                  value: `${groups.join(', ')} not found`,
                  cli: describeSecurityGroups(target, groups),
                },
              ]
            : []),
        ],
      },
    ),
  ];
}
