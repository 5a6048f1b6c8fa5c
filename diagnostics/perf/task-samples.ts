import type { TaskDefinition } from '@aws-sdk/client-ecs';
import { numberIn, type ResultRow, timeIn } from '../insights/query.ts';
import type { TaskMemory } from '../task-memory-details.ts';

/** Where Container Insights writes what it measured. Source: "Container Insights performance log events for Amazon ECS". */
export function performanceGroup(cluster: string): string {
  return `/aws/ecs/containerinsights/${cluster}/performance`;
}

/** Rows at most: a sample a minute and container. */
const samplesAtMost = 150;

/** The samples of one task, newest first. */
export function samplesQuery(task: string): string {
  return [
    `filter Type = "Container" and TaskId = "${task.replace(/[^\w-]/g, '')}"`,
    'fields @timestamp, ContainerName, MemoryUtilized, MemoryReserved',
    'sort @timestamp desc',
    `limit ${samplesAtMost}`,
  ].join('\n| ');
}

/** The samples by container, the one that uses most of its limit first. */
export function containersOf(
  rows: readonly ResultRow[],
  definition: TaskDefinition | undefined,
): TaskMemory['containers'] {
  const named = Map.groupBy(
    rows.filter(({ ContainerName, MemoryUtilized }) => ContainerName && MemoryUtilized),
    ({ ContainerName = '' }) => ContainerName,
  );
  return [...named]
    .flatMap(([name, own]) => {
      const samples = own.toSorted((a, b) => timeIn(a, '@timestamp').localeCompare(timeIn(b, '@timestamp')));
      const [first, last] = [samples[0], samples.at(-1)];
      if (!first || !last) return [];
      const used = samples.map((row) => numberIn(row, 'MemoryUtilized'));
      const limit = definition?.containerDefinitions?.find((one) => one.name === name)?.memory;
      const reserved = numberIn(last, 'MemoryReserved');
      return {
        name,
        last: numberIn(last, 'MemoryUtilized'),
        lastAt: timeIn(last, '@timestamp'),
        highest: Math.max(...used),
        grew: numberIn(last, 'MemoryUtilized') - numberIn(first, 'MemoryUtilized'),
        ...(limit !== undefined ? { limit } : reserved > 0 ? { reserved } : {}),
        samples: samples.length,
      };
    })
    .sort((a, b) => shareOf(b) - shareOf(a) || b.last - a.last);
}

/** Of its limit; of a container without one nothing is known. */
export function shareOf({ last, limit }: Pick<TaskMemory['containers'][number], 'last' | 'limit'>): number {
  return limit === undefined ? 0 : last / limit;
}
