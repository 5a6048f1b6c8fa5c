import {
  AutoScalingClient,
  DescribeAutoScalingGroupsCommand,
  DescribeScalingActivitiesCommand,
} from '@aws-sdk/client-auto-scaling';
import { CloudWatchClient, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import {
  DescribeInstanceTypesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import { DescribeCapacityProvidersCommand, ECSClient } from '@aws-sdk/client-ecs';
import { GetServiceQuotaCommand, ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import { expect, it } from 'vitest';
import { account, arn, clientConfig, failure, start } from './small-world.ts';

const startTime = new Date('2026-02-03T04:05:06.000Z');
const group = { AutoScalingGroupName: 'pool', MinSize: 0, MaxSize: 3, DesiredCapacity: 2 };

async function config() {
  const sandbox = account({
    subnets: [
      { SubnetId: 'subnet-1', VpcId: 'vpc-1', AvailabilityZone: 'us-east-1a', AvailableIpAddressCount: 0 },
      { SubnetId: 'subnet-2', VpcId: 'vpc-1', AvailabilityZone: 'us-east-1b', AvailableIpAddressCount: 250 },
    ],
    securityGroups: [{ GroupId: 'sg-1', GroupName: 'tasks' }],
    instanceTypes: [{ InstanceType: 'c5.large', NetworkInfo: { MaximumNetworkInterfaces: 3 } }],
    autoScalingGroups: [
      {
        ...group,
        DefaultCooldown: 300,
        AvailabilityZones: ['us-east-1a'],
        HealthCheckType: 'EC2',
        CreatedTime: startTime,
        SuspendedProcesses: [{ ProcessName: 'Launch', SuspensionReason: 'User suspended at <noon>' }],
      },
    ],
    scalingActivities: ['Failed', 'Successful'].map((StatusCode, index) => ({
      ActivityId: `activity-${index}`,
      AutoScalingGroupName: 'pool',
      Cause: 'a difference',
      StartTime: startTime,
      StatusCode: StatusCode as 'Failed',
    })),
    capacityProviders: [
      {
        capacityProviderArn: arn('ecs', 'capacity-provider/pool'),
        name: 'pool',
        status: 'ACTIVE',
        tags: [{ key: 'a', value: 'b' }],
      },
    ],
    serviceQuotas: [{ ServiceCode: 'fargate', QuotaCode: 'L-1', Value: 64 }],
    metrics: [
      {
        namespace: 'AWS/Usage',
        name: 'ResourceCount',
        dimensions: { Service: 'Fargate' },
        points: [10, 5, 90].map((minutes, index) => ({
          at: new Date(startTime.getTime() - minutes * 60_000),
          value: index,
        })),
      },
    ],
  });
  return clientConfig(await start({ accounts: [sandbox] }), sandbox);
}

it('filters subnets, and what a filter does not find is no error', async () => {
  const client = new EC2Client(await config());
  const answer = await client.send(
    new DescribeSubnetsCommand({ Filters: [{ Name: 'subnet-id', Values: ['subnet-2', 'subnet-9'] }] }),
  );
  expect(answer.Subnets).toMatchObject([{ SubnetId: 'subnet-2', AvailableIpAddressCount: 250 }]);
});

it('knows the interfaces of an instance type', async () => {
  const client = new EC2Client(await config());
  const answer = await client.send(new DescribeInstanceTypesCommand({ InstanceTypes: ['c5.large'] }));
  expect(answer.InstanceTypes?.[0]?.NetworkInfo?.MaximumNetworkInterfaces).toBe(3);
});

it.each([
  ['a subnet', new DescribeSubnetsCommand({ SubnetIds: ['subnet-9'] }), 'InvalidSubnetID.NotFound'],
  [
    'a security group',
    new DescribeSecurityGroupsCommand({ GroupIds: ['sg-1', 'sg-9'] }),
    'InvalidGroup.NotFound',
  ],
  [
    'an instance type',
    new DescribeInstanceTypesCommand({ InstanceTypes: ['t2.nano'] }),
    'InvalidInstanceType',
  ],
])('fails the whole call for %s that is named and not there', async (_, command, name) => {
  const client = new EC2Client(await config());
  expect(await failure(client.send(command as DescribeSubnetsCommand))).toMatchObject({ name });
});

it('describes Auto Scaling groups by name, texts with markup included', async () => {
  const client = new AutoScalingClient(await config());
  const answer = await client.send(
    new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: ['pool', 'none'] }),
  );
  expect(answer.AutoScalingGroups).toMatchObject([
    { ...group, SuspendedProcesses: [{ SuspensionReason: 'User suspended at <noon>' }] },
  ]);
});

it('pages scaling activities, newest first', async () => {
  const client = new AutoScalingClient(await config());
  const ask = (NextToken?: string) =>
    client.send(
      new DescribeScalingActivitiesCommand({ AutoScalingGroupName: 'pool', MaxRecords: 1, NextToken }),
    );
  const first = await ask();
  const second = await ask(first.NextToken);
  expect([first, second].map(({ Activities }) => Activities?.[0]?.StatusCode)).toEqual([
    'Failed',
    'Successful',
  ]);
  expect(first.Activities?.[0]?.StartTime).toEqual(startTime);
  expect(second.NextToken).toBeUndefined();
});

it('refuses the activities of a group that does not exist', async () => {
  const client = new AutoScalingClient(await config());
  const call = client.send(new DescribeScalingActivitiesCommand({ AutoScalingGroupName: 'none' }));
  expect(await failure(call)).toMatchObject({ name: 'ValidationError', message: 'Group none not found' });
});

it('describes capacity providers and lists those that are missing', async () => {
  const client = new ECSClient(await config());
  const answer = await client.send(
    new DescribeCapacityProvidersCommand({ capacityProviders: ['pool', 'gone'] }),
  );
  expect(answer.capacityProviders).toMatchObject([{ name: 'pool', status: 'ACTIVE' }]);
  expect(answer.capacityProviders?.[0]?.tags).toBeUndefined();
  expect(answer.failures).toEqual([{ arn: arn('ecs', 'capacity-provider/gone'), reason: 'MISSING' }]);
});

it('knows a quota, and refuses one that does not exist', async () => {
  const client = new ServiceQuotasClient(await config());
  const ask = (QuotaCode: string) =>
    client.send(new GetServiceQuotaCommand({ ServiceCode: 'fargate', QuotaCode }));
  expect((await ask('L-1')).Quota?.Value).toBe(64);
  expect(await failure(ask('L-2'))).toMatchObject({ name: 'NoSuchResourceException' });
});

it('answers for the points of a metric within the times asked for, and with none for an unknown one', async () => {
  const client = new CloudWatchClient(await config());
  const query = (Id: string, MetricName: string) => ({
    Id,
    MetricStat: {
      Metric: { Namespace: 'AWS/Usage', MetricName, Dimensions: [{ Name: 'Service', Value: 'Fargate' }] },
      Period: 300,
      Stat: 'Maximum',
    },
  });
  const answer = await client.send(
    new GetMetricDataCommand({
      StartTime: new Date(startTime.getTime() - 3_600_000),
      EndTime: startTime,
      MetricDataQueries: [query('a', 'ResourceCount'), query('b', 'CallCount')],
    }),
  );
  expect(answer.MetricDataResults?.map(({ Id, Values }) => [Id, Values])).toEqual([
    ['a', [1, 0]],
    ['b', []],
  ]);
});
