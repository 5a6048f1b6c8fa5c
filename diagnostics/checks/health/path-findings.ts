import type { SecurityGroup, Subnet } from '@aws-sdk/client-ec2';
import type { LoadBalancer } from '@aws-sdk/client-elastic-load-balancing-v2';
import { describeSecurityGroups, describeTargetHealth } from '../../by-hand.ts';
import { findingOf, namesFor } from '../../findings.ts';
import { type Admission, admits, inbound, outbound, type Sources } from '../../health/admission.ts';
import { openPort } from '../../health/fixes.ts';
import type { JoinedGroup } from '../../health/join.ts';
import { timesOut } from '../../health/states.ts';
import { networkOf } from '../../placement/compute.ts';
import type { Finding } from '../../report.ts';
import { answer } from '../../rules/explanation.ts';
import { listed, plural } from '../../words.ts';
import { type Picture, servingOf } from './picture.ts';

/** What lies between the load balancers and the tasks; each absent where it could not be read. */
export interface Between {
  balancers: readonly LoadBalancer[] | undefined;
  taskGroups: readonly SecurityGroup[] | undefined;
  balancerGroups: readonly SecurityGroup[] | undefined;
  subnets: readonly Subnet[] | undefined;
}

/** The symptoms of a check that never reaches its target. */
const explained = ['elb-health-timeout', 'elb-health-failed', 'elb-health-overload'];

/**
 * Checks that end without an answer, where no rule lets them through. A target that answers anything, even a refusal,
 * proves the path open, so only those that time out are looked at.
 */
export function pathFindings(picture: Picture, between: Between): Finding[] {
  return servingOf(picture.groups).flatMap((group) => {
    const silent = group.targets.filter(({ description, task }) => timesOut(description) && task);
    const [first] = silent;
    const port = Number(first?.description.HealthCheckPort);
    const balancer = between.balancers?.find(({ LoadBalancerArn = '' }) =>
      group.group?.LoadBalancerArns?.includes(LoadBalancerArn),
    );
    if (!first || !balancer || !Number.isInteger(port)) return [];
    const address = first.description.Target?.Id ?? '';
    const step = blockedStep(picture, between, { balancer, port, address });
    if (!step) return [];
    return [finding(picture, group, { step, port, balancer, count: silent.length, address })];
  });
}

interface Step {
  outbound: boolean;
  /** The group that has no such rule. */
  group: string;
  all: readonly string[];
  peers: readonly string[];
  rules: string;
}

/** The first end at which nothing lets the check through. Undefined where it is open, or nobody can tell. */
function blockedStep(
  { service }: Picture,
  { taskGroups, balancerGroups, subnets }: Between,
  { balancer, port, address }: Pick<Blocked, 'balancer' | 'port' | 'address'>,
): Step | undefined {
  const own = networkOf(service).groups.toSorted();
  const found = taskGroups?.filter(({ GroupId = '' }) => own.includes(GroupId));
  // Without awsvpc the groups are those of the instances; a deleted group lets nobody in, and is another finding.
  if (!found || own.length === 0 || found.length < own.length) return undefined;
  const sources = sourcesOf(balancer, subnets);
  const into = admits(inbound(found), port, sources);
  if (into.state === 'blocked')
    return {
      outbound: false,
      group: own[0] ?? '',
      all: own,
      peers: sources.groups.length > 0 ? sources.groups.slice(0, 1) : sources.ranges,
      rules: rulesOf(found),
    };
  const theirs = (balancer.SecurityGroups ?? []).toSorted();
  const known = balancerGroups?.filter(({ GroupId = '' }) => theirs.includes(GroupId));
  if (into.state === 'unknown' || !known || known.length < theirs.length || theirs.length === 0)
    return undefined;
  const out: Admission = admits(outbound(known), port, { groups: own, ranges: [`${address}/32`] });
  if (out.state !== 'blocked') return undefined;
  return {
    outbound: true,
    group: theirs[0] ?? '',
    all: theirs,
    peers: own.slice(0, 1),
    rules: rulesOf(known.map((group) => ({ ...group, IpPermissions: group.IpPermissionsEgress }))),
  };
}

