import type { ProtectedTask } from '@aws-sdk/client-ecs';
import { defineFact } from '../fact.ts';
import { service } from './service.ts';
import { tasks } from './tasks.ts';

/** GetTaskProtection takes 100 tasks. */
const askedAtMost = 100;

/** Which tasks of older deployments may not be stopped, and until when. Asked only while there are such tasks. */
export const taskProtection = defineFact<ProtectedTask[]>({
  id: 'task-protection',
  what: 'the protection of tasks from scale-in',
  actions: ['ecs:GetTaskProtection'],
  async load(context) {
    const [described, known] = await Promise.all([context.read(service), context.read(tasks)]);
    const primary = described?.deployments?.find(({ status }) => status === 'PRIMARY');
    const old = known.running
      .filter((task) => primary !== undefined && task.startedBy !== primary.id)
      .map(({ taskArn }) => taskArn)
      .filter((arn) => arn !== undefined)
      .slice(0, askedAtMost);
    const { cluster } = context.target;
    if (old.length === 0 || cluster === undefined) return [];
    const answer = await context.aws.ecs.getTaskProtection({ cluster, tasks: old });
    return (answer.protectedTasks ?? []).filter(({ protectionEnabled }) => protectionEnabled);
  },
});
