import {
  DescribeLoadBalancersCommand,
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
  paginateDescribeTargetGroups,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { expect, it } from 'vitest';
import { account, arn, clientConfig, failure, start } from './small-world.ts';

const balancerArn = arn('elasticloadbalancing', 'loadbalancer/app/web/50dc6c495c0c9188');
const groupArn = (name: string) => arn('elasticloadbalancing', `targetgroup/${name}/73e2d6bc24d8a067`);
const createdTime = new Date('2026-02-03T04:05:06.789Z');
const unhealthy = {
  Target: { Id: '10.0.0.12', Port: 8080, AvailabilityZone: 'us-east-1a' },
  HealthCheckPort: '8080',
  TargetHealth: {
    State: 'unhealthy' as const,
    Reason: 'Target.ResponseCodeMismatch' as const,
    Description: 'Health checks failed with these codes: [503] & <none>',
  },
};

async function elb() {
  const sandbox = account({
    loadBalancers: [
      {
        LoadBalancerArn: balancerArn,
        LoadBalancerName: 'web',
        CreatedTime: createdTime,
        State: { Code: 'active' },
        AvailabilityZones: [{ ZoneName: 'us-east-1a', SubnetId: 'subnet-1' }, { ZoneName: 'us-east-1b' }],
        SecurityGroups: ['sg-1'],
      },
    ],
    targetGroups: ['api', 'web', 'job'].map((name) => ({
      TargetGroupArn: groupArn(name),
      TargetGroupName: name,
      HealthCheckEnabled: true,
      Matcher: { HttpCode: '200-299' },
      LoadBalancerArns: name === 'job' ? [] : [balancerArn],
    })),
    targetHealth: { [groupArn('api')]: [unhealthy] },
  });
  const endpoint = await start({ accounts: [sandbox] });
  return new ElasticLoadBalancingV2Client(await clientConfig(endpoint, sandbox));
}

it('describes the health of targets, texts with markup included', async () => {
  const client = await elb();
  const answer = await client.send(new DescribeTargetHealthCommand({ TargetGroupArn: groupArn('api') }));
  expect(answer.TargetHealthDescriptions).toEqual([unhealthy]);
});

it('has no health to tell of a group without targets', async () => {
  const client = await elb();
  const answer = await client.send(new DescribeTargetHealthCommand({ TargetGroupArn: groupArn('web') }));
  expect(answer.TargetHealthDescriptions).toEqual([]);
});

it('calls a target that was asked for and never registered unused', async () => {
  const client = await elb();
  const Targets = [{ Id: '10.0.0.12', Port: 8080 }, { Id: '10.0.0.99' }];
  const answer = await client.send(
    new DescribeTargetHealthCommand({ TargetGroupArn: groupArn('api'), Targets }),
  );
  expect(answer.TargetHealthDescriptions?.map((health) => health.TargetHealth?.Reason)).toEqual([
    'Target.ResponseCodeMismatch',
    'Target.NotRegistered',
  ]);
});

it('describes a load balancer with dates and lists', async () => {
  const client = await elb();
  const answer = await client.send(new DescribeLoadBalancersCommand({ Names: ['web'] }));
  expect(answer.LoadBalancers).toMatchObject([
    { CreatedTime: createdTime, AvailabilityZones: [{ SubnetId: 'subnet-1' }, { ZoneName: 'us-east-1b' }] },
  ]);
});

it.each([
  ['all', {}, ['api', 'web', 'job']],
  ['by ARN', { TargetGroupArns: [groupArn('job')] }, ['job']],
  ['by name', { Names: ['web', 'api'] }, ['api', 'web']],
  ['of a load balancer', { LoadBalancerArn: balancerArn }, ['api', 'web']],
])('describes target groups: %s', async (_name, input, expected) => {
  const client = await elb();
  const answer = await client.send(new DescribeTargetGroupsCommand(input));
  expect(answer.TargetGroups?.map((group) => group.TargetGroupName)).toEqual(expected);
});

it('pages by marker', async () => {
  const client = await elb();
  const sizes: number[] = [];
  for await (const page of paginateDescribeTargetGroups({ client }, { PageSize: 2 })) {
    sizes.push(page.TargetGroups?.length ?? 0);
  }
  expect(sizes).toEqual([2, 1]);
});

it.each([
  [
    'target groups',
    new DescribeTargetGroupsCommand({ TargetGroupArns: [groupArn('none')] }),
    'TargetGroupNotFoundException',
    'One or more target groups not found',
  ],
  [
    'the load balancer of target groups',
    new DescribeTargetGroupsCommand({ LoadBalancerArn: `${balancerArn}0` }),
    'LoadBalancerNotFoundException',
    `Load balancer '${balancerArn}0' not found`,
  ],
  [
    'so many target groups',
    new DescribeTargetGroupsCommand({ Names: Array.from({ length: 21 }, (_, n) => `g${n}`) }),
    'ValidationError',
    "You cannot describe more than '20' target groups at a time",
  ],
])('does not find %s', async (_name, command, name, message) => {
  const client = await elb();
  expect(await failure(client.send(command))).toMatchObject({ name, message });
});

it('does not find the target group whose health is asked for', async () => {
  const client = await elb();
  const error = await failure(
    client.send(new DescribeTargetHealthCommand({ TargetGroupArn: groupArn('none') })),
  );
  expect(error).toMatchObject({
    name: 'TargetGroupNotFoundException',
    message: `Target groups '${groupArn('none')}' not found`,
    $metadata: { httpStatusCode: 400, requestId: expect.any(String) },
  });
});
