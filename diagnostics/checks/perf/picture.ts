import type { Service, Task, TaskDefinition } from '@aws-sdk/client-ecs';
import type { JudgeContext } from '../../check.ts';
import type { ServiceUsage } from '../../facts/perf/usage.ts';
import type { TaskDefinitions } from '../../facts/task-definitions.ts';
import { type MemoryLimit, memoryLimitOf } from '../../perf/limits.ts';
import { latest, meanOf, type Summary, summaryOf } from '../../perf/series.ts';
import { computeOf } from '../../placement/compute.ts';
import type { Evidence } from '../../report.ts';
import { duration, revisionOf } from '../../words.ts';

/** What is known of a service's use of CPU and memory, as the judges see it. */
export interface Picture extends JudgeContext {
  service: Service;
  usage: ServiceUsage;
  /** Of the task definition that the service runs. */
  definition: TaskDefinition | undefined;
  definitions: TaskDefinitions;
  revision: string;
  limit: MemoryLimit;
  fargate: boolean;
  running: number;
  desired: number;
  /** Behind a load balancer: somebody waits for its answers. */
  serves: boolean;
  /** Undefined where they could not be read, or have not come yet. */
  stops: readonly Task[] | undefined;
  cpu: Summary | undefined;
  memory: Summary | undefined;
  /** Means of the last quarter of an hour over all tasks, percent; undefined where the newest number is old. */
  cpuNow: number | undefined;
  memoryNow: number | undefined;
  /** Deployments of the service that are known, newest first, with the time they began. */
  deployedAt: readonly number[];
}

interface Parts {
  service: Service;
  usage: ServiceUsage;
  definitions: TaskDefinitions | undefined;
  stops: readonly Task[] | undefined;
}

/** Minutes that count as now: long enough that one slow minute is none. */
export const lately = 15;

export function pictureOf(
  { service, usage, definitions = {}, stops }: Parts,
  context: JudgeContext,
): Picture {
  const definition = definitions[service.taskDefinition ?? ''];
  const now = (points: ServiceUsage['samples']) => {
    const newest = points.at(-1)?.at.getTime();
    // A point has the time at which its period begins.
    const isOld = newest === undefined || usage.to.getTime() - newest > lately * 60_000 + usage.period * 1000;
    return isOld ? undefined : meanOf(latest(points, lately));
  };
  return {
    ...context,
    service,
    usage,
    definition,
    definitions,
    revision: revisionOf(service.taskDefinition),
    limit: memoryLimitOf(definition),
    fargate: computeOf(service).kind === 'fargate',
    running: service.runningCount ?? 0,
    desired: service.desiredCount ?? 0,
    serves: (service.loadBalancers ?? []).length > 0,
    stops,
    cpu: summaryOf(usage.cpu.maximum),
    memory: summaryOf(usage.memory.maximum),
    cpuNow: now(usage.cpu.average),
    memoryNow: now(usage.memory.average),
    deployedAt: (service.deployments ?? []).flatMap(({ createdAt }) => createdAt?.getTime() ?? []),
  };
}

/** `3 hours`, how far back the numbers go. */
export function perfSpan({ usage }: Pick<Picture, 'usage'>): string {
  return duration(usage.to.getTime() - usage.from.getTime());
}

/** A number that CloudWatch has, with the command that shows the same series. */
export function metricEvidence(
  { target, usage }: Pick<Picture, 'target' | 'usage'>,
  { metric, statistic, value, at }: { metric: string; statistic: string; value: string; at?: Date },
): Evidence {
  const dimensions = `Name=ClusterName,Value=${target.cluster} Name=ServiceName,Value=${target.service}`;
  return {
    api: 'cloudwatch:GetMetricData',
    field: `AWS/ECS ${metric} ${statistic}`,
    value,
    ...(at && { at: at.toISOString() }),
    cli: `aws cloudwatch get-metric-statistics --namespace AWS/ECS --metric-name ${metric} --dimensions ${dimensions} --start-time ${usage.from.toISOString()} --end-time ${usage.to.toISOString()} --period ${usage.period} --statistics ${statistic} --region ${target.region}`,
  };
}