/** A balancer's nodes have addresses in its subnets; one without security groups is known by them alone. */
function sourcesOf(
  { SecurityGroups = [], AvailabilityZones = [] }: LoadBalancer,
  subnets: Between['subnets'],
): Sources {
  const ids = AvailabilityZones.map(({ SubnetId }) => SubnetId);
  const known = (subnets ?? []).filter(({ SubnetId }) => ids.includes(SubnetId));
  // Some of the ranges alone would call open what is closed for the others.
  const ranges = known.length === ids.length ? known.flatMap(({ CidrBlock }) => CidrBlock ?? []).sort() : [];
  return { groups: SecurityGroups.toSorted(), ranges };
}

function rulesOf(groups: readonly SecurityGroup[]): string {
  const rules = inbound(groups).map(({ IpProtocol, FromPort, ToPort, ...peers }) => {
    const ports =
      IpProtocol === '-1' ? 'all' : `${IpProtocol} ${FromPort}${ToPort === FromPort ? '' : `-${ToPort}`}`;
    const from = [
      ...(peers.UserIdGroupPairs ?? []).map(({ GroupId }) => GroupId),
      ...(peers.IpRanges ?? []).map(({ CidrIp }) => CidrIp),
      ...(peers.Ipv6Ranges ?? []).map(({ CidrIpv6 }) => CidrIpv6),
      ...(peers.PrefixListIds ?? []).map(({ PrefixListId }) => PrefixListId),
    ];
    return `${ports} with ${from.join(', ') || 'nobody'}`;
  });
  return rules.toSorted().slice(0, 8).join('; ') || 'no rule';
}

interface Blocked {
  step: Step;
  port: number;
  balancer: LoadBalancer;
  count: number;
  address: string;
}

function finding(picture: Picture, group: JoinedGroup, blocked: Blocked): Finding {
  const { step, port, balancer, count } = blocked;
  const { target } = picture.context;
  const names = {
    ...namesFor(target, { service: picture.service }),
    resource: step.group,
    port: String(port),
    name: step.peers[0] ?? '',
    targetGroupArn: group.arn,
  };
  const who = balancer.LoadBalancerName ?? 'the load balancer';
  const from =
    (balancer.SecurityGroups ?? []).length === 0
      ? `the subnets of ${who} (${listed(step.peers)}; it has no security group)`
      : `${who} (${listed(step.peers)})`;
  const summary = step.outbound
    ? `${listed(step.all)}, of ${who}, lets nothing out to the tasks (${listed(step.peers)}) at TCP ${port}`
    : `${listed(step.all)}, of the tasks, lets nothing in at TCP ${port} from ${from}`;
  return findingOf(
    answer('health-security-group-blocks', { names, why: 'no rule admits the check' }),
    names,
    {
      subject: group.arn,
      summary: `${summary}: ${plural(count, 'target')} of ${group.name} ${count === 1 ? 'gets' : 'get'} no check through.`,
      count,
      reasonOf: explained,
      evidence: [
        {
          api: 'ec2:DescribeSecurityGroups',
          field: `SecurityGroups[].${step.outbound ? 'IpPermissionsEgress' : 'IpPermissions'}`,
          value: step.rules,
          cli: describeSecurityGroups(target, step.all),
        },
        {
          api: 'elasticloadbalancing:DescribeTargetHealth',
          field: 'TargetHealthDescriptions[].TargetHealth',
          value: `${blocked.address}, checked at port ${port}: Target.Timeout`,
          cli: describeTargetHealth(target, group.arn),
        },
      ],
      fix: openPort({
        group: step.group,
        port: String(port),
        from: step.peers,
        region: target.region,
        outbound: step.outbound,
      }),
    },
  );
}
