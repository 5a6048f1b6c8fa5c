import { defineCheck, type Outcome } from '../check.ts';
import { readOf, type Settled } from '../fact.ts';
import { containerInsights } from '../facts/perf/container-insights.ts';
import { type Hosts, serviceHosts } from '../facts/perf/host-usage.ts';
import { recentStops } from '../facts/perf/recent-stops.ts';
import {
  scalableTarget,
  scalingAlarms,
  scalingPolicies,
  serviceScalingActivities,
} from '../facts/perf/scaling.ts';
import { taskMemory } from '../facts/perf/task-memory.ts';
import { serviceUsage } from '../facts/perf/usage.ts';
import { service } from '../facts/service.ts';
import { deployedTaskDefinitions, type TaskDefinitions } from '../facts/task-definitions.ts';
import type { Scaling } from '../perf/scaling.ts';
import { perfAnswer } from './perf/answer.ts';
import { bootFinding } from './perf/boot-finding.ts';
import { cpuFindings } from './perf/cpu-findings.ts';
import { creditFindings } from './perf/credit-findings.ts';
import { perfCharts, perfDetails } from './perf/details.ts';
import { memoryFindings } from './perf/memory-findings.ts';
import { perfNotes } from './perf/notes.ts';
import { type Picture, pictureOf } from './perf/picture.ts';
import { scalingFindings } from './perf/scaling-findings.ts';
import { taskPart } from './perf/task-part.ts';
import { nowOf } from './service-state.ts';

/**
 * What the tasks of a service use of their CPU and memory, and whether its scaling follows. Running against desired
 * comes first: no task, no metric.
 */
export const perf = defineCheck({
  id: 'perf',
  question: 'what its tasks use, and whether it scales',
  needs: { service },
  wants: {
    serviceUsage,
    containerInsights,
    serviceHosts,
    deployedTaskDefinitions,
    recentStops,
    scalableTarget,
    scalingPolicies,
    serviceScalingActivities,
    scalingAlarms,
    taskMemory,
  },
  judge(facts, context): Outcome {
    const task = taskPart(facts.taskMemory, context);
    if (!facts.service) return { findings: [], ...task, answer: task.answer ?? notOfService };
    const details = { now: nowOf(facts.service, []), ...task.details };
    const usage = readOf(facts.serviceUsage);
    if (!usage) return { findings: [], ...task, details, answer: task.answer ?? unread(facts.serviceUsage) };
    const picture = pictureOf(
      {
        service: facts.service,
        usage,
        definitions: readOf(facts.deployedTaskDefinitions),
        stops: readOf(facts.recentStops),
      },
      context,
    );
    const scaling = scalingOf(facts);
    const memory = memoryFindings(picture);
    return {
      findings: [
        ...memory,
        ...cpuFindings(picture),
        ...creditFindings(picture),
        ...bootFinding(picture),
        ...(scaling ? scalingFindings(picture, scaling) : []),
      ],
      details: {
        ...details,
        perf: perfDetails(picture, { scaling, sampled: isSampled(facts.containerInsights) }),
        charts: perfCharts(picture, { scaling, memoryFirst: memory.length > 0 }),
        notes: [...(task.details?.notes ?? []), ...perfNotes(picture)],
      },
      answer: task.answer ?? perfAnswer(picture, scaling, unreadOf(facts, picture)),
      notChecked: task.notChecked,
    };
  },
});

const notOfService = {
  state: 'unknown',
  headline: 'only a service has metrics of its own; why-stopped and logs read a task',
} as const;

/** Whether Container Insights writes samples of every task. */
function isSampled(mode: Settled<string> | undefined): boolean {
  return mode?.ok === true && mode.value !== 'disabled';
}

function unread(usage: Settled<unknown> | undefined): Outcome['answer'] {
  if (usage === undefined || usage.ok) return { state: 'unknown', headline: 'its metrics have not come yet' };
  const { missing } = usage.failure;
  const why = missing === undefined ? 'AWS gave no usable answer' : `not allowed to call ${missing}`;
  return { state: 'unknown', headline: `could not tell what its tasks use, ${why}` };
}

type Beside =
  | 'scalableTarget'
  | 'scalingPolicies'
  | 'scalingAlarms'
  | 'serviceScalingActivities'
  | 'recentStops'
  | 'containerInsights';

/** What was asked for beside the metrics and could not be had, each in words that read on before "could not be read". */
function unreadOf(
  facts: { [Name in Beside]?: Settled<unknown> } & {
    deployedTaskDefinitions?: Settled<TaskDefinitions>;
    serviceHosts?: Settled<Hosts>;
  },
  { definition }: Picture,
): string[] {
  const failed = (settled: Settled<unknown> | undefined) => settled?.ok === false;
  const scaling = [
    facts.scalableTarget,
    facts.scalingPolicies,
    facts.scalingAlarms,
    facts.serviceScalingActivities,
  ].some(failed);
  const restarts = (definition?.containerDefinitions ?? []).some(
    ({ restartPolicy }) => restartPolicy?.enabled,
  );
  return [
    ...(scaling ? ['whether its scaling follows'] : []),
    ...(failed(facts.recentStops) ? ['whether tasks stopped for memory'] : []),
    ...(failed(facts.deployedTaskDefinitions) ? ['where its memory ends'] : []),
    ...(failed(facts.serviceHosts) ? ['whether its instances have CPU credits'] : []),
    ...(readOf(facts.serviceHosts)?.more
      ? ['whether its instances beyond the first 100 have CPU credits']
      : []),
    // Only a container with a restart policy is started anew within its task, which no stop tells of.
    ...(failed(facts.containerInsights) && restarts ? ['whether its containers were started anew'] : []),
  ];
}

/** Null where it is not known whether anything scales the service. */
function scalingOf(facts: {
  scalableTarget?: Settled<Scaling['target'] | undefined>;
  scalingPolicies?: Settled<NonNullable<Scaling['policies']>>;
  serviceScalingActivities?: Settled<NonNullable<Scaling['activities']>>;
  scalingAlarms?: Settled<NonNullable<Scaling['alarms']>>;
}): Scaling | undefined | null {
  if (!facts.scalableTarget?.ok) return null;
  const target = facts.scalableTarget.value;
  if (!target) return undefined;
  return {
    target,
    policies: readOf(facts.scalingPolicies),
    activities: readOf(facts.serviceScalingActivities),
    alarms: readOf(facts.scalingAlarms),
  };
}
