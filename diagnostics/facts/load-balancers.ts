import type { Listener, LoadBalancer, Rule } from '@aws-sdk/client-elastic-load-balancing-v2';
import { defineFact } from '../fact.ts';

/** A balancer seldom has more than a few listeners; a listener has 100 rules at most unless a quota was raised. */
const pagesAtMost = 5;

/** A load balancer by its ARN: its zones, subnets and security groups. Undefined where it no longer exists. */
export const loadBalancer = defineFact<LoadBalancer | undefined, string>({
  id: 'load-balancer',
  what: 'the load balancer',
  actions: ['elasticloadbalancing:DescribeLoadBalancers'],
  load: ({ aws }, arn) =>
    unlessGone(undefined, async () => {
      const answer = await aws.elb.describeLoadBalancers({ LoadBalancerArns: [arn] });
      return answer.LoadBalancers?.[0];
    }),
});

/** The listeners of a load balancer, by its ARN. */
export const listeners = defineFact<Listener[], string>({
  id: 'listeners',
  what: 'the listeners of the load balancer',
  actions: ['elasticloadbalancing:DescribeListeners'],
  load: ({ aws }, arn) =>
    unlessGone([], () =>
      allPages(async (Marker) => {
        const answer = await aws.elb.describeListeners({ LoadBalancerArn: arn, Marker });
        return { items: answer.Listeners ?? [], next: answer.NextMarker };
      }),
    ),
});

/** The rules of a listener, by its ARN, in no certain order; the default one is among them. */
export const listenerRules = defineFact<Rule[], string>({
  id: 'listener-rules',
  what: 'the rules of the listener',
  actions: ['elasticloadbalancing:DescribeRules'],
  load: ({ aws }, arn) =>
    unlessGone([], () =>
      allPages(async (Marker) => {
        const answer = await aws.elb.describeRules({ ListenerArn: arn, Marker });
        return { items: answer.Rules ?? [], next: answer.NextMarker };
      }),
    ),
});

async function allPages<Item>(
  page: (marker: string | undefined) => Promise<{ items: Item[]; next: string | undefined }>,
): Promise<Item[]> {
  const found: Item[] = [];
  let marker: string | undefined;
  for (let pages = 0; pages < pagesAtMost; pages += 1) {
    const { items, next } = await page(marker);
    found.push(...items);
    if (!next) return found;
    marker = next;
  }
  return found;
}

/** What was deleted since somebody named it is an answer, not a failure. */
async function unlessGone<Value>(gone: Value, read: () => Promise<Value>): Promise<Value> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof Error && /^(?:LoadBalancer|Listener|Rule)NotFound/.test(error.name)) return gone;
    throw error;
  }
}
