import type { SecurityGroup, Subnet } from '@aws-sdk/client-ec2';
import type { LoadBalancer, Rule } from '@aws-sdk/client-elastic-load-balancing-v2';
import { defineFact, type FactContext } from '../fact.ts';
import { admits, anywhere, familyOf } from '../health/admission.ts';
import { isInTrouble, timesOut } from '../health/states.ts';
import { networkOf } from '../placement/compute.ts';
import { listenerRules, listeners, loadBalancer } from './load-balancers.ts';
import { asKey, securityGroups } from './security-groups.ts';
import { service } from './service.ts';
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

/** The security groups of the service's tasks, where a check of them times out. */
export const checkedGroups = defineFact<SecurityGroup[]>({
  id: 'checked-groups',
  what: 'the security groups of the tasks',
  actions: securityGroups.actions,
  async load({ read }) {
    const [groups, described] = await Promise.all([read(targetHealth), read(service)]);
    if (!groups.some(({ targets }) => targets.some(timesOut))) return [];
    return read(securityGroups, asKey(networkOf(described).groups));
  },
});

/**
 * The security groups of the load balancers whose checks time out, for what they let out. Not asked where the tasks let
 * none of them in: that is the reason then.
 */
export const balancerGroups = defineFact<SecurityGroup[]>({
  id: 'balancer-groups',
  what: 'the security groups of the load balancer',
  actions: securityGroups.actions,
  async load(context) {
    const silent = await silentPaths(context);
    const ids = silent.flatMap(({ named, balancer }) =>
      named === 'blocked' ? [] : (balancer.SecurityGroups ?? []),
    );
    return context.read(securityGroups, asKey(ids));
  },
});

/** The subnets of the load balancers whose checks time out: their own addresses lie there, for rules that name ranges. */
export const balancerSubnets = defineFact<Subnet[]>({
  id: 'balancer-subnets',
  what: 'the subnets of the load balancer',
  actions: ['ec2:DescribeSubnets'],
  async load(context) {
    const silent = await silentPaths(context);
    const zones = silent.flatMap(({ named, balancer }) =>
      named === 'unknown' || (balancer.SecurityGroups ?? []).length === 0
        ? (balancer.AvailabilityZones ?? [])
        : [],
    );
    const ids = asKey(zones.flatMap(({ SubnetId }) => SubnetId ?? []));
    if (ids.length === 0) return [];
    const Filters = [{ Name: 'subnet-id', Values: [...ids] }];
    return (await context.aws.ec2.describeSubnets({ Filters })).Subnets ?? [];
  },
});

/** The balancers whose checks time out, and whether the tasks let them in by the name of their security groups. */
async function silentPaths({ read }: Pick<FactContext, 'read'>) {
  const [groups, balancers, found, described] = await Promise.all([
    read(targetHealth),
    read(checkingBalancers),
    read(checkedGroups),
    read(service),
  ]);
  const own = networkOf(described).groups;
  return groups.flatMap(({ group, targets }) => {
    const silent = targets.find(timesOut);
    const port = Number(silent?.HealthCheckPort);
    const checking = balancers.filter(({ LoadBalancerArn = '' }) =>
      group?.LoadBalancerArns?.includes(LoadBalancerArn),
    );
    if (!Number.isInteger(port)) return [];
    return checking.map((balancer) => ({
      balancer,
      named: admits(found, { groups: own, direction: 'in' }, port, {
        groups: balancer.SecurityGroups ?? [],
        spans: anywhere(familyOf(silent?.Target?.Id ?? '')),
      }).state,
    }));
  });
}

/** The rules that decide which of a blue/green pair gets the traffic; none where the service has no such pair. */
export const productionRules = defineFact<Rule[]>({
  id: 'production-rules',
  what: 'which target group gets the traffic',
  actions: [...listenerRules.actions, ...listeners.actions],
  async load({ read }) {
    const described = await read(service);
    const named = (described?.loadBalancers ?? []).flatMap(
      ({ advancedConfiguration }) => advancedConfiguration?.productionListenerRule ?? [],
    );
    const [ofRules, ofListeners] = [named.filter(isRule), named.filter((arn) => !isRule(arn))];
    const [rules, whole] = await Promise.all([
      Promise.all([...new Set(ofRules.map(listenerOf))].map((arn) => read(listenerRules, arn))),
      // A network load balancer has no rules: its listener forwards by itself.
      Promise.all([...new Set(ofListeners.map(balancerOf))].map((arn) => read(listeners, arn))),
    ]);
    return [
      ...rules.flat(),
      ...whole.flat().map(({ ListenerArn, DefaultActions }) => ({
        RuleArn: ListenerArn,
        Actions: DefaultActions,
      })),
    ].filter(({ RuleArn = '' }) => named.includes(RuleArn));
  },
});

function isRule(arn: string): boolean {
  return arn.includes(':listener-rule/');
}

/** A listener's ARN is its balancer's with one id more. */
function balancerOf(listener: string): string {
  return listener.replace(':listener/', ':loadbalancer/').replace(/\/[^/]+$/, '');
}

/** A rule's ARN is its listener's with one id more. */
function listenerOf(rule: string): string {
  return rule.replace(':listener-rule/', ':listener/').replace(/\/[^/]+$/, '');
}
