import type { Service, Task } from '@aws-sdk/client-ecs';
import { describe, expect, it } from 'vitest';
import { addresses } from '#diagnostics/checks/addresses.ts';
import { context, deployment, minutesAgo, read, running, service, stopped, tasksOf } from './facts.ts';

/** The first has an id of the length that EC2 gives, as the event names it. */
const idOf = (index: number) => (index === 0 ? 'subnet-0a1b2c3d' : `subnet-${index}`);

interface Case {
  free: (number | undefined)[];
  ipv6?: boolean;
  service?: Partial<Service>;
  running?: Task[];
  stopped?: Task[];
  eventAt?: number;
  short?: boolean;
  waitingIn?: number;
  event?: string;
  missing?: string[];
  groups?: string[];
}

const short: Partial<Service> = { runningCount: 1, deployments: [deployment({ runningCount: 1 })] };

function waiting(subnet: number, address?: string): Task {
  return running({
    lastStatus: 'PROVISIONING',
    createdAt: minutesAgo(5),
    attachments: [
      {
        type: 'ElasticNetworkInterface',
        status: 'ATTACHING',
        details: [
          { name: 'subnetId', value: idOf(subnet) },
          ...(address === undefined ? [] : [{ name: 'privateIPv4Address', value: address }]),
        ],
      },
    ],
  });
}

function judge(given: Case) {
  const { free, short: isShort = true, waitingIn, event, eventAt = 3, missing = [], groups = [] } = given;
  return addresses.judge(
    {
      service: service({
        ...(isShort ? short : {}),
        events: event === undefined ? [] : [{ createdAt: minutesAgo(eventAt), message: event }],
        ...given.service,
      }),
      subnets: read({
        found: free.map((AvailableIpAddressCount, index) => ({
          SubnetId: idOf(index),
          AvailabilityZone: `us-east-1${'abc'[index]}`,
          AvailableIpAddressCount,
          ...(given.ipv6 && { Ipv6Native: true }),
        })),
        missing,
      }),
      securityGroupIds: read({ named: [], missing: groups }),
      tasks: read(
        tasksOf(given.stopped ?? [], [
          ...(waitingIn === undefined ? [] : [waiting(waitingIn)]),
          ...(given.running ?? []),
        ]),
      ),
    },
    context,
  );
}

const noAddress =
  "(service api) was unable to place a task. Reason: Unexpected EC2 error while attempting to Create Network Interface with public IP assignment disabled in subnet 'subnet-0a1b2c3d': InsufficientFreeAddressesInSubnet";

describe('subnets without addresses', () => {
  it.each<[string, Case, RegExp]>([
    ['all of them', { free: [0, 0], waitingIn: 1 }, /^None of its 2 subnets has a free address/],
    [
      'the only one',
      { free: [0], event: noAddress },
      /^Its one subnet, subnet-0a1b2c3d \(us-east-1a\), has no free address/,
    ],
    [
      'one, in which a task waits',
      { free: [0, 9, 9], waitingIn: 0 },
      /about 1 of 3 starts fail; 1 task waits/,
    ],
    ['one, of which an event speaks', { free: [0, 9, 9], event: noAddress }, /the other 2 subnets have/],
  ])('are the cause: %s', (_, given, summary) => {
    const { findings } = judge(given);
    expect(findings).toMatchObject([
      { cause: 'subnet-ip-exhausted', status: 'confirmed', severity: 'error' },
    ]);
    expect(findings[0]?.summary).toMatch(summary);
  });

  it('are likely the cause where all are full and nothing else says so', () => {
    const { findings } = judge({ free: [0, 0] });
    expect(findings).toMatchObject([{ cause: 'subnet-ip-exhausted', status: 'likely' }]);
    expect(findings[0]?.open).toMatch(/ecs:DescribeTasks/);
  });

  it.each<[string, Case]>([
    ['a number that AWS does not give', { free: [undefined] }],
    ['none in IPv4, in a subnet of IPv6 alone', { free: [0, 0], ipv6: true, waitingIn: 0 }],
    ['all full, and the missing task has its address', { free: [0], running: [waiting(0, '10.0.0.9')] }],
    [
      'all full, and the missing task waits for an instance',
      {
        free: [0],
        running: [
          running({
            lastStatus: 'PROVISIONING',
            launchType: 'EC2',
            capacityProviderName: 'pool',
            createdAt: minutesAgo(9),
          }),
        ],
      },
    ],
    ['all full, and tasks start and crash', { free: [0], stopped: [stopped(1)] }],
    ['an event that names another subnet', { free: [9, 0], event: noAddress }],
    [
      'an event from before the service was whole',
      {
        free: [0, 9],
        service: {
          events: [
            { createdAt: minutesAgo(5), message: '(service api) has reached a steady state.' },
            { createdAt: minutesAgo(50), message: noAddress },
          ],
        },
      },
    ],
    ['a full one beside others that nothing ties to what is missing', { free: [0, 9, 9] }],
    ['a full one, while the task waits in another', { free: [0, 9, 9], waitingIn: 1 }],
    ['all full, and the service has all its tasks', { free: [0, 0], short: false }],
    ['free ones', { free: [40, 40] }],
  ])('are not: %s', (_, given) => {
    expect(judge(given).findings).toEqual([]);
  });

  it('that could not take a deployment are noted', () => {
    expect(judge({ free: [0, 40], short: false }).details?.notes?.[0]).toMatch(
      /2 tasks at once.*subnet-0a1b2c3d \(0 free\) is too small/,
    );
  });
});

it('a subnet without a number of free addresses is neither shown nor called too small', () => {
  const { details } = judge({ free: [undefined, 40], short: false });
  expect(details?.addresses?.subnets.map(({ subnet }) => subnet)).toEqual(['subnet-1']);
  expect(details?.notes).toEqual([]);
});

describe('what the service names and EC2 does not have', () => {
  it.each<[string, Case, string]>([
    ['stops new tasks of a service that lacks some', { free: [9], groups: ['sg-1'] }, 'error'],
    ['harms nothing yet that runs', { free: [9], missing: ['subnet-9'], short: false }, 'info'],
  ])('%s', (_, given, severity) => {
    expect(judge(given).findings).toMatchObject([{ cause: 'service-config-rejected', severity }]);
  });

  it.each<[string, Case, RegExp]>([
    ['a group', { free: [9], groups: ['sg-1'] }, /: new tasks get no/],
    ['every subnet', { free: [], missing: ['subnet-9'] }, /: new tasks get no/],
    ['one subnet of two', { free: [9], missing: ['subnet-9'] }, /: tasks that are placed there get no/],
  ])('harms as far as it reaches: %s', (_, given, summary) => {
    expect(judge(given).findings[0]?.summary).toMatch(summary);
  });
});
