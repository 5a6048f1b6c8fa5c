import type { Service, Task, TaskDefinition } from '@aws-sdk/client-ecs';
import type { Rule } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { JudgeContext } from '../../check.ts';
import type { GroupMetrics } from '../../facts/health-metrics.ts';
import type { TargetGroupHealth } from '../../facts/target-health.ts';
import type { TaskDefinitions } from '../../facts/task-definitions.ts';
import type { Tasks } from '../../facts/tasks.ts';
import { containerChecks } from '../../health/container-check.ts';
import { type JoinedGroup, joinGroups } from '../../health/join.ts';
import { type MeasuredStart, timingOf } from '../../health/timing.ts';
import type { ContainerHealth, Timing } from '../../health-details.ts';

/** Everything that is known of the health of a service, joined: what the judgements below look at. */
export interface Picture {
  service: Service;
  groups: JoinedGroup[];
  /** Undefined where the tasks could not be read. */
  tasks: Tasks | undefined;
  definitions: TaskDefinitions;
  timing: (Timing & { starts: MeasuredStart[] }) | undefined;
  containers: ContainerHealth[];
  metrics: readonly GroupMetrics[];
  context: JudgeContext;
}

interface Read {
  service: Service;
  targetHealth: readonly TargetGroupHealth[] | undefined;
  tasks: Tasks | undefined;
  definitions: TaskDefinitions | undefined;
  hosts: Record<string, string> | undefined;
  metrics: readonly GroupMetrics[] | undefined;
  rules: readonly Rule[] | undefined;
}

export function pictureOf(read: Read, context: JudgeContext): Picture {
  const { service, tasks, definitions = {}, metrics = [] } = read;
  const alive = tasks ? [...tasks.running, ...tasks.stopping, ...tasks.stopped] : [];
  const groups = joinGroups(read.targetHealth ?? [], {
    service,
    tasks: alive,
    hosts: read.hosts ?? {},
    definitions,
    weights: weightsOf(read.rules ?? []),
  });
  return {
    service,
    groups,
    tasks,
    definitions,
    timing: timingFor(service, groups, tasks, metrics),
    containers: containerChecks(tasks?.running.filter(isUp) ?? [], definitions),
    metrics,
    context,
  };
}

function timingFor(
  service: Service,
  groups: readonly JoinedGroup[],
  tasks: Tasks | undefined,
  metrics: readonly GroupMetrics[],
) {
  const group = servingOf(groups)[0];
  if (!group?.group || group.group.HealthCheckEnabled === false) return undefined;
  return timingOf({
    service,
    group: group.group,
    healthy: group.targets.flatMap(({ standing, task }) => (standing === 'healthy' && task ? [task] : [])),
    stopped: tasks?.stopped ?? [],
    metrics: metrics.find((each) => each.group === group.arn),
  });
}

/** The groups whose targets matter now: the idle one of a blue/green pair does not. */
export function servingOf(groups: readonly JoinedGroup[]): JoinedGroup[] {
  return groups.filter(({ idle }) => idle !== true);
}

/**
 * The groups whose failing checks are looked behind: those that serve, and one that waits where tasks of the newest
 * deployment fail in it, which gets no traffic before they pass.
 */
export function checkedOf({ groups, service }: Picture): JoinedGroup[] {
  const newest = service.deployments?.find(({ status }) => status === 'PRIMARY')?.id;
  return groups.filter(
    ({ idle, targets }) =>
      idle !== true ||
      targets.some(
        ({ standing, task }) =>
          standing === 'unhealthy' && newest !== undefined && task?.startedBy === newest,
      ),
  );
}

export function isUp({ lastStatus }: Task): boolean {
  return lastStatus === 'RUNNING';
}

export function definitionOf({ service, definitions }: Picture): TaskDefinition | undefined {
  const primary = service.deployments?.find(({ status }) => status === 'PRIMARY');
  return definitions[primary?.taskDefinition ?? service.taskDefinition ?? ''];
}

/** The share of traffic of each target group, as the production rules forward it. */
function weightsOf(rules: readonly Rule[]): Map<string, number> {
  const weights = new Map<string, number>();
  for (const { ForwardConfig, TargetGroupArn } of rules.flatMap(({ Actions }) => Actions ?? [])) {
    for (const { TargetGroupArn: arn = '', Weight = 1 } of ForwardConfig?.TargetGroups ?? [])
      weights.set(arn, Weight);
    if (!ForwardConfig && TargetGroupArn) weights.set(TargetGroupArn, 1);
  }
  return weights;
}
