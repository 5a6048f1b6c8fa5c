import type { Action, Listener, LoadBalancer, Rule } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Front } from '../facts/connect/other-side.ts';
import { addressesOf, isOpen, subnetOf } from '../network/place.ts';
import { type Span, spansOf } from '../network/prefixes.ts';
import { reach } from '../network/reach.ts';
import { groupsUnknown, throughGroups } from '../network/security-groups.ts';
import { open } from '../network/steps.ts';
import type { Path } from '../network/topology.ts';
import { networkOf } from '../placement/compute.ts';
import { fromAll, originsOf } from './direct.ts';
import { byPublicName } from './public-name.ts';
import { blockOf } from './rules.ts';
import { type Ends, found, type Way } from './way.ts';

type Behind = Front['balancers'][number];

/** By every load balancer in front of the service. */
export function byBalancers(ends: Ends): Way[] {
  const { to, fronts, region } = ends;
  if ((to.loadBalancers ?? []).length === 0) return [];
  if (!fronts) {
    const reason = 'the load balancers could not be read';
    return [
      {
        kind: 'load-balancer',
        about: 'the load balancer',
        found: open(reason, 'the right to describe them'),
      },
    ];
  }
  return fronts.flatMap((front) => {
    const group = front.group?.TargetGroupName ?? front.arn.split('/').at(-2) ?? '';
    if (front.balancers.length === 0)
      return [
        {
          kind: 'load-balancer' as const,
          about: `target group ${group}`,
          found: {
            state: 'broken' as const,
            block: {
              cause: 'connect-no-listener',
              sentence: `Target group ${group} of ${to.serviceName} belongs to no load balancer.`,
              names: { region, targetGroupArn: front.arn },
              evidence: [groupEvidence(front, region, 'LoadBalancerArns', 'none')],
            },
          },
        },
      ];
    return front.balancers.map((behind) => byBalancer(ends, front, behind));
  });
}

function byBalancer(ends: Ends, front: Front, behind: Behind): Way {
  const { balancer, listeners } = behind;
  const [listener, ...more] = listeners.filter((one) => leadsTo(one, behind, front.arn));
  const name = balancer.LoadBalancerName ?? '';
  const about = `load balancer ${name}${listener ? ` at TCP ${listener.Port}` : ''}`;
  const way = (result: Way['found']): Way => ({ kind: 'load-balancer', about, found: result });
  if (!listener) {
    const value = `${listeners.length} listeners, ${behind.rules.length} rules`;
    return way({
      state: 'broken',
      block: {
        cause: 'connect-no-listener',
        sentence: `No listener rule of ${name} leads to ${ends.to.serviceName}.`,
        names: { region: ends.region, targetGroupArn: front.arn, resource: name },
        evidence: [
          {
            api: 'elasticloadbalancing:DescribeListeners',
            field: 'Listeners[].DefaultActions',
            value,
            cli: `aws elbv2 describe-listeners --load-balancer-arn ${balancer.LoadBalancerArn} --region ${ends.region}`,
          },
        ],
      },
    });
  }
  // Several listeners, 80 beside 443: the one that is asked for decides, else the first.
  const chosen = [listener, ...more].find(({ Port }) => Port === ends.port) ?? listener;
  const healthy = healthOf(ends, front);
  if (healthy) return way(healthy);
  const first = toBalancer(ends, balancer, chosen);
  if (first.state === 'broken') return way(first);
  const second = toTargets(ends, balancer, front);
  const both = second.state === 'broken' || first.state !== 'open' ? second : first;
  if (both.state !== 'open-way' || front.targets.ok) return way(both);
  return way(open('the health of its targets could not be read', 'the right to describe it'));
}

/** Whether a listener forwards to the group, by itself or by one of its rules. */
function leadsTo({ DefaultActions = [], ListenerArn }: Listener, { rules }: Behind, group: string): boolean {
  const own = rules.filter(({ RuleArn = '' }) => ruleBelongs(RuleArn, ListenerArn));
  return [...DefaultActions, ...own.flatMap(({ Actions = [] }: Rule) => Actions)].some((action) =>
    forwardsTo(action, group),
  );
}

/** A rule's ARN is its listener's with one id more. */
function ruleBelongs(rule: string, listener = ''): boolean {
  return rule.startsWith(`${listener.replace(':listener/', ':listener-rule/')}/`);
}

/** Weights of nothing take a group out of the traffic. */
function forwardsTo({ TargetGroupArn, ForwardConfig }: Action, group: string): boolean {
  const weighted = ForwardConfig?.TargetGroups ?? [];
  if (weighted.length > 0) return weighted.some((one) => one.TargetGroupArn === group && one.Weight !== 0);
  return TargetGroupArn === group;
}

/** Without a healthy target nothing answers for certain; an application load balancer then sends to all of them. */
function healthOf({ to, region }: Ends, front: Front): Way['found'] | undefined {
  if (!front.targets.ok) return undefined;
  const targets = front.targets.value;
  const states = targets.map(({ TargetHealth }) => TargetHealth?.State ?? 'unknown');
  if (states.some((state) => state === 'healthy' || state === 'unhealthy.draining')) return undefined;
  const none = states.length === 0;
  const reasons = [
    ...new Set(targets.map(({ TargetHealth }) => TargetHealth?.Reason ?? TargetHealth?.State ?? '')),
  ];
  // Targets of a group that checks nothing, or that are new, say nothing yet.
  if (!none && states.every((state) => state === 'initial' || state === 'unavailable'))
    return open(
      `no target of ${to.serviceName} has passed its first checks`,
      'the checks of the next minute',
    );
  return {
    state: 'broken',
    block: {
      cause: none ? 'connect-no-targets' : 'connect-targets-unhealthy',
      status: none ? 'confirmed' : 'likely',
      sentence: none
        ? `No target is registered for ${to.serviceName}.`
        : `None of the ${states.length} targets of ${to.serviceName} is healthy: ${reasons.join(', ')}.`,
      names: { region, targetGroupArn: front.arn, service: to.serviceName ?? '' },
      evidence: [healthEvidence(front, region, none ? 'no targets' : reasons.join(', '))],
    },
  };
}

