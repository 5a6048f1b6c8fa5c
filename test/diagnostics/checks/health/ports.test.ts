import type { PortMapping, TaskDefinition } from '@aws-sdk/client-ecs';
import { describe, expect, it } from 'vitest';
import { definition } from '../facts.ts';
import { arn, group, target, task } from '../targets.ts';
import { causesOf, type Given, judged } from './judged.ts';

const refused = ['10.0.0.1', '10.0.0.2'].map((address) =>
  target(address, 'unhealthy', 'Target.FailedHealthChecks'),
);
const maps = (containerPort: number) => definition(1, [{ name: 'app', portMappings: [{ containerPort }] }]);

/** One task on an instance, which got port 8080 there. */
const onHost = {
  tasks: [
    task('10.0.0.1', {
      attachments: [],
      containerInstanceArn: 'arn:host',
      containers: [{ name: 'app', networkBindings: [{ containerPort: 8080, hostPort: 8080 }] }],
    }),
  ],
};
const bridged = (portMappings: PortMapping[]): TaskDefinition => ({
  ...definition(2, [{ name: 'app', portMappings }]),
  networkMode: 'bridge',
});

/** The next deployment of a pair, which gets no traffic before its targets are healthy. */
const waiting = (startedBy: string): Given => ({
  tasks: [task('10.0.0.1', { startedBy }), task('10.0.0.3', { startedBy: 'ecs-svc/0' })],
  groups: [
    { arn, group, pairedWith: `${arn}1`, targets: [target('10.0.0.3')] },
    {
      arn: `${arn}1`,
      group: { ...group, HealthCheckPort: '9090' },
      pairedWith: arn,
      targets: refused.slice(0, 1),
    },
  ],
  weights: { [arn]: 100, [`${arn}1`]: 0 },
});

describe('ports that do not fit', () => {
  it.each<[string, Given, [string, string][]]>([
    ['nothing for the port of the target group, which is only a default', { settings: { Port: 80 } }, []],
    [
      'a container that the task definition does not have',
      { deployed: definition(2, [{ name: 'web', portMappings: [{ containerPort: 8080 }] }]) },
      [['health-container-port-missing', 'error']],
    ],
    [
      'a port that the container does not name',
      { deployed: definition(2, [{ name: 'app', portMappings: [{ containerPort: 80 }] }]) },
      [['health-container-port-missing', 'error']],
    ],
    [
      'nothing for a port within a range',
      { deployed: definition(2, [{ name: 'app', portMappings: [{ containerPortRange: '8000-8100' }] }]) },
      [],
    ],
    [
      'a fixed port that nothing serves',
      { targets: refused, settings: { HealthCheckPort: '9090' } },
      [['health-check-port-differs', 'error']],
    ],
    [
      'a fixed port of the group that waits, where the newest tasks fail in it',
      waiting('ecs-svc/1'),
      [['health-check-port-differs', 'error']],
    ],
    ['nothing for the group that waits with the tasks of before', waiting('ecs-svc/0'), []],
    [
      'nothing for a fixed port at which a task of the same revision answers',
      {
        targets: [target('10.0.0.1', 'unhealthy', 'Target.FailedHealthChecks'), target('10.0.0.2')],
        settings: { HealthCheckPort: '9090' },
      },
      [],
    ],
    [
      'nothing for a fixed port that answers with a code',
      {
        targets: [target('10.0.0.1', 'unhealthy', 'Target.ResponseCodeMismatch'), target('10.0.0.2')],
        settings: { HealthCheckPort: '9090' },
      },
      [],
    ],
    [
      'nothing for a fixed port of the host that a container has',
      {
        ...onHost,
        targets: [target('i-1', 'unhealthy', 'Target.FailedHealthChecks')],
        settings: { TargetType: 'instance', HealthCheckPort: '9090' },
        deployed: bridged([
          { containerPort: 8080, hostPort: 0 },
          { containerPort: 80, hostPort: 9090 },
        ]),
      },
      [],
    ],
    [
      'a fixed port that only the container has, and its host has not',
      {
        ...onHost,
        targets: [target('i-1', 'unhealthy', 'Target.FailedHealthChecks')],
        settings: { TargetType: 'instance', HealthCheckPort: '9090' },
        deployed: bridged([{ containerPort: 8080 }, { containerPort: 9090 }]),
      },
      [['health-check-port-differs', 'error']],
    ],
    [
      'nothing for a fixed port of a container that has the network of its host',
      {
        ...onHost,
        targets: [target('i-1', 'unhealthy', 'Target.FailedHealthChecks')],
        settings: { TargetType: 'instance', HealthCheckPort: '9090' },
        deployed: { ...bridged([{ containerPort: 8080 }, { containerPort: 9090 }]), networkMode: 'host' },
      },
      [],
    ],
    [
      'nothing for a fixed port that is a container’s',
      {
        targets: [target('10.0.0.1', 'unhealthy', 'Target.Timeout'), target('10.0.0.2')],
        settings: { HealthCheckPort: '9090' },
        deployed: definition(2, [
          { name: 'app', portMappings: [{ containerPort: 8080 }, { containerPort: 9090 }] },
        ]),
      },
      [],
    ],
  ])('%s', (_, given, expected) => {
    expect(causesOf(given)).toEqual(expected);
  });

  it.each<[string, Given, string]>([
    ['likely where a fixed port is refused, since a process may come to listen there', {}, 'likely'],
    [
      'likely where a fixed port gives no answer at all',
      { targets: [target('10.0.0.1', 'unhealthy', 'Target.Timeout')], before: maps(9090) },
      'likely',
    ],
    ['confirmed where the revision before named the port', { before: maps(9090) }, 'confirmed'],
  ])('is %s', (_, given, status) => {
    const settings = { HealthCheckPort: '9090' };
    const [found] = judged({ targets: refused, settings, ...given }).findings;
    expect(found).toMatchObject({ cause: 'health-check-port-differs', status });
    expect(found?.open?.includes('9090') ?? false).toBe(status === 'likely');
  });
});
