import type { Activity, AutoScalingGroup } from '@aws-sdk/client-auto-scaling';
import type { CapacityProvider, ContainerInstance } from '@aws-sdk/client-ecs';
import { describe, expect, it } from 'vitest';
import { providerChain } from '#diagnostics/checks/capacity/provider-chain.ts';
import { context, minutesAgo, now } from './facts.ts';

interface Case {
  provider?: Partial<CapacityProvider>;
  missing?: string[];
  group?: Partial<AutoScalingGroup> | null;
  activities?: Activity[];
  registered?: string[];
  complete?: boolean;
}

function chainOf({ provider, missing = [], group, activities = [], registered = [], complete = true }: Case) {
  const scaling: Partial<AutoScalingGroup> | undefined =
    group === null
      ? undefined
      : { AutoScalingGroupName: 'pool-ecs', MinSize: 0, MaxSize: 5, DesiredCapacity: 1, ...group };
  return providerChain({
    providers: {
      found:
        missing.length > 0
          ? []
          : [
              {
                name: 'pool',
                status: 'ACTIVE',
                autoScalingGroupProvider: {
                  autoScalingGroupArn: 'arn',
                  managedScaling: { status: 'ENABLED' },
                },
                ...provider,
              },
            ],
      missing,
    },
    groups: [
      { name: 'pool-ecs', provider: 'pool', group: scaling as AutoScalingGroup | undefined, activities },
    ],
    instances: registered.map((ec2InstanceId): ContainerInstance => ({ ec2InstanceId })),
    complete,
    target: context.target,
    now,
  });
}

const activity = (StatusCode: Activity['StatusCode'], more: Partial<Activity> = {}): Activity => ({
  ActivityId: 'a',
  AutoScalingGroupName: 'pool-ecs',
  Cause: '',
  Description: 'Launching a new EC2 instance: i-1',
  StartTime: minutesAgo(5),
  StatusCode,
  ...more,
});
const inService = (InstanceId: string) => ({ InstanceId, LifecycleState: 'InService' as const }) as never;

