import type { Task } from '@aws-sdk/client-ecs';
import type { Tooth } from '../../perf/memory-trend.ts';
import { readStop, type Stop } from '../../stops.ts';
import type { Picture } from './picture.ts';

const minute = 60_000;
/** A minute's point may be sent two minutes late, and a task takes half a minute to go. */
export const beside = 3 * minute;
/** ECS remembers a stopped task for about an hour: of a fall before that its stops say nothing. */
const remembered = 55 * minute;
/** Of the limit: points of a minute miss the last seconds before it. */
const reachedAt = 0.97;

/** What shows that a process ended where memory fell, the surest that is known of any of the climbs. */
export type ClimbEnd =
  | { by: 'oom'; stop: Stop }
  /** A task failed in that minute, or a container was started anew within its task. */
  | { by: 'stop' | 'restart' }
  /** It was at its limit, and nobody remembers whether anything stopped then. */
  | { by: 'limit' }
  /** It was below its limit, or nothing stopped: a heap that is collected late looks the same. */
  | { by: 'nothing' };

/** How climbs came to their end. Memory that falls has not yet killed anything. */
export function climbEnd(picture: Picture, climbed: readonly Tooth[]): ClimbEnd {
  const { stops, definitions, service, usage, limit, scope } = picture;
  const near = (tooth: Tooth) => (stops ?? []).filter((task) => isBeside(task, tooth));
  const read = climbed.flatMap(near).map((task) => readStop(task, definitions, { service }));
  const oom = read.find(isOom);
  if (oom) return { by: 'oom', stop: oom };
  // A task that is taken away for want of work takes its memory with it, and so does one that is replaced.
  if (read.some(({ explanations: [{ severity }] }) => severity !== 'info')) return { by: 'stop' };
  const restarts = (usage.insights?.restarts ?? []).filter(({ value }) => value > 0);
  if (climbed.some((tooth) => restarts.some(({ at }) => isNear(at, tooth)))) return { by: 'restart' };
  const isSeen = ({ to }: Tooth) => stops !== undefined && scope.now.getTime() - to.getTime() < remembered;
  if (climbed.some(isSeen)) return { by: 'nothing' };
  const reached = climbed.some(
    ({ peak }) => limit.kind !== 'instance' && peak >= reachedAt * (limit.percent ?? 100),
  );
  return { by: reached ? 'limit' : 'nothing' };
}

function isOom({ explanations: [{ cause }] }: Stop): boolean {
  return cause.startsWith('oom-');
}

/** A task that stopped when the metric fell. */
function isBeside(task: Task, tooth: Tooth): boolean {
  return isNear(task.executionStoppedAt ?? task.stoppingAt ?? task.stoppedAt, tooth);
}

function isNear(at: Date | undefined, { to }: Tooth): boolean {
  return at !== undefined && Math.abs(at.getTime() - to.getTime()) <= beside;
}
