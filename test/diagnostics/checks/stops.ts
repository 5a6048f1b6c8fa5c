import type { Container, Task } from '@aws-sdk/client-ecs';
import { stoppedTasks } from '#diagnostics/checks/stopped-tasks.ts';
import { context, definition, read, revision, service, tasksOf } from './facts.ts';

export function judge(stops: Task[], more: Record<string, unknown> = {}, alive: Task[] = []) {
  const definitions = {
    [revision(1)]: definition(1, [{ name: 'app', memory: 1024 }]),
    [revision(2)]: definition(2),
  };
  const facts = {
    tasks: tasksOf(stops, alive),
    service: read(service()),
    taskDefinitions: read(definitions),
    ...more,
  };
  return stoppedTasks.judge(facts, context);
}

export const causes = (outcome: ReturnType<typeof judge>) =>
  outcome.findings.filter(({ status }) => status !== 'ruled-out').map(({ cause, count }) => [cause, count]);

export const killed: Container[] = [
  { name: 'app', exitCode: 137, reason: 'OutOfMemoryError: Container killed due to memory usage' },
];
export const scaledIn = {
  stopCode: 'ServiceSchedulerInitiated',
  stoppedReason: 'Scaling activity initiated by (deployment ecs-svc/1)',
  startedBy: 'ecs-svc/1',
} as const;
