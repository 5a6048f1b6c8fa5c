import type { TargetHealthDescription } from '@aws-sdk/client-elastic-load-balancing-v2';
import { describe, expect, it } from 'vitest';
import { checkWords, joinGroups } from '#diagnostics/health/join.ts';
import { isInTrouble, reasonWords, standingOf } from '#diagnostics/health/states.ts';
import { running, service } from '../checks/facts.ts';

const target = (Id: string, Port = 8080, State = 'healthy', Reason?: string, Description?: string) =>
  ({ Target: { Id, Port }, TargetHealth: { State, Reason, Description } }) as TargetHealthDescription;

const alone = {
  service: service(),
  tasks: [],
  hosts: {},
  weights: new Map<string, number>(),
};

describe('the task behind a target', () => {
  it('has its address', () => {
    const own = running({
      taskArn: 'arn:x/1',
      attachments: [{ details: [{ name: 'privateIPv4Address', value: '10.0.0.7' }] }],
    });
    const [group] = joinGroups(
      [{ arn: 'a', group: { TargetType: 'ip' }, targets: [target('10.0.0.7'), target('10.0.0.8')] }],
      { ...alone, tasks: [own] },
    );
    expect(group?.targets.map(({ task }) => task?.taskArn)).toEqual(['arn:x/1', undefined]);
  });

  it('has the instance and the port that it got there', () => {
    const own = running({
      taskArn: 'arn:x/2',
      containerInstanceArn: 'arn:host',
      containers: [{ networkBindings: [{ containerPort: 80, hostPort: 32_768 }] }],
    });
    const [group] = joinGroups(
      [
        {
          arn: 'a',
          group: { TargetType: 'instance' },
          targets: [target('i-1', 32_768), target('i-1', 32_769), target('i-2', 32_768)],
        },
      ],
      { ...alone, tasks: [own], hosts: { 'arn:host': 'i-1' } },
    );
    expect(group?.targets.map(({ task }) => task?.taskArn)).toEqual(['arn:x/2', undefined, undefined]);
  });
});

describe('the idle one of a pair', () => {
  const pair = [
    { arn: 'blue', pairedWith: 'green', targets: [] },
    { arn: 'green', pairedWith: 'blue', targets: [target('10.0.0.7')] },
  ];
  const idleOf = (weights: [string, number][], groups = pair) =>
    joinGroups(groups, { ...alone, weights: new Map(weights) }).map(({ idle }) => idle);

  it.each<[string, [string, number][], (boolean | undefined)[]]>([
    [
      'by the weights of the rule',
      [
        ['blue', 100],
        ['green', 0],
      ],
      [false, true],
    ],
    [
      'neither, while traffic is shifted',
      [
        ['blue', 50],
        ['green', 50],
      ],
      [false, false],
    ],
    ['by its targets where no rule was read', [], [true, false]],
  ])('is told %s', (_, weights, expected) => {
    expect(idleOf(weights)).toEqual(expected);
  });

  it('is none where a group stands alone', () => {
    expect(idleOf([], [{ arn: 'a', pairedWith: undefined as never, targets: [] }])).toEqual([undefined]);
  });
});

describe('states and reasons', () => {
  it.each([
    ['healthy', undefined, 'healthy'],
    ['initial', 'Elb.InitialHealthChecking', 'starting'],
    ['unhealthy', 'Target.Timeout', 'unhealthy'],
    ['draining', 'Target.DeregistrationInProgress', 'leaving'],
    ['unhealthy.draining', 'Target.DeregistrationInProgress', 'leaving'],
    ['unused', 'Target.NotInUse', 'unused'],
    ['unavailable', 'Target.HealthCheckDisabled', 'unchecked'],
    ['of_next_year', undefined, 'unknown'],
  ])('%s %s is %s', (state, reason, standing) => {
    const described = target('10.0.0.7', 80, state, reason);
    expect(standingOf(described)).toBe(standing);
    expect(isInTrouble(described)).toBe(standing === 'unhealthy' || standing === 'unused');
  });

  it.each([
    [
      'Target.ResponseCodeMismatch',
      'Health checks failed with these codes: [301]',
      /answers 301, a redirect/,
    ],
    [
      'Target.ResponseCodeMismatch',
      'Health checks failed with these codes: [400]',
      /an address and a port as Host/,
    ],
    ['Target.ResponseCodeMismatch', 'Health checks failed with these codes: [502]', /an error of its own/],
    ['Target.FailedHealthChecks', 'Health checks failed', /nothing listens there/],
    [
      'Target.NotInUse',
      'Target is in an Availability Zone that is not enabled for the load balancer',
      /zone is not enabled/,
    ],
    ['Target.NotInUse', 'Target group is not configured to receive traffic', /no listener uses/],
    ['Elb.SomethingNew', 'What nobody knows yet', /What nobody knows yet/],
  ])('%s, %s', (reason, text, words) => {
    expect(reasonWords(target('10.0.0.7', 80, 'unhealthy', reason, text))).toMatch(words);
  });

  it.each([
    [
      {
        HealthCheckProtocol: 'HTTP' as const,
        HealthCheckPath: '/up',
        HealthCheckPort: 'traffic-port',
        HealthCheckIntervalSeconds: 15,
        Matcher: { HttpCode: '200-299' },
      },
      'HTTP GET /up on port 8080 every 15 s, expects 200-299',
    ],
    [
      { HealthCheckProtocol: 'TCP' as const, HealthCheckPort: '9000', HealthCheckIntervalSeconds: 10 },
      'TCP connection on port 9000 every 10 s',
    ],
    [{ HealthCheckEnabled: false }, 'not checked'],
    [undefined, 'the target group does not exist any more'],
  ])('a check in words: %j', (group, words) => {
    expect(checkWords(group, '8080')).toBe(words);
  });
});
