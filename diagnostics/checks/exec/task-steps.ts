import type { Service, Task, TaskDefinition } from '@aws-sdk/client-ecs';
import { describeTask } from '../../by-hand.ts';
import type { Evidence, Target } from '../../report.ts';
import { duration, idOf, listed } from '../../words.ts';
import { advice, blocked, met, open, type Step } from './step.ts';

/** What ECS itself says of a task. */
export interface Seen {
  target: Target;
  now: Date;
  task: Task;
  /** Absent where it could not be read. */
  definition?: TaskDefinition | undefined;
  service?: Service | undefined;
  /** Of the agent on the task's instance; absent on Fargate, and where it could not be read. */
  agentVersion?: string | undefined;
  /** The container that is meant. */
  container: string;
}

/** What the task's own description decides, in the order that a session needs it. */
export function taskSteps(seen: Seen): Step[] {
  return [isRunning(seen), isEnabled(seen), isNewEnough(seen), hasAgent(seen)];
}

function evidence({ target, task }: Seen, field: string, value: string): Evidence {
  const id = idOf(task.taskArn);
  return { api: 'ecs:DescribeTasks', field, value, cli: describeTask(target, id) };
}

function isRunning(seen: Seen): Step {
  const status = seen.task.lastStatus ?? 'unknown';
  if (status === 'RUNNING') return met('Task', 'RUNNING');
  return blocked('Task', 'exec-task-not-running', `is ${status}; a session needs one that is RUNNING`, [
    evidence(seen, 'tasks[0].lastStatus', status),
  ]);
}

/** The service's setting reaches a task when it is started, and never later. */
function isEnabled(seen: Seen): Step {
  const { task, service } = seen;
  if (task.enableExecuteCommand) return met('Exec', 'on for this task');
  const why = service?.enableExecuteCommand
    ? 'is on for the service, and this task was started before that: only new tasks have it'
    : 'is off for this task; a task that runs never gains it';
  return blocked('Exec', 'exec-not-enabled', why, [
    evidence(seen, 'tasks[0].enableExecuteCommand', String(task.enableExecuteCommand ?? false)),
  ]);
}

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html names these versions. */
const versions = { fargate: '1.4.0', windowsFargate: '1.0.0', agent: '1.50.2', windowsAgent: '1.56.0' };

function isNewEnough(seen: Seen): Step {
  const { task, agentVersion } = seen;
  const { launchType, platformVersion } = task;
  const windows = /windows/i.test(task.platformFamily ?? '');
  // Fargate's tasks have a platform version, whatever their launch type will be called.
  if (platformVersion !== undefined) {
    const needed = windows ? versions.windowsFargate : versions.fargate;
    if (!isOlder(platformVersion, needed)) return met('Platform', `Fargate ${platformVersion}`);
    return blocked(
      'Platform',
      'exec-platform-too-old',
      `Fargate ${platformVersion} is older than ${needed}`,
      [evidence(seen, 'tasks[0].platformVersion', platformVersion)],
    );
  }
  if (launchType === 'FARGATE') return open('Platform', 'has no version yet', 'the task, once it is placed');
  // On instances that AWS manages the agent is AWS's as well.
  if (launchType !== 'EC2' && launchType !== 'EXTERNAL')
    return advice(
      'Platform',
      `${launchType ?? 'of no launch type'}: its agent is not the account's to update`,
    );
  if (agentVersion === undefined)
    return open('Agent', 'of ECS: its version was not read', 'versionInfo.agentVersion of the instance');
  const needed = windows ? versions.windowsAgent : versions.agent;
  if (!isOlder(agentVersion, needed)) return met('Agent', `ECS agent ${agentVersion}`);
  return blocked('Agent', 'exec-platform-too-old', `ECS agent ${agentVersion} is older than ${needed}`, [
    { api: 'ecs:DescribeContainerInstances', field: 'versionInfo.agentVersion', value: agentVersion },
  ]);
}

function isOlder(version: string, needed: string): boolean {
  const [own, other] = [version, needed].map((text) => text.split('.').map(Number));
  const index = (other ?? []).findIndex((part, at) => part !== (own?.[at] ?? 0));
  return index >= 0 && (own?.[index] ?? 0) < (other?.[index] ?? 0);
}

/** The agent usually runs within a minute or two of the container. */
const agentComesWithin = 2 * 60_000;

/** Agents are matched by the container's name: a container without one must not shift the others. */
function hasAgent(seen: Seen): Step {
  const { task, container, now } = seen;
  const own = task.containers?.find(({ name }) => name === container);
  const agent = own?.managedAgents?.find(({ name }) => name === 'ExecuteCommandAgent');
  const said = (value: string) => [evidence(seen, `containers[${container}].managedAgents`, value)];
  if (!task.enableExecuteCommand || task.lastStatus !== 'RUNNING')
    return open('Exec agent', 'comes only with a running task that has Exec on', 'the steps before');
  if (!own) {
    const names = listed((task.containers ?? []).flatMap(({ name }) => name ?? []));
    return open(
      'Exec agent',
      `of ${container}: the task has no such container; it has ${names}`,
      'a name of these',
    );
  }
  if (!agent)
    return blocked(
      'Exec agent',
      'exec-agent-stopped',
      `is missing from ${container}`,
      said('none for this container'),
    );
  const { lastStatus = 'unknown', reason, lastStartedAt } = agent;
  const started = lastStartedAt ? `, last started at ${lastStartedAt.toISOString()}` : '';
  const because = `${lastStatus === 'PENDING' ? '' : started}${reason ? `: ${reason}` : ''}`;
  if (lastStatus === 'RUNNING')
    return met('Exec agent', `runs in ${container}${wasRestarted(seen, lastStartedAt) ? started : ''}`);
  if (lastStatus !== 'PENDING')
    return blocked(
      'Exec agent',
      'exec-agent-stopped',
      `is ${lastStatus} in ${container}${because}`,
      said(`${lastStatus}${because}`),
    );
  const age = now.getTime() - (task.startedAt ?? now).getTime();
  return age < agentComesWithin
    ? open('Exec agent', `is PENDING in ${container}, as in the first minute or two`, 'a look in a minute')
    : blocked(
        'Exec agent',
        'exec-agent-stopped',
        `is still PENDING in ${container} after ${duration(age)}${because}`,
        said(lastStatus),
      );
}

/** An agent that began long after its container has ended before; ECS starts it again by itself. */
function wasRestarted({ task: { startedAt } }: Seen, lastStartedAt: Date | undefined): boolean {
  if (!startedAt || !lastStartedAt) return false;
  return lastStartedAt.getTime() - startedAt.getTime() > agentComesWithin;
}
