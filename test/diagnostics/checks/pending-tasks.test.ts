import type { Service, Task } from '@aws-sdk/client-ecs';
import { describe, expect, it } from 'vitest';
import { pendingTasks } from '#diagnostics/checks/pending-tasks.ts';
import { FactFailure } from '#diagnostics/fact.ts';
import {
  context,
  definition,
  deployment,
  minutesAgo,
  read,
  revision,
  running,
  service,
  tasksOf,
} from './facts.ts';

interface Case {
  service?: Partial<Service>;
  running?: Task[];
  stopped?: Task[];
  disconnected?: boolean;
  /** Minutes since the init container last wrote; absent: its log could not be read. */
  wroteAgo?: number;
}

const containers = [
  { name: 'init', essential: false },
  { name: 'app', dependsOn: [{ containerName: 'init', condition: 'SUCCESS' as const }] },
];

function judge({ service: more, running: alive = [], stopped = [], disconnected, wroteAgo }: Case) {
  return pendingTasks.judge(
    {
      tasks: tasksOf(stopped, alive),
      service: read(service(more)),
      taskDefinitions: read({ [revision(2)]: definition(2, containers) }),
      containerInstances: read({
        complete: true,
        instances: [
          { containerInstanceArn: 'arn:i', ec2InstanceId: 'i-1', agentConnected: disconnected !== true },
        ],
      }),
      ...(wroteAgo !== undefined && {
        waitingLogs: read([
          {
            container: 'init',
            task: 'a',
            lines: [{ at: minutesAgo(wroteAgo).toISOString(), message: 'working' }],
          },
        ]),
      }),
    },
    context,
  );
}

const waiting = (more: Partial<Task>): Task =>
  running({
    taskArn: 'arn:aws:ecs:us-east-1:222222222222:task/prod/a',
    taskDefinitionArn: revision(2),
    launchType: 'FARGATE',
    lastStatus: 'PENDING',
    createdAt: minutesAgo(20),
    ...more,
  });
const initRuns = waiting({
  pullStartedAt: minutesAgo(19),
  pullStoppedAt: minutesAgo(18),
  containers: [
    { name: 'init', lastStatus: 'RUNNING' },
    { name: 'app', lastStatus: 'PENDING' },
  ],
});
const onInstance = waiting({ launchType: 'EC2', containerInstanceArn: 'arn:i', createdAt: minutesAgo(8) });
const lacking = { runningCount: 0, desiredCount: 1 };
const asleep: Partial<Service> = { ...lacking, deployments: [deployment(lacking)] };

/** Tasks whose containers took this many minutes from their images to the start. */
const usually = (minutes: number): Task[] =>
  [200, 300, 400, 500, 600].map((ago) =>
    running({ pullStoppedAt: minutesAgo(ago), startedAt: minutesAgo(ago - minutes) }),
  );

