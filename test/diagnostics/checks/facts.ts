import type {
  Container,
  ContainerDefinition,
  Deployment,
  Service,
  Task,
  TaskDefinition,
} from '@aws-sdk/client-ecs';
import type { JudgeContext } from '#diagnostics/check.ts';
import type { Tasks } from '#diagnostics/facts/tasks.ts';

/** Facts for the tables of the checks: AWS's own shapes, with only what a case is about. */

export const now = new Date('2026-01-01T12:00:00Z');

export const context: JudgeContext = {
  target: {
    environment: 'prod',
    account: '222222222222',
    region: 'us-east-1',
    cluster: 'prod',
    service: 'api',
  },
  scope: { now },
};

export function minutesAgo(minutes: number): Date {
  return new Date(now.getTime() - minutes * 60_000);
}

export function revision(number: number): string {
  return `arn:aws:ecs:us-east-1:222222222222:task-definition/api:${number}`;
}

export function definition(
  number: number,
  containers: ContainerDefinition[] = [{ name: 'app', memory: 512 }],
): TaskDefinition {
  return {
    taskDefinitionArn: revision(number),
    family: 'api',
    revision: number,
    containerDefinitions: containers,
  };
}

let tasksMade = 0;

/** A task of revision 2 that ran for five minutes and stopped `ago` minutes ago. */
export function stopped(
  ago: number,
  task: Partial<Task> = {},
  containers: Container[] = [{ name: 'app', exitCode: 1 }],
): Task {
  tasksMade += 1;
  return {
    taskArn: `arn:aws:ecs:us-east-1:222222222222:task/prod/${String(tasksMade).padStart(32, '0')}`,
    taskDefinitionArn: revision(2),
    group: 'service:api',
    launchType: 'FARGATE',
    lastStatus: 'STOPPED',
    desiredStatus: 'STOPPED',
    stopCode: 'EssentialContainerExited',
    stoppedReason: 'Essential container in task exited',
    startedAt: minutesAgo(ago + 5),
    stoppingAt: minutesAgo(ago),
    stoppedAt: minutesAgo(ago),
    containers,
    ...task,
  };
}

export function running(task: Partial<Task> = {}): Task {
  return { taskDefinitionArn: revision(1), lastStatus: 'RUNNING', desiredStatus: 'RUNNING', ...task };
}

export function tasksOf(stoppedTasks: Task[], runningTasks: Task[] = [], more: Partial<Tasks> = {}): Tasks {
  return {
    stopped: stoppedTasks,
    running: runningTasks,
    stopping: [],
    forgotten: [],
    listed: stoppedTasks.length,
    looked: stoppedTasks.length,
    complete: true,
    runningComplete: true,
    ...more,
  };
}

export function deployment(more: Partial<Deployment> = {}): Deployment {
  return {
    id: 'ecs-svc/1',
    status: 'PRIMARY',
    rolloutState: 'COMPLETED',
    taskDefinition: revision(2),
    createdAt: minutesAgo(600),
    desiredCount: 2,
    runningCount: 2,
    ...more,
  };
}

export function service(more: Partial<Service> = {}): Service {
  return {
    serviceArn: 'arn:aws:ecs:us-east-1:222222222222:service/prod/api',
    serviceName: 'api',
    status: 'ACTIVE',
    desiredCount: 2,
    runningCount: 2,
    pendingCount: 0,
    taskDefinition: revision(2),
    deployments: [deployment()],
    events: [],
    ...more,
  };
}

export function read<Value>(value: Value): { ok: true; value: Value } {
  return { ok: true, value };
}
