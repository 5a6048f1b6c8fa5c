import type { LoadBalancer } from '@aws-sdk/client-elastic-load-balancing-v2';
import { describeLoadBalancer, describeTargetGroup, describeTargetHealth } from '../../by-hand.ts';
import { findingOf, namesFor } from '../../findings.ts';
import { addressesOf, type JoinedGroup, shortTask } from '../../health/join.ts';
import { networkOf } from '../../placement/compute.ts';
import type { Finding } from '../../report.ts';
import { answer } from '../../rules/explanation.ts';
import { listed, plural } from '../../words.ts';
import { isUp, type Picture, servingOf } from './picture.ts';

/** Targets that nothing ever checks: their group belongs to no load balancer, or their zone is not one of its zones. */
export function attachFindings(picture: Picture, balancers: readonly LoadBalancer[] | undefined): Finding[] {
  return servingOf(picture.groups).flatMap((group) => [
    ...unattached(picture, group),
    ...outsideZones(picture, group, balancers ?? []),
    ...notRegistered(picture, group),
  ]);
}

function unattached({ service, context: { target } }: Picture, group: JoinedGroup): Finding[] {
  const unused = group.targets.filter(({ standing }) => standing === 'unused');
  // The idle one of a pair may belong to no listener until the next deployment.
  if (!group.group || group.paired || unused.length === 0) return [];
  if ((group.group.LoadBalancerArns ?? []).length > 0) return [];
  const names = { ...namesFor(target, { service }), targetGroupArn: group.arn };
  return [
    findingOf(answer('elb-target-unused', { names, why: 'LoadBalancerArns is empty' }), names, {
      subject: group.arn,
      summary: `${group.name} belongs to no load balancer: no listener and no rule forwards to it, so its ${plural(unused.length, 'target')} ${unused.length === 1 ? 'is' : 'are'} neither checked nor used.`,
      count: unused.length,
      reasonOf: ['elb-health-failed'],
      evidence: [
        {
          api: 'elasticloadbalancing:DescribeTargetGroups',
          field: 'TargetGroups[0].LoadBalancerArns',
          value: 'none',
          cli: describeTargetGroup(target, group.arn),
        },
      ],
    }),
  ];
}

function outsideZones(
  { service, context: { target } }: Picture,
  group: JoinedGroup,
  balancers: readonly LoadBalancer[],
): Finding[] {
  const balancer = balancers.find(({ LoadBalancerArn = '' }) =>
    group.group?.LoadBalancerArns?.includes(LoadBalancerArn),
  );
  if (!balancer) return [];
  const covered = (balancer.AvailabilityZones ?? []).toSorted((a, b) =>
    (a.ZoneName ?? '').localeCompare(b.ZoneName ?? ''),
  );
  const zones = covered.flatMap(({ ZoneName }) => ZoneName ?? []);
  const outside = group.targets.filter(({ standing, description, task }) => {
    const zone = task?.availabilityZone ?? description.Target?.AvailabilityZone;
    // `all` is the zone of an address outside the VPC, which any node may reach.
    return standing === 'unused' && zone !== undefined && zone !== 'all' && !zones.includes(zone);
  });
  if (outside.length === 0) return [];
  const missing = [
    ...new Set(
      outside.map(
        ({ task, description }) => task?.availabilityZone ?? description.Target?.AvailabilityZone ?? '',
      ),
    ),
  ];
  const who = balancer.LoadBalancerName ?? 'the load balancer';
  const arn = balancer.LoadBalancerArn ?? '';
  const subnets = covered.flatMap(({ SubnetId }) => SubnetId ?? []);
  const added = missing.map((zone) => `SUBNET_IN_${zone.toUpperCase().replaceAll('-', '_')}`);
  const names = { ...namesFor(target, { service }), targetGroupArn: group.arn };
  return [
    findingOf(answer('elb-az-not-enabled', { names, why: 'the zone is not one of its zones' }), names, {
      subject: group.arn,
      summary: `${who} covers ${listed(zones)}, and ${plural(outside.length, 'target')} of ${group.name} ${outside.length === 1 ? 'lies' : 'lie'} in ${listed(missing)}.`,
      count: outside.length,
      reasonOf: ['elb-health-failed'],
      evidence: [
        {
          api: 'elasticloadbalancing:DescribeLoadBalancers',
          field: 'LoadBalancers[0].AvailabilityZones[].ZoneName',
          value: zones.join(', '),
          cli: describeLoadBalancer(target, arn),
        },
        {
          api: 'elasticloadbalancing:DescribeTargetHealth',
          field: 'TargetHealthDescriptions[].Target.AvailabilityZone',
          value: missing.join(', '),
          cli: describeTargetHealth(target, group.arn),
        },
      ],
      fix: {
        summary: `Enable ${listed(missing)} on ${who}, or take the subnet there out of the service (${listed(networkOf(service).subnets.toSorted())}).`,
        terraform: `resource "aws_lb" "${who}" {\n  subnets = [${[...subnets, ...added].map((id) => `"${id}"`).join(', ')}]\n}`,
        cli: `aws elbv2 set-subnets --load-balancer-arn ${arn} --subnets ${[...subnets, ...added].join(' ')} --region ${target.region}`,
      },
    }),
  ];
}

/** Seconds that a task may run before its target must be there: ECS registers it before it counts as running. */
const registersWithin = 120;

/** A running task of the newest deployment that a target group does not know. */
function notRegistered(picture: Picture, group: JoinedGroup): Finding[] {
  const { service, tasks, context } = picture;
  const { target, scope } = context;
  const primary = service.deployments?.find(({ status }) => status === 'PRIMARY');
  // A pair holds some tasks in one group and some in the other; instances are joined as far as they were read.
  if (
    group.paired ||
    group.group?.TargetType !== 'ip' ||
    !tasks ||
    !primary ||
    service.loadBalancers === undefined
  )
    return [];
  const known = new Set(group.targets.map(({ task }) => task?.taskArn));
  const missing = tasks.running.filter(
    (task) =>
      isUp(task) &&
      task.startedBy === primary.id &&
      !known.has(task.taskArn) &&
      addressesOf(task).length > 0 &&
      scope.now.getTime() - (task.startedAt?.getTime() ?? scope.now.getTime()) > registersWithin * 1000,
  );
  if (missing.length === 0) return [];
  const names = { ...namesFor(target, { service }), targetGroupArn: group.arn };
  const ids = missing.map((task) => shortTask(task).slice(0, 8)).sort();
  const addresses = group.targets.map(({ description }) => description.Target?.Id ?? '').sort();
  return [
    findingOf(answer('elb-target-missing', { names, why: 'no target has its address' }), names, {
      subject: group.arn,
      summary: `${plural(missing.length, 'running task')} of the newest deployment ${missing.length === 1 ? 'is' : 'are'} not registered in ${group.name} (${listed(ids.slice(0, 3))}${ids.length > 3 ? ' among them' : ''}): no request gets there.`,
      count: missing.length,
      evidence: [
        {
          api: 'elasticloadbalancing:DescribeTargetHealth',
          field: 'TargetHealthDescriptions[].Target.Id',
          value: addresses.join(', ') || 'none',
          cli: describeTargetHealth(target, group.arn),
        },
      ],
    }),
  ];
}
