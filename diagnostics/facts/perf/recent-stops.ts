import type { Task } from '@aws-sdk/client-ecs';
import { defineFact } from '../../fact.ts';
import { stopTime } from '../../stop-time.ts';
import { cleanTasks } from '../clean.ts';
import { service } from '../service.ts';
import { stoppedTaskList } from '../tasks.ts';

/** ECS remembers a stopped task for about an hour. Milliseconds. */
const remembered = 3_600_000;
const describedAtMost = 100;

/**
 * Tasks that stopped within the hour, newest first. Asked for only where the events or the deployments of the service
 * speak of stops: a service that nothing happened to costs no call.
 */
export const recentStops = defineFact<Task[]>({
  id: 'recent-stops',
  what: 'the tasks that stopped lately',
  actions: ['ecs:ListTasks', 'ecs:DescribeTasks'],
  async load(context) {
    const { aws, scope, target, read } = context;
    const described = await read(service);
    const said = (described?.events ?? []).some(
      ({ createdAt, message = '' }) =>
        scope.now.getTime() - (createdAt?.getTime() ?? 0) < remembered &&
        /has stopped \d+ running tasks|failed (?:ELB|container) health checks|is unhealthy in/.test(message),
    );
    const started = (described?.events ?? []).filter(
      ({ createdAt, message = '' }) =>
        scope.now.getTime() - (createdAt?.getTime() ?? 0) < remembered &&
        /has started \d+ tasks/.test(message),
    );
    const failed = (described?.deployments ?? []).some(({ failedTasks = 0 }) => failedTasks > 0);
    // A task that ends by itself is not said to have stopped: only the start of the next one is.
    if (!said && !failed && started.length === 0) return [];
    const { arns } = await read(stoppedTaskList);
    if (arns.length === 0) return [];
    const answer = await aws.ecs.describeTasks({
      cluster: target.cluster,
      tasks: arns.slice(0, describedAtMost),
    });
    const found = await cleanTasks(answer.tasks ?? []);
    return found
      .filter((task) => task.lastStatus === 'STOPPED' || task.desiredStatus === 'STOPPED')
      .sort((a, b) => stopTime(b) - stopTime(a));
  },
});
