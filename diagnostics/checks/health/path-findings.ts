import type { Task } from '@aws-sdk/client-ecs';
import type { LoadBalancer } from '@aws-sdk/client-elastic-load-balancing-v2';
import { describeSecurityGroups, describeTargetHealth } from '../../by-hand.ts';
import { findingOf, namesFor } from '../../findings.ts';
import { aclFix } from '../../health/acl-fix.ts';
import { arrivalOf, type PortSpan, portsToOpen, portWords } from '../../health/arrival.ts';
import { type AclStop, type Between, type GroupStop, stopOn, type Way } from '../../health/blocked.ts';
import { openPort } from '../../health/fixes.ts';
import type { JoinedGroup, JoinedTarget } from '../../health/join.ts';
import { timesOut } from '../../health/states.ts';
import type { Evidence, Finding } from '../../report.ts';
import { answer } from '../../rules/explanation.ts';
import { listed, plural } from '../../words.ts';
import { checkedOf, type Picture } from './picture.ts';

/** The symptoms of a check that never reaches its target. */
const explained = ['elb-health-timeout', 'elb-health-failed', 'elb-health-overload'];

/** A target whose check is kept back. */
interface Blocked<Stop = GroupStop | AclStop> {
  target: JoinedTarget;
  way: Way;
  stop: Stop;
}

/**
 * Checks that end without an answer, where no rule lets them through. A target that answers anything, even a refusal,
 * proves the path open, so only those that time out are looked at. Targets that the same thing keeps back are one finding.
 */
export function pathFindings(picture: Picture, between: Between): Finding[] {
  return checkedOf(picture).flatMap((group) => {
    const balancer = between.balancers?.find(({ LoadBalancerArn = '' }) =>
      group.group?.LoadBalancerArns?.includes(LoadBalancerArn),
    );
    if (!balancer) return [];
    const blocked = group.targets.flatMap((target) => blockedAt(picture, { target, balancer, between }));
    return [...Map.groupBy(blocked, keyOf).values()].flatMap(([first, ...rest]) => {
      if (!first) return [];
      const count = rest.length + 1;
      const { stop } = first;
      return stop.kind === 'group'
        ? [groupFinding(picture, group, { ...first, stop }, count)]
        : [aclFinding(picture, group, { ...first, stop }, count)];
    });
  });
}

function keyOf({ stop, way }: Blocked): string {
  return stop.kind === 'acl'
    ? JSON.stringify(stop.denials.map(({ broken }) => [broken.subject, broken.rule]))
    : JSON.stringify([stop.outbound, stop.all, way.arrival.at === 'instances' ? '' : way.port]);
}

function blockedAt(
  { service, context }: Picture,
  { target, balancer, between }: { target: JoinedTarget; balancer: LoadBalancer; between: Between },
): Blocked[] {
  const { description, task } = target;
  const port = Number(description.HealthCheckPort);
  if (!timesOut(description) || !task || !Number.isInteger(port)) return [];
  const arrival = arrivalOf(description, { service, instances: between.instances, task });
  // Tasks of older deployments may have other security groups than those that the service names now.
  const newest = service.deployments?.find(({ status }) => status === 'PRIMARY')?.id;
  if (!arrival || (arrival.at === 'tasks' && newest !== undefined && task.startedBy !== newest)) return [];
  const way = { balancer, arrival, port };
  const stop = stopOn(way, between, context.target.region);
  return stop ? [{ target, way, stop }] : [];
}