/** The first half: to the load balancer's listener. */
function toBalancer(ends: Ends, balancer: LoadBalancer, listener: Listener): Way['found'] {
  const { from, topology, region } = ends;
  const port = listener.Port ?? 443;
  const groups = balancer.SecurityGroups ?? [];
  const side = {
    from: networkOf(from).groups,
    to: groups,
    region,
    name: `${from.serviceName}_to_${balancer.LoadBalancerName}`,
    side: 'balancer' as const,
  };
  if (balancer.Scheme === 'internet-facing') return byPublicName(ends, balancer, port, side);
  const zones = (balancer.AvailabilityZones ?? []).flatMap(({ SubnetId }) => SubnetId ?? []);
  const protocol = listener.Protocol === 'UDP' ? ('udp' as const) : ('tcp' as const);
  const steps = fromAll(originsOf(from), (origin) =>
    zones.map((subnet) => {
      const destination = {
        kind: 'interface' as const,
        name: balancer.LoadBalancerName ?? '',
        subnet,
        securityGroups: groups,
        port,
        protocol,
      };
      const path = reach(origin, destination, topology);
      return groups.length > 0 ? path : withoutGroups(path);
    }),
  );
  return found(steps, (step) => blockOf(step, side));
}

/** A network load balancer may have no security groups, and then lets everybody in. */
function withoutGroups(path: Path): Path {
  const isIts = path.state === 'open' && path.reason === groupsUnknown;
  return isIts ? { state: 'reachable', via: 'local', hops: [], certain: true } : path;
}

/** The second half: from the load balancer to the tasks. */
function toTargets(ends: Ends, balancer: LoadBalancer, front: Front): Way['found'] {
  const { from, to, topology, region } = ends;
  const port =
    (front.targets.ok ? front.targets.value[0]?.Target?.Port : undefined) ??
    to.loadBalancers?.find(({ targetGroupArn }) => targetGroupArn === front.arn)?.containerPort;
  if (port === undefined) return open('the port of the targets is not known', 'the target group');
  const own = networkOf(to).groups;
  const traffic = { port, protocol: 'tcp' as const };
  const groups = balancer.SecurityGroups ?? [];
  const name = balancer.LoadBalancerName ?? '';
  const zones = (balancer.AvailabilityZones ?? []).flatMap(({ SubnetId }) => SubnetId ?? []);
  const spans = spansIn(zones, ends);
  if (own.length === 0)
    return open(
      `the tasks of ${to.serviceName} share the network of their instances`,
      'the security groups of the instances',
    );
  const keeps = front.keepsClientAddress === true;
  const clients = networkOf(from).subnets;
  const peer = keeps
    ? {
        name: `${from.serviceName}, whose addresses ${name} keeps`,
        spans: spansIn(clients, ends),
        groups: [],
      }
    : { name, spans, groups };
  const inward = throughGroups(
    { groups: own, direction: 'in', cause: 'network-ingress-blocked' },
    traffic,
    peer,
    topology,
  );
  const tasks = { name: to.serviceName ?? '', spans: spansIn(networkOf(to).subnets, ends), groups: own };
  const outward =
    groups.length > 0
      ? [
          throughGroups(
            { groups, direction: 'out', cause: 'network-egress-blocked' },
            traffic,
            tasks,
            topology,
          ),
        ]
      : [];
  const range = rangeOf(keeps ? clients : zones, ends);
  const other = keeps || groups.length === 0 ? (range === undefined ? [] : [range]) : groups;
  return found([...outward, inward], (step) =>
    blockOf(step, { from: other, to: own, region, name: `${name}_to_${to.serviceName}`, side: 'tasks' }),
  );
}

function spansIn(subnets: readonly string[], { topology }: Ends): Span[] {
  const known = subnets.map((id) => subnetOf(topology, id));
  if (known.length === 0 || known.some((subnet) => isOpen(subnet))) return spansOf(['0.0.0.0/0']);
  return known.flatMap((subnet) => (isOpen(subnet) ? [] : addressesOf(subnet, 4)));
}

/** The range of the first subnet: one rule of as many as there are subnets. */
function rangeOf([first = '']: readonly string[], { topology }: Ends): string | undefined {
  const subnet = subnetOf(topology, first);
  return isOpen(subnet) ? undefined : subnet.CidrBlock;
}

function groupEvidence({ arn }: Front, region: string, field: string, value: string) {
  const cli = `aws elbv2 describe-target-groups --target-group-arns ${arn} --region ${region}`;
  return { api: 'elasticloadbalancing:DescribeTargetGroups', field, value, cli };
}

function healthEvidence({ arn }: Front, region: string, value: string) {
  const cli = `aws elbv2 describe-target-health --target-group-arn ${arn} --region ${region}`;
  return { api: 'elasticloadbalancing:DescribeTargetHealth', field: 'TargetHealth.Reason', value, cli };
}
