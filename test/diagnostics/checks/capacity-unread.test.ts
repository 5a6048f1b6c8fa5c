import type { AutoScalingGroup } from '@aws-sdk/client-auto-scaling';
import type { ContainerInstance, Service, TaskDefinition } from '@aws-sdk/client-ecs';
import { describe, expect, it } from 'vitest';
import { capacity } from '#diagnostics/checks/capacity.ts';
import { FactFailure } from '#diagnostics/fact.ts';
import { context, definition, deployment, minutesAgo, read, revision, service, tasksOf } from './facts.ts';

type Facts = Parameters<typeof capacity.judge>[0];

const failed = {
  ok: false as const,
  failure: new FactFailure('throttled', 'Throttled'),
};

function instance(memory: number, more: Partial<ContainerInstance> = {}): ContainerInstance {
  return {
    containerInstanceArn: 'arn:i',
    ec2InstanceId: 'i-1',
    status: 'ACTIVE',
    agentConnected: true,
    attributes: [{ name: 'ecs.instance-type', value: 'c5.large' }],
    remainingResources: [
      { name: 'CPU', integerValue: 1024 },
      { name: 'MEMORY', integerValue: memory },
    ],
    ...more,
  };
}

const short: Partial<Service> = {
  launchType: 'EC2',
  runningCount: 1,
  deployments: [deployment({ runningCount: 1 })],
  events: [
    {
      createdAt: minutesAgo(5),
      message:
        '(service api) was unable to place a task because no container instance met all of its requirements. The closest matching (container-instance 0a1b) has insufficient memory available.',
    },
  ],
};
const memberOf = (expression: string): Partial<Service> => ({
  placementConstraints: [{ type: 'memberOf', expression }],
});
const ofPool: Partial<Service> = {
  launchType: undefined,
  capacityProviderStrategy: [{ capacityProvider: 'pool', weight: 1 }],
};

interface Case {
  service?: Partial<Service>;
  definition?: Partial<TaskDefinition>;
  instances: ContainerInstance[];
  complete?: boolean;
  facts?: Partial<Facts>;
}

function judge({ service: more, definition: defined, instances, complete = true, facts }: Case) {
  return capacity.judge(
    {
      service: service({ ...short, ...more }),
      tasks: read(tasksOf([])),
      deployedTaskDefinitions: read({ [revision(2)]: { ...definition(2), ...defined } }),
      containerInstances: read({ complete, instances }),
      constraintMatches: read([]),
      interfaceLimits: read({}),
      capacityProviders: read({ found: [], missing: [] }),
      scalingGroups: read([]),
      subnets: read({ found: [], missing: [] }),
      ...facts,
    },
    context,
  );
}

const web = 'attribute:tier == web';
const awsvpc: Partial<TaskDefinition> = { networkMode: 'awsvpc' };
const trunk = {
  attributes: [
    { name: 'ecs.instance-type', value: 'c5.large' },
    { name: 'ecs.awsvpc-trunk-id', value: 'eni-1' },
  ],
};

const provider = {
  name: 'pool',
  status: 'ACTIVE' as const,
  autoScalingGroupProvider: { autoScalingGroupArn: 'arn', managedScaling: { status: 'ENABLED' as const } },
};
// Its one instance may have been launched a moment ago.
const group = {
  AutoScalingGroupName: 'g',
  MinSize: 0,
  MaxSize: 5,
  DesiredCapacity: 1,
  Instances: [{ InstanceId: 'i-9', LifecycleState: 'InService' }],
} as AutoScalingGroup;
const unread = { check: 'what the Auto Scaling groups did last', reason: 'AccessDenied' };

