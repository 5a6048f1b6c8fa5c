import type { Service, Task, TaskDefinition } from '@aws-sdk/client-ecs';
import { defineFact, FactFailure } from '../../fact.ts';
import { cleanService, cleanTasks } from '../clean.ts';
import { taskDefinition } from '../task-definitions.ts';

/** What is said where there is no service of the name that was given for the other end. */
export function absentOther(name: string, cluster: string | undefined): string {
  return `There is no service ${name} to connect to in cluster ${cluster}.`;
}

/** The service at the other end of a connection. Undefined where the other end is a host. */
export const otherService = defineFact<Service | undefined>({
  id: 'other-service',
  what: 'the service to connect to',
  actions: ['ecs:DescribeServices'],
  async load({ scope, target, aws }) {
    if (scope.to?.kind !== 'service') return undefined;
    const { name } = scope.to;
    const answer = await aws.ecs.describeServices({ cluster: target.cluster, services: [name] });
    const found = answer.services?.[0];
    if (!found || found.status === 'INACTIVE')
      throw new FactFailure(absentOther(name, target.cluster), 'NotFound');
    return cleanService(found);
  },
});

/** Its running tasks, a hundred at most. */
export const otherTasks = defineFact<Task[]>({
  id: 'other-tasks',
  what: 'the tasks to connect to',
  actions: ['ecs:ListTasks', 'ecs:DescribeTasks'],
  async load({ scope, target, aws }) {
    if (scope.to?.kind !== 'service') return [];
    const { cluster } = target;
    const listed = await aws.ecs.listTasks({ cluster, serviceName: scope.to.name, desiredStatus: 'RUNNING' });
    if (!listed.taskArns?.length) return [];
    const described = await aws.ecs.describeTasks({ cluster, tasks: listed.taskArns });
    return cleanTasks(described.tasks ?? []);
  },
});

export const otherDefinition = defineFact<TaskDefinition | undefined>({
  id: 'other-definition',
  what: 'the task definition of the service to connect to',
  actions: taskDefinition.actions,
  async load({ read }) {
    const arn = (await read(otherService))?.taskDefinition;
    return arn === undefined ? undefined : read(taskDefinition, arn);
  },
});
