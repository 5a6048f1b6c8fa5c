import type { Task } from '@aws-sdk/client-ecs';
import type { LogGroup, LogStream } from '#sandbox/aws/world.ts';
import { idOf } from './names.ts';
import { logGroupOf } from './task-definition.ts';
import { after } from './times.ts';

/** When and what: seconds after the task started (or had its images) or, where negative, before its containers had ended. */
export type Line = readonly [seconds: number, message: string];

/** What a container of a task wrote, in the stream that awslogs names after it. */
export function logOf(task: Task, container: string, lines: readonly Line[]): LogStream {
  const start = task.startedAt ?? task.pullStoppedAt ?? new Date(0);
  const end = task.executionStoppedAt ?? task.stoppingAt ?? start;
  const events = lines.map(([seconds, message]) => ({
    at: after(seconds < 0 ? end : start, seconds),
    message,
  }));
  return {
    name: `ecs/${container}/${idOf(task)}`,
    events: events.toSorted((left, right) => left.at.getTime() - right.at.getTime()),
  };
}

/** The group that all containers of a family log to. */
export function logGroup(family: string, streams: LogStream[]): LogGroup {
  return logGroupNamed(logGroupOf(family), streams);
}

export function logGroupNamed(name: string, streams: LogStream[]): LogGroup {
  return {
    name,
    createdAt: new Date('2024-05-02T08:30:17.204Z'),
    retentionInDays: 30,
    streams,
  };
}
