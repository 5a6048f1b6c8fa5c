import type {
  DescribeListenersInput,
  DescribeListenersOutput,
  DescribeRulesInput,
  DescribeRulesOutput,
  Rule,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { AwsError } from '../errors.ts';
import type { Account, World } from '../world.ts';
import { elbPage, refuseMany } from './elb.ts';
import { type Operation, overWorld } from './operation.ts';

// Neither read can be limited to a resource: IAM knows them with `*` alone.
export const listenerOperations: Record<string, Operation> = {
  DescribeListeners: overWorld(describeListeners),
  DescribeRules: overWorld(describeRules),
};

function describeListeners(input: DescribeListenersInput, { world }: Account): DescribeListenersOutput {
  const { LoadBalancerArn: balancer, ListenerArns: named = [] } = input;
  refuseMany(named, 'listeners');
  if (!balancer && named.length === 0) {
    throw new AwsError('ValidationError', 'You must specify either listener ARNs or a load balancer ARN');
  }
  if (balancer && !world.loadBalancers.some(({ LoadBalancerArn }) => LoadBalancerArn === balancer)) {
    throw new AwsError('LoadBalancerNotFoundException', `Load balancer '${balancer}' not found`);
  }
  const found = (world.listeners ?? [])
    .filter(({ LoadBalancerArn }) => !balancer || LoadBalancerArn === balancer)
    .filter(({ ListenerArn = '' }) => named.length === 0 || named.includes(ListenerArn));
  if (found.length < new Set(named).size) {
    throw new AwsError('ListenerNotFoundException', 'One or more listeners not found');
  }
  const { items, nextToken } = elbPage(found, 'listeners', input);
  return { Listeners: items, NextMarker: nextToken };
}

function describeRules(input: DescribeRulesInput, { world }: Account): DescribeRulesOutput {
  const { ListenerArn: listener, RuleArns: named = [] } = input;
  refuseMany(named, 'rules');
  if (!listener && named.length === 0) {
    throw new AwsError('ValidationError', 'You must specify either listener rule ARNs or a listener ARN');
  }
  const rules = listener ? rulesOf(world, listener) : allRules(world);
  const found = rules.filter(({ RuleArn = '' }) => named.length === 0 || named.includes(RuleArn));
  if (found.length < new Set(named).size) {
    throw new AwsError('RuleNotFoundException', 'One or more rules not found');
  }
  const { items, nextToken } = elbPage(found, 'rules', input);
  return { Rules: items, NextMarker: nextToken };
}

function allRules(world: World): Rule[] {
  return (world.listeners ?? []).flatMap(({ ListenerArn = '' }) => rulesOf(world, ListenerArn));
}

/** Every listener has a default rule, which comes last and whose actions are the listener's own. */
function rulesOf({ listeners = [], listenerRules = {} }: World, arn: string): Rule[] {
  const listener = listeners.find(({ ListenerArn }) => ListenerArn === arn);
  if (!listener) throw new AwsError('ListenerNotFoundException', 'One or more listeners not found');
  return [
    ...(listenerRules[arn] ?? []),
    {
      RuleArn: `${arn.replace(':listener/', ':listener-rule/')}/0000000000000000`,
      Priority: 'default',
      Conditions: [],
      Actions: listener.DefaultActions,
      IsDefault: true,
    },
  ];
}
