import type { Service, Task, TaskDefinition } from '@aws-sdk/client-ecs';
import type { TargetGroup } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { JudgeContext } from '../../check.ts';
import type { PullSizes } from '../../facts/startup/pull-sizes.ts';
import type { SlowStarts } from '../../facts/startup/slow-starts.ts';
import type { TaskDefinitions } from '../../facts/task-definitions.ts';
import { computeOf } from '../../placement/compute.ts';
import { compareStarts, type Starts, slowerThan } from '../../startup/compare.ts';
import { largest, measuredPhases, type StartPhase } from '../../startup/phases.ts';
import { type Ready, readyOf } from '../../startup/ready.ts';

/** How the tasks of a service start, as the judges see it. */
export interface StartPicture extends JudgeContext {
  service: Service;
  starts: Starts;
  definition: TaskDefinition | undefined;
  ready: Ready | undefined;
  /** Undefined where they could not be read, or have not come yet. */
  groups: readonly TargetGroup[] | undefined;
  sizes: PullSizes | undefined;
  /** Settings that decide how long a task waits for its checks could not be read. */
  unread: boolean;
  fargate: boolean;
  /** Seconds of each phase of a usual start. */
  seconds: Partial<Record<StartPhase, number>>;
  total: number;
  most: StartPhase | undefined;
}

interface Parts {
  service: Service;
  tasks: readonly Task[];
  definitions: TaskDefinitions | undefined;
  groups: readonly TargetGroup[] | undefined;
  slow: SlowStarts | undefined;
  sizes: PullSizes | undefined;
  unread: boolean;
}

/** Undefined where no task has a start to measure. */
export function startPictureOf(
  { service, tasks, definitions = {}, groups, slow = {}, sizes, unread }: Parts,
  context: JudgeContext,
): StartPicture | undefined {
  const starts = compareStarts(tasks, service, context.scope.now);
  if (!starts) return undefined;
  const [first] = starts.newest.tasks;
  const definition = definitions[first?.taskDefinitionArn ?? ''];
  const ready = readyOf(definition, groups ?? [], slow);
  const seconds: StartPicture['seconds'] = {};
  for (const phase of measuredPhases) {
    const measured = starts.newest.phases[phase];
    if (measured) seconds[phase] = measured.median;
  }
  if (ready) seconds.ready = ready.seconds;
  return {
    ...context,
    service,
    starts,
    definition,
    ready,
    groups,
    sizes,
    unread,
    fargate: computeOf(service).kind === 'fargate',
    seconds,
    total: Object.values(seconds).reduce((sum, value) => sum + value, 0),
    most: largest(seconds),
  };
}

const longAtLeast = 120;
const shareAtLeast = 0.4;

/**
 * The phase that is worth changing: the one that takes most, where the whole takes long or that phase has become much
 * slower than it was. A start that is neither is nobody's problem.
 */
export function slowPhase(picture: StartPicture): StartPhase | undefined {
  const { most, seconds, total, starts } = picture;
  if (most === undefined) return undefined;
  const share = (seconds[most] ?? 0) / Math.max(1, total);
  const grown = slowerThan(starts).some(({ phase }) => phase === most);
  return grown || (total >= longAtLeast && share >= shareAtLeast) ? most : undefined;
}
