import type { Task } from '@aws-sdk/client-ecs';

/** When a task stopped, milliseconds; 0 where ECS does not say. */
export function stopTime(task: Task): number {
  return (task.stoppedAt ?? task.executionStoppedAt ?? task.stoppingAt)?.getTime() ?? 0;
}
