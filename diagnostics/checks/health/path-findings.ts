import type { SecurityGroup, Subnet } from '@aws-sdk/client-ec2';
import type { LoadBalancer } from '@aws-sdk/client-elastic-load-balancing-v2';
import { describeSecurityGroups, describeTargetHealth } from '../../by-hand.ts';
import { findingOf, namesFor } from '../../findings.ts';
import { admits, familyOf, spansIn } from '../../health/admission.ts';
import { openPort } from '../../health/fixes.ts';
import type { JoinedGroup } from '../../health/join.ts';
import { timesOut } from '../../health/states.ts';
import { spansOf } from '../../network/prefixes.ts';
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
  const newest = picture.service.deployments?.find(({ status }) => status === 'PRIMARY')?.id;
  return servingOf(picture.groups).flatMap((group) => {
    // Tasks of older deployments may have other security groups than those that the service names now.
    const silent = group.targets.filter(
      ({ description, task }) =>
        timesOut(description) && task && (newest === undefined || task.startedBy === newest),
    );
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
  const theirs = (balancer.SecurityGroups ?? []).toSorted();
  // Without awsvpc the groups are those of the instances, which are not known here.
  if (!taskGroups || own.length === 0) return undefined;
  const nodes = nodesOf(balancer, subnets ?? [], address);
  const into = admits(taskGroups, { groups: own, direction: 'in' }, port, {
    groups: theirs,
    spans: nodes.spans,
  });
  if (into.state === 'blocked')
    return {
      outbound: false,
      group: own[0] ?? '',
      all: own,
      peers: theirs.length > 0 ? theirs.slice(0, 1) : nodes.ranges,
      rules: into.rules,
    };
  if (into.state === 'unknown' || !balancerGroups || theirs.length === 0) return undefined;
  const target = { groups: own, spans: spansOf([address]) };
  const out = admits(balancerGroups, { groups: theirs, direction: 'out' }, port, target);
  if (out.state !== 'blocked') return undefined;
  return { outbound: true, group: theirs[0] ?? '', all: theirs, peers: own.slice(0, 1), rules: out.rules };
}

/** A balancer's nodes have addresses in its subnets, of the family that the target is reached by. */
function nodesOf({ AvailabilityZones = [] }: LoadBalancer, subnets: readonly Subnet[], address: string) {
  const ids = AvailabilityZones.flatMap(({ SubnetId }) => SubnetId ?? []);
  const family = familyOf(address);
  const own = subnets.filter(({ SubnetId = '' }) => ids.includes(SubnetId));
  const ranges = own.flatMap(({ CidrBlock, Ipv6CidrBlockAssociationSet = [] }) =>
    family === 4
      ? (CidrBlock ?? [])
      : Ipv6CidrBlockAssociationSet.flatMap(({ Ipv6CidrBlock }) => Ipv6CidrBlock ?? []),
  );
  return { spans: spansIn(subnets, ids, family), ranges: ranges.sort() };
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
