import type { IpPermission } from '@aws-sdk/client-ec2';
import type { Task } from '@aws-sdk/client-ecs';
import type { TargetHealth } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { World } from '#sandbox/aws/world.ts';
import type { Place } from '../incident.ts';
import { type Balancer, balancerOf } from './balancer.ts';
import { deployed, type Version } from './deployed.ts';
import { eventsOf } from './events.ts';
import { type Line, logGroup, logOf } from './log.ts';
import { mergeWorlds } from './merge.ts';
import { launched } from './release.ts';
import { serviceWorld } from './service.ts';
import { lettingIn } from './shared-network.ts';
import { stoppedBy } from './stop.ts';
import { after, before, days } from './times.ts';

interface FailedChecks {
  service: string;
  good: Version;
  bad: Version;
  path?: string;
  /** The load balancer in front of it, unless it is the environment's with a target group for the path. */
  balancer?: Balancer;
  /** What the security group of its tasks lets in; absent: the load balancer. */
  letsIn?: IpPermission[];
  /** Seconds that a task runs before ECS stops it. */
  lives: number;
  gracePeriod?: number;
  /** What the load balancer finds; its description is also the reason in the events. */
  health: TargetHealth;
  /** What each task of the new revision writes. */
  says: readonly Line[];
  /** Minutes ago that each task was started, oldest first; the last of them still runs. */
  starts?: readonly number[];
}

/** A deployment whose tasks run, fail the load balancer's check and are replaced, while the old ones serve. */
export function failedChecks(place: Place, now: Date, story: FailedChecks): Partial<World> {
  const ago = before(now);
  const { service, health, lives, says, starts = [21, 15, 8, 0.9] } = story;
  const balancer = story.balancer ?? balancerOf(place, service, { path: story.path });
  const good = deployed(place, now, service, story.good);
  const bad = deployed(place, now, service, {
    ...story.bad,
    outcome: 'in-progress',
    failedTasks: starts.length - 1,
  });
  const serving = [0, 1].map((number) => launched(good, number, after(good.startedAt, 2)));
  const tried = starts.map((minutes, index) => launched(bad, 10 + index, ago(minutes)));
  const failed = tried.slice(0, -1).map((task) =>
    stoppedBy(task, {
      stopCode: 'ServiceSchedulerInitiated',
      stoppedReason: `Task failed ELB health checks in (target-group ${balancer.arn})`,
      at: after(task.startedAt ?? now, lives),
      ends: { app: { exitCode: 143 } },
    }),
  );
  const trying = tried.slice(-1);
  const say = eventsOf(service);
  return mergeWorlds([
    serviceWorld(place, now, {
      desired: 2,
      createdAt: ago(days(420)),
      releases: [good, bad],
      tasks: [...serving, ...failed, ...trying],
      replacements: [...failed.slice(1), ...trying],
      events: failed.map((task) =>
        say.unhealthyTarget(
          after(task.stoppingAt ?? now, -1.8),
          task,
          8080,
          balancer.arn,
          health.Description ?? '',
        ),
      ),
      balancer,
      targets: trying.map((task) => ({ task, health })),
      percent: { minimum: 100, maximum: 150 },
      gracePeriod: story.gracePeriod,
    }),
    story.letsIn ? lettingIn(place, service, story.letsIn) : {},
    {
      logGroups: [
        logGroup(
          service,
          [...failed, ...trying].flatMap((task) => written(task, says, now)),
        ),
      ],
    },
  ]);
}

function written(task: Task, says: readonly Line[], now: Date) {
  const until = task.executionStoppedAt ?? now;
  const lines = says.filter(([seconds]) => after(task.startedAt ?? now, seconds) < until);
  return lines.length > 0 && task.startedAt && task.startedAt < now ? [logOf(task, 'app', lines)] : [];
}
