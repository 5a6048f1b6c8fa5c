import type { Instance, NetworkAcl, SecurityGroup, Subnet } from '@aws-sdk/client-ec2';
import type { LoadBalancer } from '@aws-sdk/client-elastic-load-balancing-v2';
import { defineFact, type FactContext } from '../fact.ts';
import { admits, anywhere, familyOf } from '../health/admission.ts';
import { type Arrival, arrivalOf, groupsOfTasks, silentInstances } from '../health/arrival.ts';
import { isInstance, isInTrouble, timesOut } from '../health/states.ts';
import { loadBalancer } from './load-balancers.ts';
import { networkAcls } from './network/ec2-lists.ts';
import { asKey, securityGroups } from './security-groups.ts';
import { service } from './service.ts';
import { subnetsById } from './subnets.ts';
import { targetHealth } from './target-health.ts';

/** What lies between a load balancer and the targets that it finds in trouble; nothing is asked where none is. */

/** The load balancers of the groups in which a target is in trouble. */
export const checkingBalancers = defineFact<LoadBalancer[]>({
  id: 'checking-balancers',
  what: 'the load balancers that check the targets',
  actions: loadBalancer.actions,
  async load({ read }) {
    const groups = (await read(targetHealth)).filter(({ targets }) => targets.some(isInTrouble));
    const arns = [...new Set(groups.flatMap(({ group }) => group?.LoadBalancerArns ?? []))];
    const found = await Promise.all(arns.map((arn) => read(loadBalancer, arn)));
    return found.filter((balancer) => balancer !== undefined);
  },
});

/** EC2's answer is asked for by filter, which takes 200 values. */
const instancesAtMost = 200;

/** The instances whose checks time out; none where the targets are addresses. One that is gone is not among them. */
export const checkedInstances = defineFact<Instance[]>({
  id: 'checked-instances',
  what: 'the instances that the load balancer checks',
  actions: ['ec2:DescribeInstances'],
  async load({ read, aws }) {
    const groups = await read(targetHealth);
    const ids = asKey(groups.flatMap(({ targets }) => silentInstances(targets)));
    if (ids.length === 0) return [];
    const Filters = [{ Name: 'instance-id', Values: ids.slice(0, instancesAtMost) }];
    const { Reservations = [] } = await aws.ec2.describeInstances({ Filters });
    return Reservations.flatMap(({ Instances = [] }) => Instances);
  },
});

/**
 * The security groups at which checks that time out arrive: those of the service's tasks, or of their instances. The
 * latter are asked about together with those of the load balancer.
 */
export const checkedGroups = defineFact<SecurityGroup[]>({
  id: 'checked-groups',
  what: 'the security groups that the checks meet',
  actions: [...securityGroups.actions, ...checkedInstances.actions],
  async load({ read }) {
    const [groups, described] = await Promise.all([read(targetHealth), read(service)]);
    const silent = groups.flatMap(({ targets }) => targets.filter(timesOut));
    const own = silent.some((target) => !isInstance(target)) ? groupsOfTasks(described) : [];
    if (!silent.some(isInstance)) return read(securityGroups, asKey(own));
    const [hosts, balancers] = await Promise.all([read(checkedInstances), read(checkingBalancers)]);
    const theirs = hosts.flatMap(({ SecurityGroups = [] }) =>
      SecurityGroups.flatMap(({ GroupId }) => GroupId ?? []),
    );
    const ends = balancers.flatMap(({ SecurityGroups = [] }) => SecurityGroups);
    return read(securityGroups, asKey([...own, ...theirs, ...ends]));
  },
});

/**
 * The security groups of the load balancers whose checks time out, for what they let out. Not asked where nothing lets
 * them in: that is the reason then.
 */
export const balancerGroups = defineFact<SecurityGroup[]>({
  id: 'balancer-groups',
  what: 'the security groups of the load balancer',
  actions: securityGroups.actions,
  async load(context) {
    const [ways, known] = await Promise.all([silentWays(context), context.read(checkedGroups)]);
    const ids = ways.flatMap(({ named, balancer }) =>
      named === 'blocked' ? [] : (balancer.SecurityGroups ?? []),
    );
    const more = asKey(ids.filter((id) => !known.some(({ GroupId }) => GroupId === id)));
    return [...known, ...(await context.read(securityGroups, more))];
  },
});

/** The subnets at both ends: addresses lie there, which rules that name ranges are about. */
export const checkSubnets = defineFact<Subnet[]>({
  id: 'check-subnets',
  what: 'the subnets of the load balancer',
  actions: subnetsById.actions,
  async load(context) {
    const ways = (await silentWays(context)).filter(
      ({ named, balancer }) => named !== 'blocked' || (balancer.SecurityGroups ?? []).length === 0,
    );
    const ids = asKey(ways.flatMap(subnetsAlong));
    return ids.length === 0 ? [] : context.read(subnetsById, ids);
  },
});

/** The network ACLs at both ends; none are met inside one subnet. Not asked where a security group is the reason. */
export const checkAcls = defineFact<NetworkAcl[]>({
  id: 'check-acls',
  what: 'the network ACLs between the load balancer and its targets',
  actions: networkAcls.actions,
  async load(context) {
    const ways = (await silentWays(context)).filter(({ named }) => named !== 'blocked');
    const ids = asKey(ways.flatMap(subnetsAlong));
    return ids.length < 2 ? [] : context.read(networkAcls, ids);
  },
});

interface SilentWay {
  balancer: LoadBalancer;
  arrival: Arrival;
  /** Whether the groups there let the balancer in, as far as their names tell. */
  named: ReturnType<typeof admits>['state'];
}

function subnetsAlong({ balancer, arrival }: SilentWay): string[] {
  const theirs = (balancer.AvailabilityZones ?? []).flatMap(({ SubnetId }) => SubnetId ?? []);
  return [...theirs, ...arrival.subnets];
}

/** The ways of the checks that time out. */
async function silentWays({ read }: Pick<FactContext, 'read'>): Promise<SilentWay[]> {
  const [groups, balancers, instances, found, described] = await Promise.all([
    read(targetHealth),
    read(checkingBalancers),
    read(checkedInstances),
    read(checkedGroups),
    read(service),
  ]);
  return groups.flatMap(({ group, targets }) => {
    const checking = balancers.filter(({ LoadBalancerArn = '' }) =>
      group?.LoadBalancerArns?.includes(LoadBalancerArn),
    );
    return targets.filter(timesOut).flatMap((target) => {
      const port = Number(target.HealthCheckPort);
      const arrival = arrivalOf(target, { service: described, instances });
      if (!arrival || !Number.isInteger(port)) return [];
      return checking.map((balancer) => ({
        balancer,
        arrival,
        named: admits(found, { groups: arrival.groups, direction: 'in' }, port, {
          groups: balancer.SecurityGroups ?? [],
          spans: anywhere(familyOf(arrival.address ?? '')),
        }).state,
      }));
    });
  });
}
