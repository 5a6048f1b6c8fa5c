import type { Service, ServiceDeploymentBrief, ServiceRevision } from '@aws-sdk/client-ecs';
import { describe, expect, it } from 'vitest';
import { type Before, comparedOf } from '#diagnostics/changes/compared.ts';
import {
  deployment,
  minutesAgo,
  now,
  revision,
  running,
  service,
  stopped,
  tasksOf,
} from '../checks/facts.ts';

const brief = (
  number: number,
  ago: number,
  more: Partial<ServiceDeploymentBrief> = {},
): ServiceDeploymentBrief => ({
  targetServiceRevisionArn: `revision-${number}`,
  status: 'SUCCESSFUL',
  createdAt: minutesAgo(ago),
  finishedAt: minutesAgo(ago),
  ...more,
});

/** Service revisions with the task definition of their number, or of another one. */
const revisions = (numbers: Readonly<Record<number, number>>): Record<string, ServiceRevision> =>
  Object.fromEntries(
    Object.entries(numbers).map(([number, definition]) => [
      `revision-${number}`,
      { serviceRevisionArn: `revision-${number}`, taskDefinition: revision(definition) },
    ]),
  );

const of = (given: Partial<Before>): Before => ({
  tasks: tasksOf([]),
  service: service(),
  definitions: {},
  history: [],
  revisions: {},
  ...given,
});

const at = (ago: number) => `what was deployed at ${minutesAgo(ago).toISOString()}`;

const failing = tasksOf(
  [stopped(5), stopped(9)],
  [running({ taskDefinitionArn: revision(1), createdAt: minutesAgo(90), startedAt: minutesAgo(90) })],
);

describe('where ECS lists no deployment', () => {
  const codeDeploy = { deployments: [], deploymentController: { type: 'CODE_DEPLOY' as const } };
  const set = (ago: number) => ({
    ...codeDeploy,
    taskSets: [{ status: 'PRIMARY', createdAt: minutesAgo(ago) }],
  });
  const old = 120 * 24 * 60;
  it.each<[string, Service, Date | undefined, from: Date, unknown: string[]]>([
    [
      'one of a hundred days is forgotten, and nothing was deployed since',
      service({ deployments: [deployment({ createdAt: minutesAgo(old) })] }),
      undefined,
      minutesAgo(old),
      [],
    ],
    [
      'CodeDeploy deployed',
      service(set(120)),
      undefined,
      minutesAgo(120),
      ['what ran before 2026-01-01T10:00:00.000Z'],
    ],
    [
      'CodeDeploy deployed since then',
      service(set(120)),
      minutesAgo(300),
      minutesAgo(300),
      ['what ran before 2026-01-01T10:00:00.000Z'],
    ],
    ['CodeDeploy deployed nothing since then', service(set(120)), minutesAgo(60), minutesAgo(60), []],
    [
      'nobody tells what was deployed',
      service({ ...codeDeploy, createdAt: minutesAgo(old) }),
      undefined,
      minutesAgo(old),
      ['what was deployed'],
    ],
  ])('%s', (_, given, since, from, unknown) => {
    expect(comparedOf(of({ service: given }), { now, since })).toMatchObject({ from, unknown });
  });
});

describe('what is compared', () => {
  it.each<[string, Before, Date | undefined, [before: string | undefined, after: string, unknown: string[]]]>(
    [
      [
        'the two newest deployments where nothing fails',
        of({ history: [brief(2, 30), brief(1, 90)], revisions: revisions({ 1: 1, 2: 2 }) }),
        undefined,
        ['revision-1', 'revision-2', []],
      ],
      [
        'nothing with itself where ECS does not tell what the one before deployed',
        of({ history: [brief(2, 30), brief(1, 90)], revisions: revisions({ 2: 2 }) }),
        undefined,
        [undefined, 'revision-2', [at(90)]],
      ],
      [
        'the only deployment that there was, in which nothing can have changed',
        of({ history: [brief(2, 30)], revisions: revisions({ 2: 2 }) }),
        undefined,
        ['revision-2', 'revision-2', []],
      ],
      [
        'the failing deployment with the last that came up',
        of({
          tasks: failing,
          history: [brief(2, 30, { status: 'IN_PROGRESS' }), brief(1, 90)],
          revisions: revisions({ 1: 1, 2: 2 }),
        }),
        undefined,
        ['revision-1', 'revision-2', []],
      ],
      [
        'a failing deployment of the same task definition, where ECS does not tell what the one before deployed',
        of({
          tasks: tasksOf(failing.stopped, [
            running({ taskDefinitionArn: revision(2), createdAt: minutesAgo(90), startedAt: minutesAgo(90) }),
          ]),
          history: [brief(2, 30, { status: 'IN_PROGRESS' }), brief(1, 90)],
          revisions: revisions({ 2: 2 }),
        }),
        undefined,
        [undefined, 'revision-2', [at(90)]],
      ],
      [
        'what ran at a time that somebody names',
        of({
          history: [brief(3, 10), brief(2, 30), brief(1, 90)],
          revisions: revisions({ 1: 1, 2: 2, 3: 3 }),
        }),
        minutesAgo(60),
        ['revision-1', 'revision-3', []],
      ],
      [
        'what ran then and is not told',
        of({ history: [brief(3, 10), brief(1, 90)], revisions: revisions({ 3: 3 }) }),
        minutesAgo(60),
        [undefined, 'revision-3', [at(90)]],
      ],
      [
        'a service that was made since with its first deployment',
        of({
          service: service({ createdAt: minutesAgo(31) }),
          history: [brief(3, 10), brief(2, 30)],
          revisions: revisions({ 2: 2, 3: 3 }),
        }),
        minutesAgo(60),
        ['revision-2', 'revision-3', []],
      ],
      [
        'an older service whose deployments are not remembered that far back',
        of({
          service: service({ createdAt: minutesAgo(9_000) }),
          history: [brief(3, 10), brief(2, 30)],
          revisions: revisions({ 2: 2, 3: 3 }),
        }),
        minutesAgo(60),
        ['revision-2', 'revision-3', ['what ran at 2026-01-01T11:00:00.000Z']],
      ],
    ],
  )('%s', (_, given, since, [before, after, unknown]) => {
    const compared = comparedOf(given, { now, since });
    expect(compared.before.revision?.serviceRevisionArn).toBe(before);
    expect(compared.after.revision?.serviceRevisionArn).toBe(after);
    expect(compared.unknown).toEqual(unknown);
  });
});