describe('what was not read is neither met nor empty', () => {
  it.each<[string, Case, string, RegExp]>([
    [
      'room, where the constraints were refused',
      { service: memberOf(web), instances: [instance(4096)], facts: { constraintMatches: failed } },
      'capacity-placement-unclear open',
      /ecs:ListContainerInstances with the filter/,
    ],
    [
      'room, where one of many constraints was left unread',
      { service: memberOf(web), instances: [instance(4096)] },
      'capacity-placement-unclear open',
      /placement constraints admit/,
    ],
    [
      'room, where ECS cannot read a constraint',
      {
        service: memberOf(web),
        instances: [instance(4096)],
        facts: {
          constraintMatches: read([{ expression: web, instances: [], complete: false, invalid: 'bad' }]),
        },
      },
      'capacity-placement-unclear open',
      /placement constraints admit/,
    ],
    [
      'room on an instance that tasks may hold already',
      {
        service: { placementConstraints: [{ type: 'distinctInstance' }] },
        instances: [instance(4096)],
        facts: { tasks: failed },
      },
      'capacity-placement-unclear open',
      /ecs:DescribeTasks/,
    ],
    [
      'room in a zone that may be none of the subnets',
      { definition: awsvpc, instances: [instance(4096)], facts: { subnets: failed } },
      'capacity-placement-unclear open',
      /ec2:DescribeSubnets/,
    ],
    [
      'room, where the limit of interfaces was refused and tasks run',
      {
        definition: awsvpc,
        instances: [instance(4096, { runningTasksCount: 2 })],
        facts: { interfaceLimits: failed },
      },
      'capacity-placement-unclear open',
      /ec2:DescribeInstanceTypes/,
    ],
    [
      'room, where tasks of others may hold the last interface',
      {
        definition: awsvpc,
        instances: [instance(4096, { runningTasksCount: 2 })],
        facts: { interfaceLimits: read({ 'c5.large': 3 }) },
      },
      'capacity-placement-unclear open',
      /network interfaces the instance has left/,
    ],
    [
      'room on a trunk that may be full',
      { definition: awsvpc, instances: [instance(4096, { ...trunk, runningTasksCount: 9 })] },
      'capacity-placement-unclear open',
      /no API tells/,
    ],
    [
      'a lack of some, where a constraint may bar the rest',
      {
        service: memberOf(web),
        instances: [instance(100), instance(4096, { status: 'DRAINING' })],
        facts: { constraintMatches: failed },
      },
      'capacity-insufficient-memory likely',
      /placement constraints admit/,
    ],
    [
      'a lack of all that were read, of more than were read',
      { instances: [instance(100)], complete: false },
      'capacity-insufficient-memory likely',
      /beyond the first 1 \(ecs:ListContainerInstances\)/,
    ],
    [
      'a lack, where instances may be on their way',
      {
        service: ofPool,
        instances: [instance(100, { capacityProviderName: 'pool' })],
        facts: { scalingGroups: failed },
      },
      'capacity-insufficient-memory likely',
      /autoscaling:DescribeAutoScalingGroups/,
    ],
    [
      'no instance of the provider, where its group was not read',
      { service: ofPool, instances: [], facts: { scalingGroups: failed } },
      'capacity-provider-empty likely',
      /autoscaling:DescribeAutoScalingGroups/,
    ],
    [
      'no instance of the provider, where the provider was not read',
      { service: ofPool, instances: [], facts: { capacityProviders: failed, scalingGroups: failed } },
      'capacity-provider-empty likely',
      /ecs:DescribeCapacityProviders/,
    ],
    [
      'no instance of the provider, where what its group did last was refused',
      {
        service: ofPool,
        instances: [],
        facts: {
          capacityProviders: read({ found: [provider], missing: [] }),
          scalingGroups: read([{ name: 'g', provider: 'pool', group, activities: [], unread }]),
        },
      },
      'capacity-provider-empty likely',
      /autoscaling:DescribeScalingActivities/,
    ],
    [
      'a lack, in a group at its maximum whose last instance may be on its way',
      {
        service: ofPool,
        instances: [instance(100, { capacityProviderName: 'pool' })],
        facts: {
          capacityProviders: read({ found: [provider], missing: [] }),
          scalingGroups: read([
            { name: 'g', provider: 'pool', group: { ...group, MaxSize: 1 }, activities: [], unread },
          ]),
        },
      },
      'capacity-insufficient-memory likely',
      /autoscaling:DescribeScalingActivities/,
    ],
    [
      'no instance of the provider among those that were read',
      { service: ofPool, instances: [instance(4096)], complete: false },
      'capacity-provider-empty likely',
      /ecs:ListContainerInstances/,
    ],
  ])('%s', (_, given, expected, decide) => {
    const [finding, ...others] = judge(given).findings;
    expect(`${finding?.cause} ${finding?.status}`).toBe(expected);
    expect(finding?.open).toMatch(decide);
    expect(others).toEqual([]);
  });

  it('an event alone speaks of placement where the tasks were not read', () => {
    expect(
      judge({ service: { events: [] }, instances: [instance(100)], facts: { tasks: failed } }).findings,
    ).toEqual([]);
  });

  it('a constraint that was not compared is named', () => {
    const { details } = judge({ service: memberOf(web), instances: [instance(4096)] });
    expect(details?.notes).toEqual([`Which instances the constraint “${web}” admits was not read.`]);
  });
});

describe('what was read is as sure as before', () => {
  it.each<[string, Case, string]>([
    [
      'room on an instance that an unfinished list holds',
      {
        service: memberOf(web),
        instances: [instance(4096)],
        facts: { constraintMatches: read([{ expression: web, instances: ['arn:i'], complete: false }]) },
      },
      'capacity-placement-unclear ruled-out',
    ],
    [
      'room, where limits were refused that no instance comes near',
      { definition: awsvpc, instances: [instance(4096)], facts: { interfaceLimits: failed } },
      'capacity-placement-unclear ruled-out',
    ],
    [
      'room, where providers were refused that the service does not use',
      { instances: [instance(4096)], facts: { capacityProviders: failed, scalingGroups: failed } },
      'capacity-placement-unclear ruled-out',
    ],
    [
      'room on a trunk with few tasks',
      { definition: awsvpc, instances: [instance(4096, { ...trunk, runningTasksCount: 3 })] },
      'capacity-placement-unclear ruled-out',
    ],
    [
      'what every instance lacks, whatever a constraint says',
      { service: memberOf(web), instances: [instance(100)], facts: { constraintMatches: failed } },
      'capacity-insufficient-memory confirmed',
    ],
    [
      'a lack, where a group was refused that the service does not use',
      { instances: [instance(100)], facts: { capacityProviders: failed, scalingGroups: failed } },
      'capacity-insufficient-memory confirmed',
    ],
  ])('%s', (_, given, expected) => {
    expect(judge(given).findings.map(({ cause, status }) => `${cause} ${status}`)).toEqual([expected]);
  });
});
