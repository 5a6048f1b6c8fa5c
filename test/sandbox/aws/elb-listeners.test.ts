import {
  DescribeListenersCommand,
  DescribeRulesCommand,
  ElasticLoadBalancingV2Client,
  paginateDescribeRules,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { expect, it } from 'vitest';
import { account, arn, clientConfig, failure, start } from './small-world.ts';

const balancer = arn('elasticloadbalancing', 'loadbalancer/app/web/50dc6c495c0c9188');
const listener = arn('elasticloadbalancing', 'listener/app/web/50dc6c495c0c9188/6d0ecf831eec9f09');
const rule = `${listener.replace(':listener/', ':listener-rule/')}/9683b2d02a6cabee`;
const group = arn('elasticloadbalancing', 'targetgroup/api/73e2d6bc24d8a067');
const forward = [{ Type: 'forward' as const, TargetGroupArn: group, Order: 1 }];
const notHere = [
  { Type: 'fixed-response' as const, Order: 1, FixedResponseConfig: { StatusCode: '404' as const } },
];

async function elb() {
  const sandbox = account({
    loadBalancers: [{ LoadBalancerArn: balancer, LoadBalancerName: 'web' }],
    listeners: [
      {
        ListenerArn: listener,
        LoadBalancerArn: balancer,
        Port: 443,
        Protocol: 'HTTPS',
        DefaultActions: notHere,
      },
    ],
    listenerRules: {
      [listener]: [{ RuleArn: rule, Priority: '10', Conditions: [], Actions: forward, IsDefault: false }],
    },
  });
  const endpoint = await start({ accounts: [sandbox] });
  return new ElasticLoadBalancingV2Client(await clientConfig(endpoint, sandbox));
}

it('describes the listeners of a load balancer', async () => {
  const client = await elb();
  const answer = await client.send(new DescribeListenersCommand({ LoadBalancerArn: balancer }));
  expect(answer.Listeners).toMatchObject([{ ListenerArn: listener, Port: 443, Protocol: 'HTTPS' }]);
});

it('ends the rules of a listener with its default actions', async () => {
  const client = await elb();
  const answer = await client.send(new DescribeRulesCommand({ ListenerArn: listener }));
  expect(answer.Rules).toMatchObject([
    { RuleArn: rule, Priority: '10', Actions: forward, IsDefault: false },
    { Priority: 'default', IsDefault: true, Actions: [{ Type: 'fixed-response' }] },
  ]);
});

it('finds one rule by its ARN', async () => {
  const client = await elb();
  const answer = await client.send(new DescribeRulesCommand({ RuleArns: [rule] }));
  expect(answer.Rules?.map(({ RuleArn }) => RuleArn)).toEqual([rule]);
});

it('pages rules by marker', async () => {
  const client = await elb();
  const sizes: number[] = [];
  for await (const page of paginateDescribeRules({ client }, { ListenerArn: listener, PageSize: 1 })) {
    sizes.push(page.Rules?.length ?? 0);
  }
  expect(sizes).toEqual([1, 1]);
});

it.each([
  [
    'listeners of a balancer that is gone',
    new DescribeListenersCommand({ LoadBalancerArn: `${balancer}0` }),
    'LoadBalancerNotFoundException',
  ],
  [
    'a listener that is gone',
    new DescribeListenersCommand({ ListenerArns: [`${listener}0`] }),
    'ListenerNotFoundException',
  ],
  [
    'rules of a listener that is gone',
    new DescribeRulesCommand({ ListenerArn: `${listener}0` }),
    'ListenerNotFoundException',
  ],
  ['a rule that is gone', new DescribeRulesCommand({ RuleArns: [`${rule}0`] }), 'RuleNotFoundException'],
  ['rules of nothing', new DescribeRulesCommand({}), 'ValidationError'],
])('refuses %s', async (_name, command, name) => {
  const client = await elb();
  const call =
    command instanceof DescribeRulesCommand
      ? client.send(command)
      : client.send(command as DescribeListenersCommand);
  expect(await failure(call)).toMatchObject({ name });
});