function groupFinding(
  picture: Picture,
  group: JoinedGroup,
  { target: { task, description }, way, stop }: Blocked<GroupStop>,
  count: number,
): Finding {
  const { context } = picture;
  const { arrival, balancer, port } = way;
  const ports = portWords(portsOf(picture, group, task, way));
  const names = {
    ...namesFor(context.target, { service: picture.service }),
    resource: stop.group,
    port: ports,
    name: stop.peers[0] ?? 'LOAD_BALANCER_SUBNET_RANGE',
    targetGroupArn: group.arn,
  };
  const who = nameOf(balancer);
  const from =
    (balancer.SecurityGroups ?? []).length === 0
      ? `the subnets of ${who} (${[listed(stop.peers), 'it has no security group'].filter(Boolean).join('; ')})`
      : `${who} (${listed(stop.peers)})`;
  const where = `TCP ${port}${ports === String(port) ? '' : ` (tasks get one of the ports ${ports} there)`}`;
  const summary = stop.outbound
    ? `${listed(stop.all)}, of ${who}, lets nothing out to the ${arrival.at} (${listed(stop.peers)}) at ${where}`
    : `${listed(stop.all)}, of the ${arrival.at}, lets nothing in from ${from} at ${where}`;
  return findingOf(
    answer('health-security-group-blocks', { names, why: 'no rule admits the check' }),
    names,
    {
      subject: group.arn,
      summary: `${summary}: ${countWords(group, count)}.`,
      count,
      reasonOf: explained,
      evidence: [
        {
          api: 'ec2:DescribeSecurityGroups',
          field: `SecurityGroups[].${stop.outbound ? 'IpPermissionsEgress' : 'IpPermissions'}`,
          value: stop.rules,
          cli: describeSecurityGroups(context.target, stop.all),
        },
        silenceOf(picture, group, { description, port }),
      ],
      fix: openPort({
        group: stop.group,
        port: ports,
        of: arrival.at,
        from: stop.peers.length > 0 ? stop.peers : ['LOAD_BALANCER_SUBNET_RANGE'],
        region: context.target.region,
        outbound: stop.outbound,
      }),
    },
  );
}

function aclFinding(
  picture: Picture,
  group: JoinedGroup,
  { target: { task, description }, way, stop }: Blocked<AclStop>,
  count: number,
): Finding {
  const { target } = picture.context;
  const { balancer, port } = way;
  const { denials, others } = stop;
  const [{ broken }] = denials;
  const names = {
    ...namesFor(target, { service: picture.service }),
    resource: broken.subject,
    port: String(port),
    targetGroupArn: group.arn,
  };
  return findingOf(
    answer('health-acl-blocks', {
      names,
      why: `${broken.rule ?? 'a rule'} of ${broken.subject} denies it`,
      ...(others.length > 0 && {
        status: 'likely',
        decide: `whether ${nameOf(balancer)} finds the targets healthy from ${listed(others)}, from where nothing that was read keeps a check back`,
      }),
    }),
    names,
    {
      subject: group.arn,
      summary: `${denials.map((each) => each.broken.sentence).join(' ')} ${denials.length === 1 ? 'It lies' : 'They lie'} between ${nameOf(balancer)} and the targets: ${countWords(group, count)}.`,
      count,
      reasonOf: explained,
      evidence: [
        ...denials.flatMap((each) => each.broken.evidence),
        silenceOf(picture, group, { description, port }),
      ],
      fix: aclFix(denials, portsOf(picture, group, task, way), target.region),
    },
  );
}

/** A port that the target group fixes stays; one that the task got at its host does not. */
function portsOf(
  { definitions }: Picture,
  { group }: JoinedGroup,
  task: Task | undefined,
  { arrival, port }: Way,
): PortSpan {
  const isFixed = (group?.HealthCheckPort ?? 'traffic-port') !== 'traffic-port';
  if (isFixed) return { from: port, to: port };
  return portsToOpen(port, arrival.at, definitions[task?.taskDefinitionArn ?? '']);
}

function nameOf({ LoadBalancerName }: LoadBalancer): string {
  return LoadBalancerName ?? 'the load balancer';
}

function countWords({ name }: JoinedGroup, count: number): string {
  return `${plural(count, 'target')} of ${name} ${count === 1 ? 'gets' : 'get'} no check through`;
}

function silenceOf(
  { context }: Picture,
  { arn }: JoinedGroup,
  { description, port }: { description: JoinedTarget['description']; port: number },
): Evidence {
  return {
    api: 'elasticloadbalancing:DescribeTargetHealth',
    field: 'TargetHealthDescriptions[].TargetHealth',
    value: `${description.Target?.Id ?? ''}, checked at port ${port}: Target.Timeout`,
    cli: describeTargetHealth(context.target, arn),
  };
}
