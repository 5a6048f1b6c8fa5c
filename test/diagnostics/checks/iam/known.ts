import type { TaskDefinition } from '@aws-sdk/client-ecs';
import type { Known } from '#diagnostics/checks/iam/known.ts';
import { knownOf } from '#diagnostics/checks/iam/known.ts';
import type { Launch } from '#diagnostics/facts/access/judged-revision.ts';
import { context, minutesAgo, running, tasksOf } from '../facts.ts';

export const executionRoleArn = 'arn:aws:iam::222222222222:role/api-execution';
export const taskDefinitionArn = 'arn:aws:ecs:us-east-1:222222222222:task-definition/api:7';
export const secretArn = 'arn:aws:secretsmanager:us-east-1:222222222222:secret:prod/db-q8Zt3K';

type Given = Partial<Pick<Known, 'roles' | 'secrets' | 'places' | 'rights' | 'tasks'>> & {
  definition?: Partial<TaskDefinition>;
  launch?: Launch;
  /** Minutes for which a task of the revision has run, by zone. */
  runs?: { minutes: number; zone?: string }[];
};

/** What the check knows of one revision of api, with only what a case is about. */
export function known({ definition, runs = [], launch = 'fargate', ...given }: Given = {}): Known {
  const whole = {
    taskDefinitionArn,
    family: 'api',
    executionRoleArn,
    containerDefinitions: [{ name: 'app' }],
    ...definition,
  };
  const home = { partition: 'aws', region: 'us-east-1', account: '222222222222' };
  const tasks = runs.map(({ minutes, zone }) =>
    running({ taskDefinitionArn, startedAt: minutesAgo(minutes), ...(zone && { availabilityZone: zone }) }),
  );
  return knownOf(
    context,
    {
      definition: whole,
      home,
      compute: launch === 'fargate' ? 'fargate' : 'instances',
      launch,
      current: true,
      executionRoleArn: whole.executionRoleArn,
      ...(whole.taskRoleArn && { taskRoleArn: whole.taskRoleArn }),
    },
    {
      roles: undefined,
      secrets: undefined,
      places: undefined,
      rights: [],
      tasks: tasksOf([], tasks),
      ...given,
    },
  );
}

export function read<Value>(value: Value): { ok: true; value: Value } {
  return { ok: true, value };
}
