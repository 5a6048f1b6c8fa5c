import type { Listener, LoadBalancer } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Front } from '../facts/connect/fronts.ts';
import { addressesOf, isOpen, subnetOf } from '../network/place.ts';
import { type Span, spansOf } from '../network/prefixes.ts';
import { reach } from '../network/reach.ts';
import { groupsUnknown } from '../network/security-groups.ts';
import { open, unread } from '../network/steps.ts';
import type { Path } from '../network/topology.ts';
import { listed } from '../words.ts';
import { fromAll, placesUnknown } from './direct.ts';
import { leavesBy } from './leaves-by.ts';
import { balancersOf } from './offered.ts';
import { groupsAt, originsOf } from './places.ts';
import { byPublicName } from './public-name.ts';
import { type Asked, type Routed, routed, withDefault } from './routing.ts';
import { leadsTo } from './rule-actions.ts';
import { blockOf } from './rules.ts';
import { healthOf, toTargets } from './targets.ts';
import { type Ends, found, type Way } from './way.ts';

type Behind = Front['balancers'][number];

/** By every load balancer in front of the service. */
export function byBalancers(ends: Ends): Way[] {
  const { to, fronts } = ends;
  const offered = balancersOf(to);
  if (offered.length === 0) return [];
  if (!fronts) {
    const nothing = open('the load balancers could not be read', 'the right to describe them');
    return [{ kind: 'load-balancer', about: 'the load balancer', found: nothing }];
  }
  const classic = offered.flatMap(({ loadBalancerName }) =>
    loadBalancerName ? [unseen(loadBalancerName)] : [],
  );
  const ways = fronts.flatMap((front) =>
    front.balancers.length === 0
      ? [withoutBalancer(ends, front)]
      : front.balancers.map((behind) => byBalancer(ends, front, behind)),
  );
  return [...ways, ...classic];
}

/** A load balancer of the first generation has no target groups. */
function unseen(name: string): Way {
  const nothing = open(
    'what a Classic Load Balancer does is not looked at',
    'its listeners and security groups',
  );
  return { kind: 'load-balancer', about: `Classic Load Balancer ${name}`, found: nothing };
}

function withoutBalancer({ to, region }: Ends, { arn, group }: Front): Way {
  const name = group?.TargetGroupName ?? arn.split('/').at(-2) ?? '';
  const says = group ? 'belongs to no load balancer' : 'does not exist any more';
  const cli = `aws elbv2 describe-target-groups --target-group-arns ${arn} --region ${region}`;
  const api = 'elasticloadbalancing:DescribeTargetGroups';
  return {
    kind: 'load-balancer',
    about: `target group ${name}`,
    found: {
      state: 'broken',
      block: {
        cause: 'connect-no-listener',
        sentence: `Target group ${name} of ${to.serviceName} ${says}.`,
        names: { region, targetGroupArn: arn },
        evidence: [{ api, field: 'LoadBalancerArns', value: 'none', cli }],
      },
    },
  };
}

function byBalancer(ends: Ends, front: Front, behind: Behind): Way {
  const name = behind.balancer.LoadBalancerName ?? '';
  const tried = routingsOf(ends, front, behind).map((routing) => ({
    port: routing.listeners.at(-1)?.Port,
    variable: routing.variable,
    found: throughBalancer(ends, front, behind, routing),
  }));
  // Of several listeners that lead there, one that lets it through is enough.
  const best = (['open-way', 'open', 'broken'] as const)
    .map((state) => tried.find(({ found: one }) => one.state === state))
    .find((one) => one !== undefined);
  const about = `load balancer ${name}${best?.port === undefined ? '' : ` at TCP ${best.port}`}`;
  const result = best?.found ?? noListener(ends, front, behind);
  const variable = best?.variable;
  return { kind: 'load-balancer', about, found: result, ...(variable !== undefined && { variable }) };
}

/** What its rules do with the requests of the one that calls. */
function routingsOf(ends: Ends, { arn, alternate }: Front, behind: Behind): Routed[] {
  const { balancer, rules } = behind;
  const asked: Asked = {
    balancer: balancer.LoadBalancerName ?? '',
    dnsName: balancer.DNSName,
    port: ends.port,
    listeners: withRules(behind),
    groups: groupsOf({ arn, alternate }),
    to: ends.to.serviceName ?? '',
    from: ends.from.serviceName ?? '',
    urls: ends.urls,
    sources: sourcesOf(ends, balancer),
    region: ends.region,
  };
  const results = routed(asked);
  if (rules.ok || (balancer.Type === 'network' && results[0]?.state === 'to')) return results;
  // Which listener leads there is not known either: what the targets admit is all that can be seen.
  return [{ ...unread('the rules of the listeners', rules), listeners: [] }];
}

function groupsOf({ arn, alternate }: Pick<Front, 'arn'> & { alternate: string | undefined }): string[] {
  return alternate === undefined ? [arn] : [arn, alternate];
}

