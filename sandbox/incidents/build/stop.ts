import type { Container, Task, TaskStopCode } from '@aws-sdk/client-ecs';
import { idOf } from './names.ts';
import { between } from './seeded.ts';
import { asCreated } from './task.ts';
import { after } from './times.ts';

/** How each container ended; those not named ended with exit code 0. */
export type Ends = Record<string, { exitCode?: number; reason?: string }>;

/** An essential container ended by itself at `at`; Fargate notices some ten seconds later and stops the rest. */
export function exited(task: Task, at: Date, ends: Ends): Task {
  const seed = idOf(task);
  const stoppingAt = after(at, between(`${seed} noticed`, 9_600, 11_400) / 1000);
  return stopped(task, {
    stopCode: 'EssentialContainerExited',
    stoppedReason: 'Essential container in task exited',
    executionStoppedAt: at,
    stoppingAt,
    stoppedAt: after(stoppingAt, between(`${seed} gone`, 11_800, 15_200) / 1000),
    ends,
  });
}

interface Asked {
  stopCode: TaskStopCode;
  stoppedReason: string;
  at: Date;
  /** From the decision to stop until the last container has ended; SIGTERM arrives a few seconds after it. */
  seconds?: number;
  ends?: Ends;
  health?: Task['healthStatus'];
}

/** The scheduler, a person or Fargate decided at `at` that the task has to go. */
export function stoppedBy(task: Task, { at, seconds = 11.4, ends = {}, ...why }: Asked): Task {
  const executionStoppedAt = after(at, seconds);
  const stoppedAt = after(executionStoppedAt, between(`${idOf(task)} gone`, 18_300, 24_800) / 1000);
  const ended = stopped(task, { ...why, stoppingAt: at, executionStoppedAt, stoppedAt, ends });
  return why.health ? withHealth(ended, why.health) : ended;
}

/** A deployment, a scale-in or a rollback took the task away. */
export function scaledIn(task: Task, at: Date, deployment: string, how: Partial<Asked> = {}): Task {
  const stoppedReason = `Scaling activity initiated by (deployment ${deployment})`;
  return stoppedBy(task, { stopCode: 'ServiceSchedulerInitiated', stoppedReason, at, ...how });
}

export interface NeverStarted {
  at: Date;
  stoppedReason: string;
  /** Before the image was pulled, while it was, or when the container was to start. */
  during: 'init' | 'pull' | 'start';
  /** The container that failed with its reason, where the text stands there. */
  container?: { name: string; reason: string; exitCode?: number };
}

/** The task failed before it could run: no container of it has ended, for none was running. */
export function neverStarted(task: Task, { at, stoppedReason, during, container }: NeverStarted): Task {
  const { startedAt: _start, pullStartedAt, pullStoppedAt, ...rest } = task;
  const pulled = during === 'start';
  return {
    ...rest,
    pullStartedAt: during === 'init' ? undefined : pullStartedAt,
    pullStoppedAt: during === 'init' ? undefined : pulled ? pullStoppedAt : after(at, -1.2),
    ...gone(task),
    stopCode: 'TaskFailedToStart',
    stoppedReason,
    executionStoppedAt: undefined,
    stoppingAt: at,
    stoppedAt: after(at, between(`${idOf(task)} gone`, 18_300, 24_800) / 1000),
    containers: task.containers?.map((one) => {
      const failed =
        one.name === container?.name ? { reason: container?.reason, exitCode: container?.exitCode } : {};
      return {
        ...(pulled ? one : asCreated(one)),
        healthStatus: 'UNKNOWN',
        lastStatus: 'STOPPED',
        ...failed,
      };
    }),
  };
}

interface Stop {
  stopCode: TaskStopCode;
  stoppedReason: string;
  stoppingAt: Date;
  executionStoppedAt: Date;
  stoppedAt: Date;
  ends: Ends;
}

function stopped(
  task: Task,
  { ends, health: _health, ...stop }: Stop & { health?: Task['healthStatus'] },
): Task {
  return { ...task, ...gone(task), ...stop, containers: task.containers?.map((one) => ended(one, ends)) };
}

function gone(task: Task): Partial<Task> {
  return {
    desiredStatus: 'STOPPED',
    lastStatus: 'STOPPED',
    healthStatus: 'UNKNOWN',
    version: (task.version ?? 4) + 2,
    attachments: task.attachments?.map((attachment) => ({ ...attachment, status: 'DELETED' })),
  };
}

function ended(container: Container, ends: Ends): Container {
  const end = ends[container.name ?? ''];
  return {
    ...container,
    lastStatus: 'STOPPED',
    healthStatus: 'UNKNOWN',
    exitCode: end?.exitCode ?? 0,
    reason: end?.reason,
  };
}

function withHealth(task: Task, health: Task['healthStatus']): Task {
  const checked = (container: Container) => ({ ...container, healthStatus: health });
  return { ...task, healthStatus: health, containers: task.containers?.map(checked) };
}
