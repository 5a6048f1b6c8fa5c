import { ECSClient, GetTaskProtectionCommand } from '@aws-sdk/client-ecs';
import {
  DescribeTargetGroupAttributesCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { expect, it } from 'vitest';
import { account, arn, clientConfig, failure, start } from './small-world.ts';

const until = new Date('2026-02-03T06:00:00Z');
const task = (id: string) => arn('ecs', `task/prod/${id}`);
const group = arn('elasticloadbalancing', 'targetgroup/api/73e2d6bc24d8a067');

async function world() {
  const sandbox = account({
    tasks: [{ taskArn: task('a') }, { taskArn: task('b') }],
    taskProtection: { [task('b')]: until },
    targetGroups: [{ TargetGroupArn: group, TargetGroupName: 'api' }],
    targetGroupAttributes: { [group]: { 'deregistration_delay.timeout_seconds': '120' } },
  });
  const endpoint = await start({ accounts: [sandbox] });
  return clientConfig(endpoint, sandbox);
}

it('tells which tasks are protected, until when, and which it does not know', async () => {
  const client = new ECSClient(await world());
  const answer = await client.send(new GetTaskProtectionCommand({ cluster: 'prod', tasks: ['a', 'b', 'c'] }));
  expect(answer.protectedTasks).toEqual([
    { taskArn: task('a'), protectionEnabled: false },
    { taskArn: task('b'), protectionEnabled: true, expirationDate: until },
  ]);
  expect(answer.failures).toEqual([{ arn: task('c'), reason: 'MISSING' }]);
});

it('gives the attributes of a target group, its own over the usual ones', async () => {
  const client = new ElasticLoadBalancingV2Client(await world());
  const answer = await client.send(new DescribeTargetGroupAttributesCommand({ TargetGroupArn: group }));
  expect(answer.Attributes).toContainEqual({ Key: 'deregistration_delay.timeout_seconds', Value: '120' });
  expect(answer.Attributes).toContainEqual({ Key: 'stickiness.enabled', Value: 'false' });
});

it('knows no attributes of a target group that is gone', async () => {
  const client = new ElasticLoadBalancingV2Client(await world());
  const error = await failure(
    client.send(new DescribeTargetGroupAttributesCommand({ TargetGroupArn: `${group}0` })),
  );
  expect(error.name).toBe('TargetGroupNotFoundException');
});
