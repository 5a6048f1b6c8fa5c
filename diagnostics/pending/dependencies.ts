import type { Container, ContainerDefinition, Task, TaskDefinition } from '@aws-sdk/client-ecs';

/** What keeps containers of a task from being started. */
export interface Block {
  /** The container that is waited for, at the root of the chain. */
  container: string;
  condition: 'START' | 'COMPLETE' | 'SUCCESS' | 'HEALTHY';
  /** The containers that wait, nearest first. */
  waiting: string[];
  reason:
    | 'no-health-check'
    | 'unhealthy'
    | 'not-healthy-yet'
    | 'still-running'
    | 'failed'
    | 'not-started'
    | 'cycle'
    | 'missing';
  /** Of one that has ended. */
  exitCode?: number;
  /** Seconds that the waiting container allows, where its definition says. */
  timeout?: number;
}

/**
 * Walks the dependsOn graph from every container that has not started down to the one that really blocks.
 * Source: ECS API, ContainerDependency. Blocks by the container that causes them, each once.
 */
export function blocksOf(task: Task, definition: TaskDefinition): Block[] {
  const defined = new Map((definition.containerDefinitions ?? []).map((each) => [each.name ?? '', each]));
  const found = [...defined.keys()]
    .filter((name) => isWaiting(task, name))
    .flatMap((name) => walk(task, defined, name, []));
  const byRoot = new Map<string, Block>();
  for (const block of found) {
    const known = byRoot.get(block.container);
    if (known) known.waiting = [...new Set([...known.waiting, ...block.waiting])];
    else byRoot.set(block.container, { ...block });
  }
  return [...byRoot.values()];
}

function containerOf(task: Task, name: string): Container | undefined {
  return task.containers?.find((container) => container.name === name);
}

function statusOf(task: Task, name: string): string {
  return containerOf(task, name)?.lastStatus ?? 'PENDING';
}

function isWaiting(task: Task, name: string): boolean {
  return statusOf(task, name) === 'PENDING' || statusOf(task, name) === 'CREATED';
}

function walk(
  task: Task,
  defined: ReadonlyMap<string, ContainerDefinition>,
  name: string,
  above: readonly string[],
): Block[] {
  const path = [name, ...above];
  return (defined.get(name)?.dependsOn ?? []).flatMap(({ containerName = '', condition = 'START' }) => {
    const block = {
      container: containerName,
      condition,
      waiting: path,
      timeout: defined.get(name)?.startTimeout,
      exitCode: containerOf(task, containerName)?.exitCode,
    };
    if (path.includes(containerName)) return [{ ...block, reason: 'cycle' as const }];
    const dependency = defined.get(containerName);
    if (!dependency) return [{ ...block, reason: 'missing' as const }];
    const reason = reasonOf(task, dependency, condition);
    if (reason === undefined) return [];
    if (reason !== 'not-started') return [{ ...block, reason }];
    // It has not started itself: what it waits for is nearer to the cause.
    const deeper = walk(task, defined, containerName, path);
    return deeper.length > 0 ? deeper : [{ ...block, reason }];
  });
}

/** Undefined where the condition is met. */
function reasonOf(
  task: Task,
  dependency: ContainerDefinition,
  condition: Block['condition'],
): Block['reason'] | undefined {
  const name = dependency.name ?? '';
  const container = containerOf(task, name);
  const status = statusOf(task, name);
  // No start of it can ever make it healthy, so the graph alone decides.
  if (condition === 'HEALTHY' && !dependency.healthCheck?.command?.length) return 'no-health-check';
  if (status === 'PENDING' || status === 'CREATED') return 'not-started';
  if (condition === 'START') return undefined;
  const ended = status === 'STOPPED';
  if (condition === 'HEALTHY') {
    // What its last check said holds no longer.
    if (ended) return 'failed';
    if (container?.healthStatus === 'HEALTHY') return undefined;
    return container?.healthStatus === 'UNHEALTHY' ? 'unhealthy' : 'not-healthy-yet';
  }
  if (!ended) return 'still-running';
  return condition === 'SUCCESS' && container?.exitCode !== 0 ? 'failed' : undefined;
}
