import type { Task } from '@aws-sdk/client-ecs';
import type { LogGroup } from '#sandbox/aws/world.ts';
import type { Place } from '../incident.ts';
import { logGroupNamed } from './log.ts';
import { idOf } from './names.ts';
import { after } from './times.ts';

/**
 * What Container Insights writes of one task's containers, a sample a minute until it is gone.
 * @param percent of its memory that the first container uses, by minutes since the task started
 */
export function samplesOf(
  { cluster }: Place,
  task: Task,
  memory: number,
  percent: (minutes: number) => number,
): LogGroup {
  const start = task.startedAt ?? new Date(0);
  const end = (task.executionStoppedAt ?? task.stoppedAt ?? start).getTime();
  const minutes = Math.floor((end - start.getTime()) / 60_000);
  const [family, revision] = task.taskDefinitionArn?.split('/').at(-1)?.split(':') ?? [];
  const events = Array.from({ length: minutes }, (_, minute) => {
    const at = after(start, (minute + 1) * 60 - 7);
    return {
      at,
      message: JSON.stringify({
        Version: '0',
        Type: 'Container',
        ContainerName: task.containers?.[0]?.name,
        TaskId: idOf(task),
        TaskDefinitionFamily: family,
        TaskDefinitionRevision: revision,
        ClusterName: cluster,
        ContainerKnownStatus: 'RUNNING',
        Timestamp: at.getTime(),
        MemoryUtilized: Math.round((memory * percent(minute)) / 100),
        MemoryReserved: memory,
      }),
    };
  });
  return {
    ...logGroupNamed(`/aws/ecs/containerinsights/${cluster}/performance`, [
      { name: 'FargateTelemetry-4821', events },
    ]),
    retentionInDays: 1,
  };
}
