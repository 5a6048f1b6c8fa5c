import type { Service, Task } from '@aws-sdk/client-ecs';
import { describe, expect, it } from 'vitest';
import { addresses } from '#diagnostics/checks/addresses.ts';
import { context, deployment, minutesAgo, read, running, service, tasksOf } from './facts.ts';

interface Case {
  free: number[];
  short?: boolean;
  waitingIn?: number;
  event?: string;
  missing?: string[];
  groups?: string[];
}

const short: Partial<Service> = { runningCount: 1, deployments: [deployment({ runningCount: 1 })] };

function waiting(subnet: number): Task {
  return running({
    lastStatus: 'PROVISIONING',
    createdAt: minutesAgo(5),
    attachments: [
      {
        type: 'ElasticNetworkInterface',
        status: 'ATTACHING',
        details: [{ name: 'subnetId', value: `subnet-${subnet}` }],
      },
    ],
  });
}

function judge({ free, short: isShort = true, waitingIn, event, missing = [], groups = [] }: Case) {
  return addresses.judge(
    {
      service: service({
        ...(isShort ? short : {}),
        events: event === undefined ? [] : [{ createdAt: minutesAgo(3), message: event }],
      }),
      subnets: read({
        found: free.map((AvailableIpAddressCount, index) => ({
          SubnetId: `subnet-${index}`,
          AvailabilityZone: `us-east-1${'abc'[index]}`,
          AvailableIpAddressCount,
        })),
        missing,
      }),
      securityGroupIds: read({ named: [], missing: groups }),
      tasks: read(tasksOf([], waitingIn === undefined ? [] : [waiting(waitingIn)])),
    },
    context,
  );
}

const noAddress =
  "(service api) was unable to place a task. Reason: Unexpected EC2 error while attempting to Create Network Interface with public IP assignment disabled in subnet 'subnet-0': InsufficientFreeAddressesInSubnet";

describe('subnets without addresses', () => {
  it.each<[string, Case, RegExp]>([
    ['all of them', { free: [0, 0] }, /^None of its 2 subnets has a free address/],
    ['the only one', { free: [0] }, /^Its one subnet, subnet-0 \(us-east-1a\), has no free address/],
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

  it.each<[string, Case]>([
    ['a full one beside others that nothing ties to what is missing', { free: [0, 9, 9] }],
    ['a full one, while the task waits in another', { free: [0, 9, 9], waitingIn: 1 }],
    ['all full, and the service has all its tasks', { free: [0, 0], short: false }],
    ['free ones', { free: [40, 40] }],
  ])('are not: %s', (_, given) => {
    expect(judge(given).findings).toEqual([]);
  });

  it('that could not take a deployment are noted', () => {
    expect(judge({ free: [0, 40], short: false }).details?.notes?.[0]).toMatch(
      /2 tasks at once.*subnet-0 \(0 free\) is too small/,
    );
  });
});

describe('what the service names and EC2 does not have', () => {
  it.each<[string, Case, string]>([
    ['stops new tasks of a service that lacks some', { free: [9], groups: ['sg-1'] }, 'error'],
    ['harms nothing yet that runs', { free: [9], missing: ['subnet-9'], short: false }, 'info'],
  ])('%s', (_, given, severity) => {
    expect(judge(given).findings).toMatchObject([{ cause: 'service-config-rejected', severity }]);
  });
});
