import type { Task } from '@aws-sdk/client-ecs';
import type { GroupMetrics } from '../../facts/health-metrics.ts';
import { checkWords, type JoinedGroup, type JoinedTarget, portOf, shortTask } from '../../health/join.ts';
import { reasonWords, type Standing } from '../../health/states.ts';
import type { Health, HealthGroup, HealthTarget } from '../../health-details.ts';
import type { Picture } from './picture.ts';

const targetsAtMost = 20;

/** The picture as the report shows it. */
export function healthDetails(picture: Picture, delays: Readonly<Record<string, string>>): Health {
  const { groups, containers, timing, metrics, context } = picture;
  const { starts: _, ...shown } = timing ?? { starts: [] };
  return {
    groups: groups.map((group) => groupRow(group, context.scope.now, delays)),
    containers,
    ...(timing && { timing: shown as Omit<typeof timing, 'starts'> }),
    ...metricsOf(metrics, context.scope.now),
  };
}

const order: Standing[] = ['unhealthy', 'unused', 'unchecked', 'unknown', 'starting', 'leaving', 'healthy'];

function groupRow(group: JoinedGroup, now: Date, delays: Readonly<Record<string, string>>): HealthGroup {
  const sorted = group.targets.toSorted((a, b) => order.indexOf(a.standing) - order.indexOf(b.standing));
  const staying = group.targets.filter(({ standing }) => standing !== 'leaving');
  return {
    name: group.name,
    arn: group.arn,
    check: checkWords(group.group, portOf(group)),
    healthy: staying.filter(({ standing }) => standing === 'healthy').length,
    total: staying.length,
    leaving: group.targets.length - staying.length,
    idle: group.idle ?? false,
    failsOpen: failsOpen(group),
    targets: sorted.slice(0, targetsAtMost).map((target) => targetRow(target, now, delays[group.arn])),
  };
}

/** With no healthy target in any zone a load balancer sends to all targets. Source: ELB User Guide, "Target group health". */
export function failsOpen({ targets }: JoinedGroup): boolean {
  const count = (standing: Standing) => targets.filter((target) => target.standing === standing).length;
  return count('healthy') === 0 && count('starting') === 0 && count('unhealthy') > 0;
}

function targetRow(joined: JoinedTarget, now: Date, delay: string | undefined): HealthTarget {
  const { description, standing, task } = joined;
  const { Target: target, TargetHealth: health } = description;
  const seconds = ageOf(task, now);
  const wait = standing === 'leaving' && delay !== undefined ? `, for ${delay} s at most` : '';
  return {
    target: `${target?.Id ?? '?'}:${target?.Port ?? '?'}`,
    ...(task && { task: shortTask(task) }),
    ...(target?.AvailabilityZone !== undefined && { zone: target.AvailabilityZone }),
    state: health?.State ?? 'unknown',
    ...(health?.Reason !== undefined && { reason: health.Reason }),
    says: standing === 'healthy' ? 'passes its check' : `${reasonWords(description)}${wait}`,
    ...(seconds !== undefined && { age: seconds }),
  };
}

function ageOf(task: Task | undefined, now: Date): number | undefined {
  if (!task?.startedAt) return undefined;
  return Math.max(0, Math.round((now.getTime() - task.startedAt.getTime()) / 1000));
}

/** Minutes that the numbers beside the answer cover. */
const recent = 15;

function metricsOf(metrics: readonly GroupMetrics[], now: Date): Pick<Health, 'metrics'> {
  const from = now.getTime() - recent * 60_000;
  const lately = (key: 'responseTime' | 'serverErrors' | 'connectionErrors') =>
    metrics.flatMap((each) => each[key]).filter(({ at }) => at.getTime() >= from);
  const all = metrics.flatMap(({ healthy, unhealthy }) => [...healthy, ...unhealthy]);
  if (all.length === 0 && lately('responseTime').length === 0) return {};
  const sum = (key: 'serverErrors' | 'connectionErrors') =>
    lately(key).reduce((total, { value }) => total + value, 0);
  const times = lately('responseTime').map(({ value }) => value);
  const since = unhealthySince(metrics);
  return {
    metrics: {
      minutes: recent,
      ...(times.length > 0 && { p99: Math.max(...times) }),
      serverErrors: sum('serverErrors'),
      connectionErrors: sum('connectionErrors'),
      ...(since !== undefined && { unhealthySince: since.toISOString() }),
    },
  };
}

/** The first minute of the unbroken run of unhealthy ones that lasts until now. */
function unhealthySince(metrics: readonly GroupMetrics[]): Date | undefined {
  const begins = metrics.flatMap(({ unhealthy }) => {
    const lastGood = unhealthy.findLastIndex(({ value }) => value === 0);
    return unhealthy[lastGood + 1]?.at ?? [];
  });
  return begins.sort((a, b) => a.getTime() - b.getTime())[0];
}
