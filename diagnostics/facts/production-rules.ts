import type { Rule } from '@aws-sdk/client-elastic-load-balancing-v2';
import { defineFact } from '../fact.ts';
import { listenerRules, listeners } from './load-balancers.ts';
import { service } from './service.ts';

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
