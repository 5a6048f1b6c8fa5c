import type { Service } from '@aws-sdk/client-ecs';
import type {
  Listener,
  LoadBalancer,
  Rule,
  TargetGroup,
  TargetHealthDescription,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { balancersOf } from '../../connect/offered.ts';
import { defineFact, type FactContext } from '../../fact.ts';
import { listenerRules, listeners, loadBalancer } from '../load-balancers.ts';
import { partOf, type Read } from '../read.ts';
import { targetGroupAttributes } from '../target-group-attributes.ts';
import { otherService } from './other-side.ts';

/** A target group of the service, or two that take turns, with the load balancers, listeners and rules in front. */
export interface Front {
  arn: string;
  /** The other of two, between which ECS moves the traffic when it deploys. */
  alternate?: string;
  group: TargetGroup | undefined;
  /** Of both, where there are two. */
  targets: Read<TargetHealthDescription[]>;
  balancers: { balancer: LoadBalancer; listeners: Listener[]; rules: Read<Rule[]> }[];
  /** Of a network load balancer alone. */
  keepsClientAddress?: boolean;
}

const frontTargets = defineFact<TargetHealthDescription[], string>({
  id: 'front-targets',
  what: 'the health of the targets to connect to',
  actions: ['elasticloadbalancing:DescribeTargetHealth'],
  async load({ aws }, arn) {
    const answer = await aws.elb.describeTargetHealth({ TargetGroupArn: arn });
    return answer.TargetHealthDescriptions ?? [];
  },
});

/**
 * The first page of all target groups of the region: 400, which is nearly always all of them. Asked beside the service
 * that names them, a round earlier than by name.
 */
const targetGroups = defineFact<TargetGroup[]>({
  id: 'target-groups',
  what: 'the target groups',
  actions: ['elasticloadbalancing:DescribeTargetGroups'],
  load: async ({ aws }) => (await aws.elb.describeTargetGroups({})).TargetGroups ?? [],
});

const targetGroupByArn = defineFact<TargetGroup | undefined, string>({
  id: 'target-group-by-arn',
  what: 'the target group',
  actions: targetGroups.actions,
  async load({ aws }, arn) {
    try {
      return (await aws.elb.describeTargetGroups({ TargetGroupArns: [arn] })).TargetGroups?.[0];
    } catch (error) {
      // Deleted since the service named it.
      if (error instanceof Error && error.name.startsWith('TargetGroupNotFound')) return undefined;
      throw error;
    }
  },
});

interface Pair {
  arn: string;
  alternate?: string;
}

/** The groups that the service names, as pairs, with what is known of each. */
const frontGroups = defineFact<(Pair & { groups: (TargetGroup | undefined)[] })[]>({
  id: 'front-groups',
  what: targetGroups.what,
  actions: targetGroups.actions,
  async load({ scope, read, settle }) {
    if (scope.to?.kind !== 'service') return [];
    const [described, all] = await Promise.all([read(otherService), settle(targetGroups)]);
    const pairs = pairsOf(described);
    // Asked for nothing, as it turns out; what was refused is told all the same, and by name where it is needed.
    if (!all.ok && pairs.length === 0) throw all.failure;
    const known = all.ok ? all.value : [];
    const groupOf = (arn: string) =>
      known.find(({ TargetGroupArn }) => TargetGroupArn === arn) ?? read(targetGroupByArn, arn);
    return Promise.all(
      pairs.map(async (pair) => ({
        ...pair,
        groups: await Promise.all(bothOf(pair).map(groupOf)),
      })),
    );
  },
});

/** The load balancers in front of the service, each once. */
export const frontBalancers = defineFact<LoadBalancer[]>({
  id: 'front-balancers',
  what: loadBalancer.what,
  actions: [...targetGroups.actions, ...loadBalancer.actions],
  async load({ read }) {
    const pairs = await read(frontGroups);
    const arns = pairs.flatMap(({ groups }) => groups.flatMap((group) => group?.LoadBalancerArns ?? []));
    const found = await Promise.all([...new Set(arns)].map((arn) => read(loadBalancer, arn)));
    return found.flatMap((one) => one ?? []);
  },
});

export const otherFronts = defineFact<Front[]>({
  id: 'other-fronts',
  what: 'the load balancers of the service to connect to',
  actions: [
    ...new Set(
      [targetGroups, frontTargets, loadBalancer, listeners, listenerRules, targetGroupAttributes].flatMap(
        ({ actions }) => actions,
      ),
    ),
  ],
  async load(context) {
    const pairs = await context.read(frontGroups);
    return Promise.all(pairs.map((pair) => frontOf(context, pair)));
  },
});

function pairsOf(described: Service | undefined): Pair[] {
  const pairs = (described ? balancersOf(described) : []).flatMap(
    ({ targetGroupArn: arn, advancedConfiguration }): Pair[] => {
      const alternate = advancedConfiguration?.alternateTargetGroupArn;
      return arn === undefined ? [] : [{ arn, ...(alternate !== undefined && { alternate }) }];
    },
  );
  return [...new Map(pairs.map((pair) => [pair.arn, pair])).values()];
}

function bothOf({ arn, alternate }: Pair): string[] {
  return alternate === undefined ? [arn] : [arn, alternate];
}

async function frontOf(
  context: FactContext,
  { arn, alternate, groups }: Pair & { groups: (TargetGroup | undefined)[] },
): Promise<Front> {
  const both = bothOf({ arn, ...(alternate !== undefined && { alternate }) });
  const [group] = groups;
  const balancerArns = groups.flatMap((one) => one?.LoadBalancerArns ?? []);
  const [health, balancers, keeps] = await Promise.all([
    Promise.all(both.map(async (one) => partOf(frontTargets.what, await context.settle(frontTargets, one)))),
    Promise.all([...new Set(balancerArns)].map((one) => balancerOf(context, one, both))),
    group ? keepsAddress(context, group) : undefined,
  ]);
  return {
    arn,
    ...(alternate !== undefined && { alternate }),
    group,
    targets: together(health),
    balancers: balancers.flat(),
    ...(keeps !== undefined && { keepsClientAddress: keeps }),
  };
}

/** All lists as one; one that could not be read leaves the whole unknown. */
function together<Item>(parts: readonly Read<Item[]>[]): Read<Item[]> {
  const unread = parts.find((one) => !one.ok);
  return unread ?? { ok: true, value: parts.flatMap((one) => (one.ok ? one.value : [])) };
}

async function balancerOf(
  { read, settle }: FactContext,
  arn: string,
  groups: readonly string[],
): Promise<Front['balancers']> {
  const [balancer, all] = await Promise.all([read(loadBalancer, arn), read(listeners, arn)]);
  if (!balancer) return [];
  // The rules of a network load balancer only tell families of addresses apart.
  const asked = balancer.Type === 'application' ? all : all.filter((one) => !forwardsTo(one, groups));
  const parts = await Promise.all(
    asked.map(async ({ ListenerArn = '' }) =>
      partOf(listenerRules.what, await settle(listenerRules, ListenerArn)),
    ),
  );
  return [{ balancer, listeners: all, rules: together(parts) }];
}

function forwardsTo({ DefaultActions = [] }: Listener, groups: readonly string[]): boolean {
  return DefaultActions.some(({ TargetGroupArn = '', ForwardConfig }) =>
    [TargetGroupArn, ...(ForwardConfig?.TargetGroups ?? []).map((one) => one.TargetGroupArn ?? '')].some(
      (arn) => groups.includes(arn),
    ),
  );
}

/**
 * Whether targets see the address of the client. With UDP and QUIC they always do. With TCP and TLS it is set, and
 * where it is not, targets by instance do, and those by address do not. Undefined for protocols of HTTP.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html
 */
async function keepsAddress(
  { read }: FactContext,
  { TargetGroupArn = '', Protocol = 'HTTP', TargetType }: TargetGroup,
): Promise<boolean | undefined> {
  if (['UDP', 'TCP_UDP', 'QUIC', 'TCP_QUIC'].includes(Protocol)) return true;
  if (!['TCP', 'TLS'].includes(Protocol)) return undefined;
  const set = (await read(targetGroupAttributes, TargetGroupArn))['preserve_client_ip.enabled'];
  return set === undefined ? TargetType === 'instance' : set === 'true';
}
