import type { Service, ServiceDeploymentBrief, Task } from '@aws-sdk/client-ecs';
import { describe, expect, it } from 'vitest';
import { serviceState } from '#diagnostics/checks/service-state.ts';
import {
  context,
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
  history?: ServiceDeploymentBrief[];
  stopped?: Task[];
  running?: Task[];
}

function judge(given: Case) {
  return serviceState.judge(
    {
      service: service(given.service),
      tasks: read(tasksOf(given.stopped ?? [], given.running ?? [])),
      serviceDeployments: read(given.history ?? []),
    },
    context,
  );
}

const times = (count: number, make: (index: number) => Task) =>
  Array.from({ length: count }, (_, index) => make(index));

describe('symptoms that a service shows', () => {
  it.each<[string, Case, string[]]>([
    ['none', {}, []],
    [
      'a tripped circuit breaker',
      {
        service: {
          deployments: [
            deployment({
              rolloutState: 'FAILED',
              rolloutStateReason: 'ECS deployment circuit breaker: tasks failed to start.',
            }),
          ],
        },
      },
      ['circuit-breaker-tripped'],
    ],
    [
      'a deployment under way is none',
      {
        service: {
          deployments: [
            deployment({
              rolloutState: 'IN_PROGRESS',
              rolloutStateReason: 'ECS deployment ecs-svc/1 in progress.',
            }),
          ],
        },
      },
      [],
    ],
    [
      'a rollback of an hour ago',
      {
        history: [
          { status: 'ROLLBACK_SUCCESSFUL', finishedAt: minutesAgo(60), statusReason: 'Circuit breaker' },
        ],
      },
      ['deployment-rolling-back'],
    ],
    [
      'a rollback of last week is over',
      { history: [{ status: 'ROLLBACK_SUCCESSFUL', finishedAt: minutesAgo(10_000) }] },
      [],
    ],
    [
      'a rollback that a later deployment has replaced is over',
      {
        history: [
          { status: 'SUCCESSFUL', finishedAt: minutesAgo(5) },
          { status: 'ROLLBACK_SUCCESSFUL', finishedAt: minutesAgo(60) },
        ],
      },
      [],
    ],
    [
      'tasks that start and die again and again',
      { stopped: times(3, (index) => stopped(index)) },
      ['crash-loop-after-running'],
    ],
    ['two deaths are no loop', { stopped: times(2, (index) => stopped(index)) }, []],
    [
      'tasks that never started are none',
      { stopped: times(3, (index) => stopped(index, { startedAt: undefined })) },
      [],
    ],
    [
      'tasks that served for hours are none',
      { stopped: times(3, (index) => stopped(index, { startedAt: minutesAgo(600) })) },
      [],
    ],
  ])('%s', (_, given, expected) => {
    expect(judge(given).findings.map(({ cause }) => cause)).toEqual(expected);
  });
});

it('a loop that a newer revision ended is over', () => {
  const deployments = [deployment({ createdAt: minutesAgo(38) })];
  const loop = times(3, (index) => stopped(40 + index, { taskDefinitionArn: revision(1) }));
  const [finding] = judge({ service: { deployments }, stopped: loop }).findings;
  expect(finding).toMatchObject({ cause: 'crash-loop-after-running', alsoSeen: true });
  expect(finding?.summary).toContain('; fixed by api:2.');
});

describe('how it stands', () => {
  it('names the last good revision by a completed deployment', () => {
    const deployments = [
      deployment({ rolloutState: 'IN_PROGRESS', runningCount: 0, failedTasks: 4 }),
      deployment({ status: 'ACTIVE', taskDefinition: revision(1) }),
    ];
    expect(judge({ service: { deployments } }).details?.now).toMatchObject({
      desired: 2,
      running: 2,
      lastGoodRevision: 'api:1',
      deployments: [{ revision: 'api:2', failed: 4 }, { revision: 'api:1' }],
    });
  });

  it('or by a task that still runs it', () => {
    const deployments = [deployment({ rolloutState: 'IN_PROGRESS' })];
    expect(judge({ service: { deployments }, running: [running()] }).details?.now?.lastGoodRevision).toBe(
      'api:1',
    );
  });

  it('and does without a rolloutState, which other controllers do not have', () => {
    const deployments = [deployment({ rolloutState: undefined })];
    expect(judge({ service: { deployments } }).findings).toEqual([]);
  });
});

it('a task or a family has no status, which is not the same as a healthy one', () => {
  expect(serviceState.judge({ service: undefined }, context).answer?.state).toBe('unknown');
});
