import type { TaskDefinition } from '@aws-sdk/client-ecs';
import { defineFact, FactFailure } from '../fact.ts';
import { cleanTaskDefinition } from './clean.ts';
import { service } from './service.ts';
import { tasks } from './tasks.ts';

/** Revisions read for one answer; a crash loop seldom spans more, and each is a call. */
const revisionsAtMost = 5;

/** One revision, by ARN or family:revision. Never changes once registered. */
export const taskDefinition = defineFact<TaskDefinition, string>({
  id: 'task-definition',
  what: 'the task definition',
  actions: ['ecs:DescribeTaskDefinition'],
  async load({ aws }, arn) {
    const answer = await aws.ecs.describeTaskDefinition({ taskDefinition: arn });
    return cleanTaskDefinition(answer.taskDefinition ?? {});
  },
});

/** Revisions by their ARN. */
export type TaskDefinitions = Record<string, TaskDefinition>;

/** The revisions that the service's deployments name: known after the first answer, so read in the second wave. */
export const deployedTaskDefinitions = defineFact<TaskDefinitions>({
  id: 'deployed-task-definitions',
  what: 'the task definitions of the deployments',
  actions: taskDefinition.actions,
  async load(context) {
    const described = await context.read(service);
    const arns = described?.deployments?.map((deployment) => deployment.taskDefinition) ?? [];
    return readAll(context.read, [...arns, described?.taskDefinition]);
  },
});

/** Every revision that the running and stopped tasks and the deployments name, newest stop first. */
export const taskDefinitions = defineFact<TaskDefinitions>({
  id: 'task-definitions',
  what: 'the task definitions',
  actions: taskDefinition.actions,
  async load(context) {
    const deployed = await context.settle(deployedTaskDefinitions);
    const known = deployed.ok ? deployed.value : {};
    const { stopped, running } = await context.read(tasks);
    const arns = [...stopped, ...running].map((task) => task.taskDefinitionArn);
    return { ...known, ...(await readAll(context.read, arns)) };
  },
});

async function readAll(
  read: (source: typeof taskDefinition, arn: string) => Promise<TaskDefinition>,
  arns: (string | undefined)[],
): Promise<TaskDefinitions> {
  const distinct = [...new Set(arns)].filter((arn) => arn !== undefined).slice(0, revisionsAtMost);
  const entries = await Promise.all(
    distinct.map(async (arn) => {
      try {
        return [[arn, await read(taskDefinition, arn)] as const];
      } catch (error) {
        // A revision that somebody deleted is gone for good, and costs the others nothing.
        if (error instanceof FactFailure && error.reason === 'NotFound') return [];
        throw error;
      }
    }),
  );
  return Object.fromEntries(entries.flat());
}