function withRules({ listeners, rules }: Behind): Asked['listeners'] {
  return listeners.map((listener) => ({
    listener,
    rules: withDefault(listener, rules.ok ? rules.value.filter((rule) => isOf(rule, listener)) : []),
  }));
}

/** A rule's ARN is its listener's with one id more. */
function isOf({ RuleArn = '' }: { RuleArn?: string | undefined }, { ListenerArn = '' }: Listener): boolean {
  return RuleArn.startsWith(`${ListenerArn.replace(':listener/', ':listener-rule/')}/`);
}

/** The addresses of the caller that the load balancer sees, where they are known. */
function sourcesOf({ from, hosts, topology }: Ends, { Scheme, IpAddressType }: LoadBalancer): Span[] {
  const origins = originsOf(from, hosts.from);
  if (Scheme === 'internet-facing') return spansOf(leavesBy(origins, topology).addresses);
  const subnets = origins.map((origin) => subnetOf(topology, origin.subnet));
  // Without one of them the others would be taken for all.
  if (subnets.some(isOpen)) return [];
  return subnets.flatMap((subnet) => {
    if (isOpen(subnet)) return [];
    const six = IpAddressType?.startsWith('dualstack') ? addressesOf(subnet, 6) : [];
    return [...addressesOf(subnet, 4), ...six];
  });
}

function noListener(ends: Ends, { arn, alternate }: Front, behind: Behind): Way['found'] {
  const { balancer, listeners, rules } = behind;
  const name = balancer.LoadBalancerName ?? '';
  const service = ends.to.serviceName;
  // Others than the one that is asked about may lead there.
  const leading = withRules(behind).filter((one) =>
    one.rules.some((rule) => leadsTo(rule, groupsOf({ arn, alternate }))),
  );
  const ports = listed(leading.map(({ listener }) => String(listener.Port)));
  const sentence =
    leading.length === 0
      ? `No listener rule of ${name} leads to ${service}.`
      : `No rule of ${name} at TCP ${ends.port} leads to ${service}, only at ${ports}.`;
  const value = `${listeners.length} listeners, ${rules.ok ? rules.value.length : 0} rules`;
  const cli = `aws elbv2 describe-listeners --load-balancer-arn ${balancer.LoadBalancerArn} --region ${ends.region}`;
  return {
    state: 'broken',
    block: {
      cause: 'connect-no-listener',
      sentence,
      names: { region: ends.region, targetGroupArn: arn, resource: name },
      evidence: [
        {
          api: 'elasticloadbalancing:DescribeListeners',
          field: 'Listeners[].DefaultActions',
          value,
          cli,
        },
      ],
    },
  };
}

/** What breaks it, in the order of the traffic; else what is not decided; else what lets it through. */
function throughBalancer(ends: Ends, front: Front, { balancer }: Behind, routing: Routed): Way['found'] {
  if (routing.state === 'broken') return routing;
  const health = healthOf(ends, front);
  const halves = [
    ...routing.listeners.map((listener) => toBalancer(ends, balancer, listener)),
    toTargets(ends, balancer, front),
  ];
  const all = [...(health ? [health] : []), ...halves];
  const broken = all.find(({ state }) => state === 'broken');
  if (broken) return broken;
  if (routing.state === 'open') return { state: 'open', reason: routing.reason, decide: routing.decide };
  const undecided = all.find(({ state }) => state === 'open');
  if (undecided) return undecided;
  if (!front.targets.ok) return unread('the health of its targets', front.targets);
  const last = halves.at(-1);
  const rule = `${routing.text.charAt(0).toUpperCase()}${routing.text.slice(1)}.`;
  if (last?.state !== 'open-way') return open('its targets are not known', 'the target group');
  return { ...last, text: balancer.Type === 'application' ? `${rule} ${last.text}` : last.text };
}

/** The first half: to the load balancer's listener. */
function toBalancer(ends: Ends, balancer: LoadBalancer, listener: Listener): Way['found'] {
  const { from, topology, region, hosts } = ends;
  const unknown = placesUnknown({ ...ends, to: from, hosts: { from: hosts.from, to: hosts.from } });
  if (unknown) return unknown;
  const port = listener.Port ?? 443;
  const groups = balancer.SecurityGroups ?? [];
  const side = {
    from: groupsAt(from, hosts.from),
    to: groups,
    region,
    name: `${from.serviceName}_to_${balancer.LoadBalancerName}`,
    side: 'balancer' as const,
  };
  if (balancer.Scheme === 'internet-facing') return byPublicName(ends, balancer, port, side);
  const zones = (balancer.AvailabilityZones ?? []).flatMap(({ SubnetId }) => SubnetId ?? []);
  const protocol =
    listener.Protocol === 'UDP' || listener.Protocol === 'QUIC' ? ('udp' as const) : ('tcp' as const);
  const steps = fromAll(originsOf(from, hosts.from), (origin) =>
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
