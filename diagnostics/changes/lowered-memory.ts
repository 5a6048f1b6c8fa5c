import type { TaskDefinition } from '@aws-sdk/client-ecs';
import { changeInWords, type RevisionChange } from '../revision-change.ts';
import { type Between, type Failure, imageChanged, type Telling } from './between.ts';

const memoryCauses = new Set([
  'oom-container',
  'oom-task',
  'oom-heap',
  'oom-child-process',
  'sigkill-unexplained',
]);

/** Memory that was taken from what then ran out of it. */
export function loweredMemory({ cause, culprit }: Failure, between: Between): Telling | undefined {
  if (!memoryCauses.has(cause)) return undefined;
  const ofContainer = between.changes.find(
    ({ field, container }) => field === 'memory' && container !== undefined && container === culprit,
  );
  const ofTask = between.changes.find(
    ({ field, container }) => field === 'memory' && container === undefined,
  );
  const found = [ofContainer, ofTask].find((change) => change && isLower(change, between.before));
  if (!found) return undefined;
  // A container with a limit of its own is killed at that, whatever the task as a whole may use.
  if (found === ofTask && cause === 'oom-container' && limitOf(between.after, culprit) !== undefined)
    return undefined;
  const sure = (cause === 'oom-container' || cause === 'oom-task') && !imageChanged(between, culprit);
  return {
    cause: 'memory-lowered',
    status: sure ? 'confirmed' : 'likely',
    title:
      found.before === undefined
        ? `${between.revision} set a memory limit of ${found.after} MiB`
        : `${between.revision} lowered ${changeInWords(found)}`,
    ...(!sure && { open: 'a deployment with the memory that it had, which shows whether that was enough' }),
    change: found,
  };
}

function isLower({ container, before, after }: RevisionChange, was: TaskDefinition): boolean {
  const is = Number(after);
  const then = before === undefined ? boundBy(was, container) : Number(before);
  // A limit is lower than none, but not one that another limit held it to anyway.
  return Number.isFinite(is) && is < then;
}

/** MiB that a container or a task without a limit of its own was held to: the task's size, its containers' limits. */
function boundBy(
  { memory, containerDefinitions = [] }: TaskDefinition,
  container: string | undefined,
): number {
  if (container !== undefined) return memory === undefined ? Number.POSITIVE_INFINITY : Number(memory);
  return containerDefinitions.reduce((sum, one) => sum + (one.memory ?? Number.POSITIVE_INFINITY), 0);
}

function limitOf(
  { containerDefinitions = [] }: TaskDefinition,
  name: string | undefined,
): number | undefined {
  return containerDefinitions.find((container) => container.name === name)?.memory;
}
