import type { ContainerInstance, Service, Task } from '@aws-sdk/client-ecs';
import { describe, expect, it } from 'vitest';
import { capacity } from '#diagnostics/checks/capacity.ts';
import {
  context,
  definition,
  deployment,
  minutesAgo,
  read,
  revision,
  running,
  service,
  stopped,
  tasksOf,
} from './facts.ts';

interface Case {
  service?: Partial<Service>;
  running?: Task[];
  stopped?: Task[];
  instances?: ContainerInstance[];
}

const short = { runningCount: 1, deployments: [deployment({ runningCount: 1 })] };
const noMemory = {
  createdAt: minutesAgo(5),
  message:
    '(service api) was unable to place a task because no container instance met all of its requirements. The closest matching (container-instance 0a1b) has insufficient memory available.',
};

function instance(memory: number, more: Partial<ContainerInstance> = {}): ContainerInstance {
  return {
    containerInstanceArn: 'arn:i',
    ec2InstanceId: 'i-1',
    status: 'ACTIVE',
    agentConnected: true,
    remainingResources: [
      { name: 'CPU', integerValue: 1024 },
      { name: 'MEMORY', integerValue: memory },
    ],
    ...more,
  };
}

function judge({ service: more, running: alive = [], stopped: ended = [], instances = [] }: Case) {
  return capacity.judge(
    {
      service: service({ launchType: 'EC2', ...short, ...more }),
      tasks: read(tasksOf(ended, alive)),
      deployedTaskDefinitions: read({ [revision(2)]: definition(2) }),
      containerInstances: read({ complete: true, instances }),
      constraintMatches: read([]),
      interfaceLimits: read({}),
      capacityProviders: read({ found: [], missing: [] }),
      scalingGroups: read([]),
      subnets: read({ found: [], missing: [] }),
    },
    context,
  );
}

const unplaced: Task = running({
  lastStatus: 'PROVISIONING',
  launchType: 'EC2',
  capacityProviderName: 'pool',
  createdAt: minutesAgo(9),
});
const coming: Task = running({
  lastStatus: 'PENDING',
  launchType: 'EC2',
  containerInstanceArn: 'arn:i',
  createdAt: minutesAgo(1),
});

describe('room on the instances', () => {
  it.each<[string, Case, [string, string][]]>([
    [
      'none, as an event says',
      { service: { events: [noMemory] }, instances: [instance(100)] },
      [['capacity-insufficient-memory', 'confirmed']],
    ],
    [
      'none, and another thing is short than the event named for one instance',
      { service: { events: [noMemory] }, instances: [instance(4096, { status: 'DRAINING' })] },
      [['capacity-no-instances', 'confirmed']],
    ],
    [
      'of a daemon only on the instances that have none yet',
      {
        service: { events: [noMemory], schedulingStrategy: 'DAEMON' },
        running: [running({ containerInstanceArn: 'arn:roomy' })],
        instances: [instance(4096, { containerInstanceArn: 'arn:roomy' }), instance(100)],
      },
      [['capacity-insufficient-memory', 'confirmed']],
    ],
    [
      'for a daemon that every instance has already is not asked for',
      {
        service: { events: [noMemory], schedulingStrategy: 'DAEMON' },
        running: [running({ containerInstanceArn: 'arn:i' })],
        instances: [instance(4096)],
      },
      [],
    ],
    [
      'none, where each instance lacks two things',
      { service: { events: [noMemory] }, instances: [instance(100, { agentConnected: false })] },
      [['capacity-agent-disconnected', 'likely']],
    ],
    ['no instance at all', { service: { events: [noMemory] } }, [['capacity-no-instances', 'confirmed']]],
    [
      'a task has waited long for one',
      { running: [unplaced], instances: [instance(100)] },
      [['capacity-insufficient-memory', 'confirmed']],
    ],
    [
      'nothing says why, and nothing is on its way',
      { instances: [instance(100)] },
      [['capacity-insufficient-memory', 'confirmed']],
    ],
    [
      'there is some now',
      { service: { events: [noMemory] }, instances: [instance(4096)] },
      [['capacity-placement-unclear', 'ruled-out']],
    ],
    [
      'the missing task has been placed',
      { service: { events: [noMemory] }, running: [coming], instances: [instance(100)] },
      [],
    ],
    ['tasks are placed and stop', { stopped: [stopped(3)], instances: [instance(100)] }, []],
    [
      'none is missing',
      { service: { runningCount: 2, deployments: [deployment()] }, instances: [instance(100)] },
      [],
    ],
    [
      'it was said before the service was whole again',
      {
        service: {
          events: [
            { createdAt: minutesAgo(2), message: '(service api) has reached a steady state.' },
            noMemory,
          ],
          deployments: [deployment({ runningCount: 1, updatedAt: minutesAgo(1) })],
        },
        instances: [instance(100)],
      },
      [],
    ],
    [
      'it was said before this deployment began',
      {
        service: {
          events: [noMemory],
          deployments: [deployment({ runningCount: 1, createdAt: minutesAgo(1) })],
        },
        instances: [instance(100)],
      },
      [],
    ],
  ])('%s', (_, given, expected) => {
    expect(judge(given).findings.map(({ cause, status }) => [cause, status])).toEqual(expected);
  });

  it('shows needs, counts and the instance that is nearest', () => {
    const { details } = judge({
      service: { events: [noMemory] },
      instances: [instance(100), instance(400, { ec2InstanceId: 'i-2' })],
    });
    expect(details?.placement).toMatchObject({
      needs: '0 CPU units, 512 MiB',
      instances: 2,
      fits: 0,
      lacks: [{ kind: 'memory', count: 2, only: 2, best: 'i-2 400 MiB free' }],
    });
  });
});

