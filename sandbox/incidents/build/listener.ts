import type { Action, RuleCondition } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { World } from '#sandbox/aws/world.ts';
import type { Balancer } from './balancer.ts';
import { hex } from './seeded.ts';

export interface ToldRule {
  priority: number;
  conditions: RuleCondition[];
  /** Absent: it forwards to the group of the balancer's service. */
  action?: Action;
}

/** The HTTPS listener of a load balancer with rules of its own; what none matches is answered with 404. */
export function listenerOf(
  { arn: group, loadBalancer }: Balancer,
  rules: readonly ToldRule[],
): Partial<World> {
  const { LoadBalancerArn = '' } = loadBalancer;
  const arn = `${LoadBalancerArn.replace(':loadbalancer/', ':listener/')}/${hex(`${LoadBalancerArn} 443`, 16)}`;
  const notHere: Action = {
    Type: 'fixed-response',
    FixedResponseConfig: { StatusCode: '404', ContentType: 'text/plain', MessageBody: 'not here' },
  };
  return {
    listeners: [
      { ListenerArn: arn, LoadBalancerArn, Port: 443, Protocol: 'HTTPS', DefaultActions: [notHere] },
    ],
    listenerRules: {
      [arn]: rules.map(({ priority, conditions, action }) => ({
        RuleArn: `${arn.replace(':listener/', ':listener-rule/')}/${hex(`${arn} rule ${priority}`, 16)}`,
        Priority: String(priority),
        IsDefault: false,
        Conditions: conditions,
        Actions: [action ?? { Type: 'forward', TargetGroupArn: group, Order: 1 }],
      })),
    },
  };
}

export function onHost(...Values: string[]): RuleCondition {
  return { Field: 'host-header', HostHeaderConfig: { Values } };
}

export function onPath(...Values: string[]): RuleCondition {
  return { Field: 'path-pattern', PathPatternConfig: { Values } };
}
