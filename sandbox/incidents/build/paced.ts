import type { Task } from '@aws-sdk/client-ecs';
import { after } from './times.ts';

/** Seconds of each phase of a start; what is not told stays as it is. */
export interface Pace {
  provision?: number;
  pull?: number;
  boot?: number;
}

/** The same task with a start of this pace, from the same creation on. */
export function paced(task: Task, { provision, pull, boot }: Pace): Task {
  const { createdAt, pullStartedAt, pullStoppedAt, startedAt } = task;
  if (!createdAt || !pullStartedAt || !pullStoppedAt || !startedAt) return task;
  const begun = provision === undefined ? pullStartedAt : after(createdAt, provision);
  const pulled = after(begun, pull ?? (pullStoppedAt.getTime() - pullStartedAt.getTime()) / 1000);
  return {
    ...task,
    pullStartedAt: begun,
    pullStoppedAt: pulled,
    startedAt: after(pulled, boot ?? (startedAt.getTime() - pullStoppedAt.getTime()) / 1000),
  };
}