describe('Fargate', () => {
  function fargate(more: Partial<Service>, zones: readonly [string, string][], region = 'us-east-1') {
    return capacity.judge(
      {
        service: service({ ...short, ...more }),
        subnets: read({
          missing: [],
          found: zones.map(([AvailabilityZone, AvailabilityZoneId], index) => ({
            SubnetId: `subnet-${index}`,
            AvailabilityZone,
            AvailabilityZoneId,
          })),
        }),
      },
      { ...context, target: { ...context.target, region } },
    );
  }
  const strategy = (base: number, fixed: number, spot: number) => ({
    capacityProviderStrategy: [
      ...(fixed > 0 || base > 0 ? [{ capacityProvider: 'FARGATE', weight: fixed, base }] : []),
      { capacityProvider: 'FARGATE_SPOT', weight: spot },
    ],
  });
  const one: [string, string][] = [['us-east-1a', 'use1-az4']];
  const two: [string, string][] = [...one, ['us-east-1b', 'use1-az6']];

  it.each<[string, Partial<Service>, [string, string][], string | undefined]>([
    [
      'one zone',
      { launchType: 'FARGATE' },
      one,
      'Fargate in 1 zone (us-east-1a): no other zone can stand in, on demand',
    ],
    [
      'Spot alone',
      strategy(0, 0, 1),
      two,
      'Fargate in 2 zones (us-east-1a, us-east-1b), all on Spot: nothing on demand can stand in',
    ],
    [
      'Spot beside a base',
      strategy(2, 1, 3),
      two,
      'Fargate in 2 zones (us-east-1a, us-east-1b), after 2 on demand, 75 % of tasks on Spot',
    ],
    ['nothing that narrows it', { launchType: 'FARGATE' }, two, undefined],
  ])('says where it may place tasks: %s', (_, more, zones, said) => {
    expect(fargate(more, zones).details?.capacity).toBe(said);
  });

  it.each<[string, [string, string][], string[]]>([
    [
      'a zone that it does not serve',
      [
        ['us-west-1a', 'usw1-az1'],
        ['us-west-1b', 'usw1-az2'],
      ],
      ['likely'],
    ],
    ['only zones that it does not serve', [['us-west-1b', 'usw1-az2']], ['confirmed']],
    [
      'zones that it serves',
      [
        ['us-west-1a', 'usw1-az1'],
        ['us-west-1c', 'usw1-az3'],
      ],
      [],
    ],
  ])('finds %s', (_, zones, statuses) => {
    const { findings } = fargate({ launchType: 'FARGATE' }, zones, 'us-west-1');
    expect(findings.map(({ status }) => status)).toEqual(statuses);
  });
});
