import type { ContainerInstance, Task, TaskDefinition } from '@aws-sdk/client-ecs';
import { taskId } from '../../facts/log-location.ts';
import type { TaskDefinitions } from '../../facts/task-definitions.ts';
import { type Block, blocksOf } from '../../pending/dependencies.ts';
import {
  elapsed,
  isStuck,
  type Normal,
  normalOf,
  type Phase,
  phaseWords,
  type Station,
  stationOf,
} from '../../pending/phases.ts';
import type { LogTail } from '../../report.ts';
import type { PhaseRow } from '../../waiting-details.ts';
import { revisionOf } from '../../words.ts';

/** A task on its way, with what holds it. */
export interface Waiting {
  task: Task;
  station: Station;
  normal: Normal;
  /** Of the containers that are waited for, the one that matters. */
  block?: Block;
  /** The instance that it was placed on, where that is known. */
  instance?: ContainerInstance;
  stuck: boolean;
}

interface Known {
  running: readonly Task[];
  stopped: readonly Task[];
  definitions: TaskDefinitions;
  instances: readonly ContainerInstance[];
  logs: readonly LogTail[];
  now: Date;
}

/** Every task that has not started yet, the one that has stood longest first. */
export function waitingTasks(known: Known): Waiting[] {
  const { running, stopped, now } = known;
  const history = [...running, ...stopped];
  const normals = new Map<Phase, Normal>();
  return running
    .flatMap((task): Waiting[] => {
      const station = stationOf(task);
      if (!station) return [];
      const normal = normals.get(station.phase) ?? normalOf(station.phase, history);
      normals.set(station.phase, normal);
      return [held({ task, station, normal, stuck: isStuck(task, station, normal, now) }, known)];
    })
    .sort((a, b) => elapsed(b.station, now) - elapsed(a.station, now));
}

function held(waiting: Waiting, { definitions, instances, logs, now }: Known): Waiting {
  const { task, station } = waiting;
  const instance = instances.find(
    ({ containerInstanceArn }) => containerInstanceArn === task.containerInstanceArn,
  );
  const definition = definitions[task.taskDefinitionArn ?? ''];
  const blocks = station.phase === 'create' && definition ? blocksOf(task, definition) : [];
  const judged = blocks.map((block) => ({
    block,
    stuck: definition ? isBlocked(waiting, block, definition, logs, now) : waiting.stuck,
  }));
  const { block, stuck } = decisive(judged) ?? { stuck: waiting.stuck };
  return { ...waiting, stuck, ...(block && { block }), ...(instance && { instance }) };
}

/** What is stuck before what is not, and what the graph or a health check says before a container that only runs. */
function decisive<Judged extends { block: Block; stuck: boolean }>(
  judged: readonly Judged[],
): Judged | undefined {
  const rank = ({ block, stuck }: Judged) => Number(!stuck) * 2 + Number(block.reason === 'still-running');
  return [...judged].sort((a, b) => rank(a) - rank(b))[0];
}

/** A container that wrote this recently is at work. Milliseconds. */
const freshLine = 5 * 60_000;
/** Seconds that ECS gives a dependency where startTimeout is not set. Source: ContainerDefinition.startTimeout. */
const defaultStartTimeout = 180;

function isBlocked(
  { task, station, stuck }: Waiting,
  { container, reason, timeout }: Block,
  definition: TaskDefinition,
  logs: readonly LogTail[],
  now: Date,
): boolean {
  const seconds = elapsed(station, now);
  // The graph alone decides these: waiting longer changes nothing.
  const decided = ['no-health-check', 'cycle', 'missing', 'failed'];
  if (decided.includes(reason)) return true;
  if (reason === 'unhealthy') return stuck;
  if (reason === 'still-running') {
    if (!stuck || seconds <= (timeout ?? defaultStartTimeout)) return false;
    const own = logOf(task, container, logs);
    // Where its own log was not read, another task at the same work speaks for it.
    const telling = own ? [own] : logs.filter((tail) => tail.container === container);
    return !telling.some(({ lines }) => isFresh(lines.at(-1)?.at, now));
  }
  if (reason === 'not-started') return stuck;
  const check = definition.containerDefinitions?.find(({ name }) => name === container)?.healthCheck;
  // Source: HealthCheck: startPeriod, then up to `retries` checks that fail, each `interval` after the other.
  const allowed = (check?.startPeriod ?? 0) + (check?.interval ?? 30) * (check?.retries ?? 3);
  return stuck && seconds > allowed;
}

function isFresh(at: string | undefined, now: Date): boolean {
  return at !== undefined && now.getTime() - Date.parse(at) <= freshLine;
}

/** The log of one container of one task, where it was read. */
export function logOf(task: Task, container: string, logs: readonly LogTail[]): LogTail | undefined {
  const id = taskId(task);
  return logs.find((tail) => tail.container === container && tail.task === id);
}

/** Tasks that stand alike, as one row. */
export function phaseRows(waiting: readonly Waiting[], now: Date): PhaseRow[] {
  const groups = Map.groupBy(waiting, ({ task, station, block, stuck }) =>
    [station.phase, task.taskDefinitionArn, block?.container, block?.reason, stuck].join(' '),
  );
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const { task, station, normal, block, stuck } = first;
    const attachment = station.attachment === undefined ? '' : ` (${station.attachment})`;
    return [
      {
        phase: station.phase,
        text: phaseWords[station.phase],
        count: group.length,
        task: taskId(task),
        revision: revisionOf(task.taskDefinitionArn),
        status: `${task.lastStatus ?? 'UNKNOWN'}${attachment}`,
        since: station.since?.toISOString(),
        seconds: Math.round(elapsed(station, now)),
        normal: normal.median === undefined ? undefined : Math.round(normal.median),
        samples: normal.samples,
        limit: Math.round(normal.limit),
        stuck,
        waitsFor: block && blockInWords(block),
      },
    ];
  });
}

const wanted: Record<Block['condition'], string> = {
  START: 'to start',
  COMPLETE: 'to end',
  SUCCESS: 'to end with exit code 0',
  HEALTHY: 'to be HEALTHY',
};

/** `app waits for migrate to end with exit code 0, which is still running` */
export function blockInWords({ container, condition, waiting, reason, exitCode }: Block): string {
  const ended = exitCode === undefined ? 'without an exit code' : `with exit code ${exitCode}`;
  const why: Record<Block['reason'], string> = {
    'no-health-check': `, which has no health check in the task definition and so can never be`,
    unhealthy: ', which is UNHEALTHY',
    'not-healthy-yet': ', which is not yet',
    'still-running': ', which is still running',
    failed: `, which has ended ${ended}`,
    'not-started': ', which has not started',
    cycle: ', which waits for it in turn',
    missing: ', which the task definition does not have',
  };
  return `${waiting.join(' and ')} ${waiting.length === 1 ? 'waits' : 'wait'} for ${container} ${wanted[condition]}${why[reason]}`;
}
