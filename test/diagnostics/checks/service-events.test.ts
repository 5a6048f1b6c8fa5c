import type { Service } from '@aws-sdk/client-ecs';
import { describe, expect, it } from 'vitest';
import { serviceEvents } from '#diagnostics/checks/service-events.ts';
import { context, deployment, minutesAgo, service } from './facts.ts';

const steady = '(service api) has reached a steady state.';
const unhealthy =
  '(service api) (task 0123456789abcdef0123456789abcdef) (port 8080) is unhealthy in (target-group arn:aws:elasticloadbalancing:us-east-1:222222222222:targetgroup/api/0123456789abcdef) due to (reason Health checks failed with these codes: [404]).';
const impaired = '(service api) is unable to consistently start tasks successfully.';
const denied =
  '(service api) was unable to place a task. Reason: ResourceInitializationError: unable to pull secrets or registry auth: AccessDeniedException: User: arn:aws:sts::222222222222:assumed-role/exec/1 is not authorized to perform: secretsmanager:GetSecretValue on resource: db because no identity-based policy allows the secretsmanager:GetSecretValue action.';

function judge(events: [minutes: number, message: string][], more: Partial<Service> = {}) {
  const told = events.map(([minutes, message]) => ({ createdAt: minutesAgo(minutes), message }));
  return serviceEvents.judge({ service: service({ events: told, ...more }) }, context).findings;
}

describe('what is over is not said', () => {
  it.each<[string, [number, string][], Partial<Service>, string[]]>([
    ['an unhealthy target of now', [[2, unhealthy]], {}, ['elb-health-wrong-code']],
    [
      'one before the steady state of a whole service',
      [
        [1, steady],
        [2, unhealthy],
      ],
      {},
      [],
    ],
    [
      'but steady state counts for nothing where tasks are missing',
      [
        [1, steady],
        [2, unhealthy],
      ],
      { runningCount: 1 },
      ['elb-health-wrong-code'],
    ],
    [
      'nor while a newer deployment is under way',
      [
        [1, steady],
        [2, unhealthy],
      ],
      { deployments: [deployment({ rolloutState: 'IN_PROGRESS' })] },
      ['elb-health-wrong-code'],
    ],
    [
      'one before both the steady state and the newest deployment, while that one brings its tasks up',
      [
        [280, steady],
        [300, unhealthy],
      ],
      {
        runningCount: 1,
        deployments: [deployment({ rolloutState: 'IN_PROGRESS', createdAt: minutesAgo(1) })],
      },
      [],
    ],
    ['a fault of yesterday on a whole service', [[1500, unhealthy]], {}, []],
    [
      'the last words of a service that has been short for days',
      [[6000, impaired]],
      { runningCount: 0 },
      ['service-start-impaired'],
    ],
    [
      'a secret that is denied, though the text speaks of placing',
      [[2, denied]],
      {},
      ['secret-permission-denied'],
    ],
    ['routine', [[1, '(service api) has started 1 tasks: (task 0123456789abcdef0123456789abcdef).']], {}, []],
    [
      'a fault of hours ago that a steady state ended, though one task is being replaced now',
      [
        [240, steady],
        [300, unhealthy],
      ],
      { runningCount: 1 },
      [],
    ],
    [
      'what an earlier revision failed of, under a deployment that has not been steady yet',
      [[60, unhealthy]],
      {
        runningCount: 1,
        deployments: [deployment({ rolloutState: 'IN_PROGRESS', createdAt: minutesAgo(5) })],
      },
      [],
    ],
    ['words that nobody knows', [[1, '(service api) did something new.']], {}, []],
  ])('%s', (_, events, more, expected) => {
    expect(judge(events, more).map(({ cause }) => cause)).toEqual(expected);
  });
});

const started = '(service api) has started 1 tasks: (task 0123456789abcdef0123456789abcdef).';
const silent = Array.from({ length: 30 }, (_, index): [number, string] => [500 + index, impaired]);

describe('the oldest failure of a service that has not been steady since', () => {
  it.each<[string, [number, string][], Partial<Service>, string[]]>([
    [
      'is kept when ECS has fallen silent, though much was said after it',
      [...silent, [600, denied]],
      { runningCount: 0 },
      ['confirmed service-start-impaired', 'confirmed secret-permission-denied'],
    ],
    [
      'is why tasks do not start where nothing newer says why',
      [
        [2, impaired],
        [500, denied],
      ],
      { runningCount: 0 },
      ['confirmed service-start-impaired', 'likely secret-permission-denied'],
    ],
    [
      'is no more than probable where tasks are started still',
      [
        [2, started],
        [500, denied],
      ],
      { runningCount: 1 },
      ['likely secret-permission-denied'],
    ],
    [
      'is seen beside what fails within the hours in which ECS repeats itself',
      [
        [2, unhealthy],
        [500, denied],
      ],
      { runningCount: 1 },
      ['confirmed elb-health-wrong-code', 'also likely secret-permission-denied'],
    ],
    [
      'is not that of the deployment before',
      [
        [2, started],
        [500, denied],
        [900, steady],
      ],
      {
        runningCount: 1,
        deployments: [deployment({ rolloutState: 'IN_PROGRESS', createdAt: minutesAgo(5) })],
      },
      [],
    ],
    [
      'is not asked for where nothing is missing',
      [
        [2, started],
        [500, denied],
      ],
      {},
      [],
    ],
  ])('%s', (_, events, more, expected) => {
    const found = judge(events, more).map(
      ({ cause, status, alsoSeen }) => `${alsoSeen ? 'also ' : ''}${status} ${cause}`,
    );
    expect(found).toEqual(expected);
  });
});

it('repeats are one finding with a count and the newest words as proof', () => {
  const [finding, ...others] = judge([
    [1, unhealthy],
    [4, unhealthy],
    [9, unhealthy],
  ]);
  expect(others).toEqual([]);
  expect(finding).toMatchObject({
    count: 3,
    firstAt: minutesAgo(9).toISOString(),
    lastAt: minutesAgo(1).toISOString(),
  });
  expect(finding?.evidence[0]).toMatchObject({ value: unhealthy, at: minutesAgo(1).toISOString() });
});
