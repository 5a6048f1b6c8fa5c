import { describe, expect, it } from 'vitest';
import { isOfDeployment, listedDeployment, type Newest } from '#diagnostics/of-deployment.ts';
import { deployment, minutesAgo, revision, service } from './checks/facts.ts';

const newest = { startedAt: minutesAgo(30), createdAt: minutesAgo(30), status: 'IN_PROGRESS' } as const;
const listed = [
  deployment({ id: 'ecs-svc/new', createdAt: minutesAgo(30) }),
  deployment({
    id: 'ecs-svc/old',
    status: 'ACTIVE',
    taskDefinition: revision(1),
    createdAt: minutesAgo(900),
  }),
];
const gone = {
  service: service({ deployments: listed.slice(1) }),
  newest: { ...newest, finishedAt: minutesAgo(10), status: 'ROLLBACK_SUCCESSFUL' as const },
  definition: revision(2),
};

describe('the two ways in which ECS tells a deployment', () => {
  it.each<[string, Newest, string | undefined]>([
    [
      'meet by revision and time',
      { service: service({ deployments: listed }), newest, definition: revision(2) },
      'ecs-svc/new',
    ],
    [
      'meet by time where the revision is not known',
      { service: service({ deployments: listed }), newest },
      'ecs-svc/new',
    ],
    [
      'meet in the PRIMARY one where there is no history',
      { service: service({ deployments: listed }) },
      'ecs-svc/new',
    ],
    ['do not meet once it was rolled back', gone, undefined],
    [
      'do not meet in an older deployment of the same revision',
      { ...gone, service: service({ deployments: [deployment({ createdAt: minutesAgo(900) })] }) },
      undefined,
    ],
  ])('%s', (_, of, id) => {
    expect(listedDeployment(of)?.id).toBe(id);
  });
});

describe('a task belongs to the newest deployment', () => {
  const known = { service: service({ deployments: listed }), newest, definition: revision(2) };
  const sets = {
    service: service({
      deployments: [],
      taskSets: [
        { id: 'ecs-svc/blue', createdAt: minutesAgo(900) },
        { id: 'ecs-svc/green', createdAt: minutesAgo(5) },
      ],
    }),
  };
  it.each<[string, object, Newest, boolean]>([
    ['by who started it', { startedBy: 'ecs-svc/new' }, known, true],
    [
      'not when an older deployment started it, however late',
      { startedBy: 'ecs-svc/old', createdAt: minutesAgo(1) },
      known,
      false,
    ],
    [
      'by time and revision once it is no longer listed',
      { startedBy: 'ecs-svc/gone', createdAt: minutesAgo(20), taskDefinitionArn: revision(2) },
      gone,
      true,
    ],
    [
      'not from before it',
      { startedBy: 'ecs-svc/gone', createdAt: minutesAgo(50), taskDefinitionArn: revision(2) },
      gone,
      false,
    ],
    [
      'not from after it',
      { startedBy: 'ecs-svc/gone', createdAt: minutesAgo(5), taskDefinitionArn: revision(2) },
      gone,
      false,
    ],
    [
      'not of another revision',
      { startedBy: 'ecs-svc/gone', createdAt: minutesAgo(20), taskDefinitionArn: revision(1) },
      gone,
      false,
    ],
    [
      'not when the deployment that it went back to started it',
      { startedBy: 'ecs-svc/old', createdAt: minutesAgo(20) },
      { ...gone, definition: undefined },
      false,
    ],
    ['in the newest task set', { startedBy: 'ecs-svc/green' }, sets, true],
    ['not in an older task set', { startedBy: 'ecs-svc/blue' }, sets, false],
  ])('%s', (_, task, of, belongs) => {
    expect(isOfDeployment(task, of)).toBe(belongs);
  });
});
