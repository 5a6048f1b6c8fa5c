import type { ServiceEvent, Task } from '@aws-sdk/client-ecs';
import { idOf } from './names.ts';
import type { Release } from './release.ts';
import { uuid } from './seeded.ts';
import { after } from './times.ts';

/** What the scheduler says in a service's event list, in its own words. */
export interface Said {
  at: Date;
  message: string;
}

const mostEvents = 100;
const guide = 'For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.';

function named(tasks: readonly Task[]): string {
  return tasks.map((task) => `(task ${idOf(task)})`).join(' ');
}

/** The texts of one service's events. */
export function eventsOf(service: string) {
  const say = (at: Date, rest: string): Said => ({ at, message: `(service ${service}) ${rest}` });
  return {
    started: (at: Date, tasks: readonly Task[], replaced?: number) =>
      say(
        at,
        `has started ${tasks.length} tasks: ${named(tasks)}.${replaced ? ` Amazon ECS replaced ${replaced} tasks due to an unhealthy status.` : ''}`,
      ),
    stopped: (at: Date, tasks: readonly Task[]) =>
      say(at, `has stopped ${tasks.length} running tasks: ${named(tasks)}.`),
    registered: (at: Date, count: number, group: string) =>
      say(at, `registered ${count} targets in (target-group ${group})`),
    deregistered: (at: Date, count: number, group: string) =>
      say(at, `deregistered ${count} targets in (target-group ${group})`),
    draining: (at: Date, deployment: string, count: number) => ({
      at,
      message: `(service ${service}, taskSet ${deployment}) has begun draining connections on ${count} tasks.`,
    }),
    unhealthyTarget: (at: Date, task: Task, port: number, group: string, reason: string) =>
      say(
        at,
        `(task ${idOf(task)}) (port ${port}) is unhealthy in (target-group ${group}) due to (reason ${reason}).`,
      ),
    failedContainerChecks: (at: Date, task: Task) =>
      say(at, `(task ${idOf(task)}) failed container health checks.`),
    notPlaced: (at: Date, reason: string) => say(at, `was unable to place a task. Reason: ${reason}`),
    impaired: (at: Date) => say(at, `is unable to consistently start tasks successfully. ${guide}`),
    deploymentFailed: ({ id }: Release, at: Date) =>
      say(at, `(deployment ${id}) deployment failed: tasks failed to start.`),
    rollingBack: ({ id }: Release, at: Date) => say(at, `rolling back to deployment ${id}.`),
    completed: ({ id }: Release, at: Date): Said[] => [
      say(at, `(deployment ${id}) deployment completed.`),
      say(after(at, 0.001), 'has reached a steady state.'),
    ],
    steady: (at: Date) => say(at, 'has reached a steady state.'),
    /** A quiet service says so every six hours. */
    steadyBetween: (from: Date, until: Date): Said[] => {
      const times: Said[] = [];
      for (let at = after(from, sixHours); at < until; at = after(at, sixHours)) {
        times.push(say(at, 'has reached a steady state.'));
      }
      return times;
    },
  };
}

const sixHours = 6 * 60 * 60 + 4.2;

/** The event list of a service: newest first, a hundred at most. */
export function eventList(service: string, said: readonly Said[]): ServiceEvent[] {
  return said
    .toSorted((left, right) => right.at.getTime() - left.at.getTime())
    .slice(0, mostEvents)
    .map(({ at, message }) => ({
      id: uuid(`${service} ${at.toISOString()} ${message}`),
      createdAt: at,
      message,
    }));
}
