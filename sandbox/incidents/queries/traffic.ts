import type { Task } from '@aws-sdk/client-ecs';
import type { LogStream } from '#sandbox/aws/world.ts';
import { idOf } from '../build/names.ts';
import { between } from '../build/seeded.ts';
import { after } from '../build/times.ts';

interface Writing {
  container?: string;
  from: Date;
  to: Date;
  /** Seconds from one line to the next. */
  every: number;
  /** What is written; a line that is undefined is left out. */
  line(index: number, at: Date): string | undefined;
}

/** What a container writes while it has something to do: a line now and then, the same on every run. */
export function busy(task: Task, { container = 'app', from, to, every, line }: Writing): LogStream {
  const start = Math.max(from.getTime(), (task.startedAt ?? from).getTime() + 1000);
  const end = Math.min(to.getTime(), (task.executionStoppedAt ?? to).getTime());
  const count = Math.max(0, Math.floor((end - start) / 1000 / every));
  const events = Array.from({ length: count }, (_, index) => {
    const at = after(new Date(start), index * every);
    const message = line(index, at);
    return message === undefined ? [] : [{ at, message }];
  });
  return { name: `ecs/${container}/${idOf(task)}`, events: events.flat() };
}

/** A number that looks random, and is the same for the same seed. */
export function some(seed: string, low: number, high: number): number {
  return between(seed, low, high);
}