describe('tasks that wait', () => {
  it.each<[string, Case, [string, string][]]>([
    [
      'an init container that has been silent for long',
      { running: [initRuns], wroteAgo: 9 },
      [['init-container-slow', 'open']],
    ],
    [
      'an init container whose log nobody may read',
      { running: [initRuns] },
      [['init-container-slow', 'open']],
    ],
    [
      'an init container whose log nobody may read, though not for longer than it usually does',
      { running: [initRuns], stopped: usually(15) },
      [],
    ],
    [
      'an init container that is silent, though not for longer than it usually runs',
      { running: [initRuns], stopped: usually(15), wroteAgo: 9 },
      [],
    ],
    [
      'an init container whose log nobody may read, for longer than it usually does',
      { running: [initRuns], stopped: usually(4) },
      [['init-container-slow', 'open']],
    ],
    [
      'an init container whose log was not read, while that of another task writes',
      { running: [initRuns, { ...initRuns, taskArn: `${initRuns.taskArn}-other` }], wroteAgo: 1 },
      [],
    ],
    [
      'an init container that has failed already',
      {
        running: [
          {
            ...initRuns,
            containers: [
              { name: 'init', lastStatus: 'STOPPED', exitCode: 3 },
              { name: 'app', lastStatus: 'PENDING' },
            ],
          },
        ],
      },
      [['dependency-failed', 'confirmed']],
    ],
    ['an init container that still writes', { running: [initRuns], wroteAgo: 1 }, []],
    [
      'an agent that is disconnected',
      { running: [onInstance], disconnected: true },
      [['capacity-agent-disconnected', 'confirmed']],
    ],
    [
      'a volume',
      {
        running: [
          waiting({
            connectivityAt: minutesAgo(19),
            attachments: [{ type: 'AmazonElasticBlockStorage', status: 'ATTACHING' }],
          }),
        ],
      },
      [['ebs-attach-failed', 'likely']],
    ],
    ['an image', { running: [waiting({ pullStartedAt: minutesAgo(12) })] }, [['pull-slow', 'confirmed']]],
    ['for everything, in their first minute', { running: [waiting({ createdAt: minutesAgo(0.8) })] }, []],
    [
      'as ECS counts them, though their tasks were not listed',
      { service: { ...asleep, pendingCount: 1 } },
      [],
    ],
    ['not at all: no task, no stop, for hours', { service: asleep }, [['no-task-started', 'confirmed']]],
    [
      'not at all, while the deployment is a minute old',
      { service: { ...asleep, deployments: [deployment({ ...lacking, createdAt: minutesAgo(1) })] } },
      [],
    ],
    [
      'not at all, and none is wanted',
      {
        service: {
          desiredCount: 0,
          runningCount: 0,
          deployments: [deployment({ desiredCount: 0, runningCount: 0 })],
        },
      },
      [],
    ],
    ['not at all: all run', { running: [running(), running()] }, []],
  ])('%s', (_, given, expected) => {
    expect(judge(given).findings.map(({ cause, status }) => [cause, status])).toEqual(expected);
  });

  it('and stand alike are one row', () => {
    const { details } = judge({ running: [onInstance, { ...onInstance }] });
    expect(details?.phases).toMatchObject([{ phase: 'init', count: 2, revision: 'api:2', stuck: true }]);
  });

  it('name the container that blocks', () => {
    const { details } = judge({ running: [initRuns], wroteAgo: 1 });
    expect(details?.phases?.[0]?.waitsFor).toBe(
      'app waits for init to end with exit code 0, which is still running',
    );
  });

  it('are measured by what is usual where no log was read, and that is said', () => {
    const [unread] = judge({ running: [initRuns] }).findings;
    expect(unread?.summary).toMatch(/; the log of init was not read, so time alone speaks\.$/);
    const [silent] = judge({ running: [initRuns], wroteAgo: 9 }).findings;
    expect(silent?.summary).toMatch(/; init last wrote 9 minutes ago\.$/);
  });

  it('are said to be on their way where none is stuck', () => {
    expect(judge({ running: [initRuns], wroteAgo: 1 }).answer?.headline).toMatch(
      /1 task on its way, none longer/,
    );
    expect(judge({ running: [initRuns] }).answer).toBeUndefined();
  });
});

it('says nothing of the whole service where one task was asked for: the others were not looked at', () => {
  const { target } = context;
  const one = { ...context, target: { ...target, task: '0'.repeat(32) } };
  const facts = { tasks: tasksOf([], [running()]), service: read(service({ runningCount: 1 })) };
  expect(pendingTasks.judge(facts, one).findings.map(({ cause }) => cause)).not.toContain('no-task-started');
});

describe('a task on an instance that was not read yet', () => {
  const stuck = running({
    lastStatus: 'PENDING',
    containerInstanceArn: 'arn:i',
    createdAt: minutesAgo(30),
    connectivityAt: minutesAgo(29),
    startedAt: undefined,
    taskDefinitionArn: revision(2),
  });
  const facts = { tasks: tasksOf([], [stuck]), service: read(service({})) };

  it('leads to nothing, since its agent may be away', () => {
    expect(pendingTasks.judge(facts, context).findings).toEqual([]);
  });

  it('is judged without it where it could not be read', () => {
    const failure = new FactFailure('refused', 'AccessDenied', 'ecs:ListContainerInstances');
    const denied = { ok: false as const, failure };
    const { findings } = pendingTasks.judge({ ...facts, containerInstances: denied }, context);
    expect(findings.map(({ cause }) => cause)).toEqual(['init-stuck']);
  });
});
