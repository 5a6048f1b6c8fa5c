import type { TaskDefinition } from '@aws-sdk/client-ecs';
import { defineFact } from '../../fact.ts';
import { service } from '../service.ts';
import { deployedTaskDefinitions, taskDefinition, taskDefinitions } from '../task-definitions.ts';

/** The definitions whose needs have to be met: of a service those that are deployed, else those that ran. Newest first. */
export const requiredBy = defineFact<TaskDefinition[]>({
  id: 'required-by',
  what: 'the task definitions',
  actions: taskDefinition.actions,
  async load({ read }) {
    const described = await read(service);
    return Object.values(await read(described ? deployedTaskDefinitions : taskDefinitions));
  },
});