describe('the first broken link on the way to an instance', () => {
  it.each<[string, Case, string | undefined, RegExp]>([
    [
      'a provider that does not exist',
      { missing: ['pool'] },
      'capacity-provider-empty',
      /pool does not exist/,
    ],
    [
      'a provider that is being deleted',
      { provider: { status: 'INACTIVE' } },
      'capacity-provider-empty',
      /INACTIVE/,
    ],
    [
      'an update that failed',
      { provider: { updateStatus: 'UPDATE_FAILED', updateStatusReason: 'no such plan' } },
      'capacity-provider-empty',
      /no such plan/,
    ],
    ['a group that was deleted', { group: null }, 'capacity-provider-empty', /no longer exists/],
    [
      'a suspended launch',
      { group: { SuspendedProcesses: [{ ProcessName: 'Launch', SuspensionReason: 'User suspended' }] } },
      'capacity-provider-empty',
      /Launch process suspended/,
    ],
    [
      'no stock',
      {
        activities: [
          activity('Failed', {
            StatusMessage: 'We currently do not have sufficient p4d.24xlarge capacity. Try another zone.',
          }),
        ],
      },
      'capacity-provider-launch-failed',
      /cannot launch: We currently do not have sufficient p4d.24xlarge capacity$/,
    ],
    [
      'a quota',
      {
        activities: [
          activity('Failed', {
            StatusMessage:
              'You have requested more vCPU capacity than your current vCPU limit of 32 allows. Launching EC2 instance failed.',
          }),
        ],
      },
      'capacity-provider-launch-failed',
      /vCPU limit/,
    ],
    [
      'a role that may not launch',
      {
        activities: [
          activity('Failed', {
            StatusMessage:
              'You are not authorized to perform this operation. User: arn:aws:sts::1:assumed-role/x is not authorized to perform: iam:PassRole on resource: arn:aws:iam::1:role/y',
          }),
        ],
      },
      'capacity-provider-permission',
      /not authorized/,
    ],
    [
      'instances that never joined',
      {
        group: { Instances: [inService('i-1')] },
        activities: [activity('Successful', { EndTime: minutesAgo(20) })],
      },
      'capacity-provider-empty',
      /never joined the cluster \(i-1\)/,
    ],
    ['a group at its maximum', { group: { DesiredCapacity: 5 } }, undefined, /at its maximum of 5/],
    [
      'a group that may have none',
      { group: { MaxSize: 0, DesiredCapacity: 0 } },
      'capacity-provider-empty',
      /maximum of 0/,
    ],
    [
      'managed scaling that is off',
      {
        provider: {
          autoScalingGroupProvider: { autoScalingGroupArn: 'arn', managedScaling: { status: 'DISABLED' } },
        },
      },
      undefined,
      /managed scaling of pool is off/,
    ],
  ])('%s', (_, given, cause, summary) => {
    const { broken, links } = chainOf(given);
    expect(broken?.cause).toBe(cause);
    expect(broken?.summary).toMatch(summary);
    expect(links.at(-1)).toMatchObject({ ok: false });
    expect(broken?.evidence.value).not.toBe('');
  });

  it.each<[string, Case]>([
    ['there is none where the group can grow', {}],
    [
      'a launch that failed and then worked is over',
      { activities: [activity('Successful', { EndTime: minutesAgo(1) }), activity('Failed')] },
    ],
    [
      'an instance that has just been launched has time to join',
      {
        group: { Instances: [inService('i-1')] },
        activities: [activity('Successful', { EndTime: minutesAgo(3) })],
      },
    ],
    [
      'an instance that has joined is no stranger',
      {
        group: { Instances: [inService('i-1')] },
        activities: [activity('Successful', { EndTime: minutesAgo(300) })],
        registered: ['i-1'],
      },
    ],
    [
      'an instance on a page that was not read is no stranger',
      {
        group: { Instances: [inService('i-1')] },
        activities: [activity('Successful', { EndTime: minutesAgo(300) })],
        complete: false,
      },
    ],
    [
      'a launch that failed days ago is over',
      { activities: [activity('Failed', { StartTime: minutesAgo(7 * 60) })] },
    ],
    [
      'a launch that failed and then worked is over, in whatever order they come',
      {
        activities: [
          activity('Failed', { StartTime: minutesAgo(9) }),
          activity('Successful', { StartTime: minutesAgo(4) }),
        ],
      },
    ],
    [
      'an instance that was ended is no launch',
      { activities: [activity('Failed', { Description: 'Terminating EC2 instance: i-1' })] },
    ],
  ])('%s', (_, given) => {
    expect(chainOf(given).broken).toBeUndefined();
  });

  it('a launch under way is no fault', () => {
    expect(chainOf({ activities: [activity('InProgress')] }).broken).toMatchObject({ underWay: true });
  });

  it('a launch under way outranks one that failed before it', () => {
    const activities = [activity('InProgress'), activity('Failed', { StartTime: minutesAgo(9) })];
    expect(chainOf({ activities }).broken).toMatchObject({ underWay: true });
  });

  it('a launch that failed outranks one that was begun before it', () => {
    const activities = [activity('Failed'), activity('InProgress', { StartTime: minutesAgo(9) })];
    expect(chainOf({ activities }).broken?.cause).toBe('capacity-provider-launch-failed');
  });

  it('one of two providers that launches is enough', () => {
    const provider = (name: string) => ({
      name,
      status: 'ACTIVE' as const,
      autoScalingGroupProvider: { autoScalingGroupArn: name },
    });
    const group = (name: string, activities: Activity[]) => ({
      name,
      provider: name,
      group: { AutoScalingGroupName: name, MinSize: 0, MaxSize: 5, DesiredCapacity: 1 } as AutoScalingGroup,
      activities,
    });
    const { broken } = providerChain({
      providers: { found: [provider('a'), provider('b')], missing: [] },
      groups: [group('a', [activity('Failed')]), group('b', [activity('InProgress')])],
      instances: [],
      complete: true,
      target: context.target,
      now,
    });
    expect(broken).toMatchObject({ underWay: true });
  });
});
