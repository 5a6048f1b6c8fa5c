import type { Service } from '@aws-sdk/client-ecs';
import { balancersOf } from '../../connect/offered.ts';
import { defineFact, type Scope } from '../../fact.ts';
import type { Topology } from '../../network/topology.ts';
import { networkOf } from '../../placement/compute.ts';
import { blockPublicAccess, natGateways } from '../network/ec2-lists.ts';
import { type TopologyKey, topology } from '../network/topology.ts';
import { asKey } from '../security-groups.ts';
import { service } from '../service.ts';
import { around, aroundFront, completed, merged, wayOut } from './around.ts';
import { frontBalancers } from './fronts.ts';
import { hosts, otherHosts } from './hosts.ts';
import { otherService } from './other-side.ts';

/** The network around these subnets and groups, inside the VPC. */
const inside = defineFact<Topology, TopologyKey>({
  id: 'inside',
  what: 'the network between the two',
  actions: topology.actions,
  load: async (context, { subnets, groups }) => completed(context, await around(context, subnets, groups)),
});

/** As before, with what leads out of the VPC where a load balancer can only be reached by its public address. */
const insideAndOut = defineFact<Topology, TopologyKey>({
  id: 'inside-and-out',
  what: inside.what,
  actions: topology.actions,
  async load(context, { subnets, groups }) {
    const { settle } = context;
    const [base, balancers] = await Promise.all([
      around(context, subnets, groups),
      settle(frontBalancers),
      settle(natGateways),
      settle(blockPublicAccess),
    ]);
    const isPublic = balancers.ok && balancers.value.some(({ Scheme }) => Scheme === 'internet-facing');
    const [whole, out] = await Promise.all([
      completed(context, base),
      isPublic ? wayOut(context, base) : undefined,
    ]);
    return out ? merged(whole, out) : whole;
  },
});

/** Around the instances that tasks without an interface of their own run on. */
const aroundHosts = defineFact<Topology | undefined>({
  id: 'around-hosts',
  what: inside.what,
  actions: [...new Set([topology, hosts, otherHosts].flatMap(({ actions }) => actions))],
  async load(context) {
    const { read, settle, scope } = context;
    const [a, b, to] = await Promise.all([settle(hosts), settle(otherHosts), settle(otherService)]);
    const instances = [a, b].flatMap((one) => (one.ok ? one.value : [])).map(({ instance }) => instance);
    const key = {
      subnets: asKey(instances.flatMap(({ SubnetId }) => SubnetId ?? [])),
      groups: asKey(
        instances.flatMap(({ SecurityGroups = [] }) =>
          SecurityGroups.flatMap(({ GroupId }) => GroupId ?? []),
        ),
      ),
    };
    if (key.subnets.length === 0) return undefined;
    return read(networkFor(scope, to.ok ? to.value : undefined), key);
  },
});

/** The load balancers of the other end: their own rules, subnets and ACLs. */
const aroundBalancers = defineFact<Topology | undefined>({
  id: 'around-balancers',
  what: inside.what,
  actions: [...new Set([...frontBalancers.actions, ...topology.actions])],
  async load(context) {
    const { read } = context;
    const balancers = await read(frontBalancers);
    if (balancers.length === 0) return undefined;
    const zones = balancers.flatMap(({ AvailabilityZones = [] }) => AvailabilityZones);
    const subnets = asKey(zones.flatMap(({ SubnetId }) => SubnetId ?? []));
    const groups = asKey(balancers.flatMap(({ SecurityGroups }) => SecurityGroups ?? []));
    return completed(context, await aroundFront(context, subnets, groups));
  },
});

/** The network around both ends, and around the load balancers of the other one. */
export const between = defineFact<Topology>({
  id: 'between',
  what: inside.what,
  actions: [
    ...new Set([topology, otherService, frontBalancers, hosts, otherHosts].flatMap(({ actions }) => actions)),
  ],
  async load({ read, settle, scope }) {
    const [from, to] = await Promise.all([read(service), read(otherService)]);
    const [a, b] = [networkOf(from), networkOf(to)];
    const key = {
      subnets: asKey([...a.subnets, ...b.subnets]),
      groups: asKey([...a.groups, ...b.groups]),
    };
    const onHosts = a.subnets.length === 0 || (to !== undefined && b.subnets.length === 0);
    const [own, shared, front] = await Promise.all([
      key.subnets.length > 0 ? read(networkFor(scope, to), key) : undefined,
      onHosts ? read(aroundHosts) : undefined,
      settle(aroundBalancers),
    ]);
    const parts = [own, shared, front.ok ? front.value : undefined].filter((one) => one !== undefined);
    const [first = await read(inside, { subnets: [], groups: [] }), ...more] = parts;
    return more.reduce(merged, first);
  },
});

/** To a host the whole way out counts; to a load balancer perhaps; to tasks only what lies inside. */
function networkFor({ to }: Scope, other: Service | undefined): typeof topology {
  if (to?.kind === 'host') return topology;
  return other !== undefined && balancersOf(other).length > 0 ? insideAndOut : inside;
}
