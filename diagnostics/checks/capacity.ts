import type { Service, Task } from '@aws-sdk/client-ecs';
import { defineCheck, type Outcome } from '../check.ts';
import { explain } from '../explain.ts';
import { capacityProviders } from '../facts/capacity-providers.ts';
import { constraintMatches } from '../facts/constraint-matches.ts';
import { containerInstances } from '../facts/container-instances.ts';
import { interfaceLimits } from '../facts/interface-limits.ts';
import { scalingGroups } from '../facts/scaling-groups.ts';
import { service } from '../facts/service.ts';
import { subnets } from '../facts/subnets.ts';
import { deployedTaskDefinitions } from '../facts/task-definitions.ts';
import { tasks } from '../facts/tasks.ts';
import { isStuck, normalOf, stationOf } from '../pending/phases.ts';
import { computeOf, missingTasks } from '../placement/compute.ts';
import { judgeFargate } from './capacity/fargate.ts';
import { judgeInstances } from './capacity/instance-finding.ts';
import { providerChain } from './capacity/provider-chain.ts';

/** Where the next task of the service could be placed, and if nowhere, what is short and why no more comes. */
export const capacity = defineCheck({
  id: 'capacity',
  question: 'where its tasks could be placed',
  deepens: true,
  needs: { service },
  wants: {
    tasks,
    deployedTaskDefinitions,
    containerInstances,
    constraintMatches,
    interfaceLimits,
    capacityProviders,
    scalingGroups,
    subnets,
  },
  judge(facts, context): Outcome {
    const described = facts.service;
    if (!described) return { findings: [] };
    const network = facts.subnets?.ok ? facts.subnets.value.found : [];
    if (computeOf(described).kind === 'fargate') return judgeFargate(described, network, context);
    const settled = [
      facts.tasks,
      facts.constraintMatches,
      facts.interfaceLimits,
      facts.scalingGroups,
      facts.subnets,
    ];
    // Half the facts make another candidate of every instance: nothing is said until all have come.
    if (settled.includes(undefined) || !facts.containerInstances?.ok) return { findings: [] };
    const instances = facts.containerInstances.value;
    const running = facts.tasks?.ok ? facts.tasks.value.running : [];
    const stopped = facts.tasks?.ok ? facts.tasks.value.stopped : [];
    const definition = facts.deployedTaskDefinitions?.ok
      ? facts.deployedTaskDefinitions.value[described.taskDefinition ?? '']
      : undefined;
    const tasksRead = facts.tasks?.ok === true;
    if (
      !instances ||
      !definition ||
      !isPlacementTrouble(described, running, stopped, tasksRead, context.scope.now)
    ) {
      return { findings: [] };
    }
    const groups = facts.scalingGroups?.ok ? facts.scalingGroups.value : [];
    const chain = providerChain({
      providers: facts.capacityProviders?.ok ? facts.capacityProviders.value : { found: [], missing: [] },
      groups,
      instances: instances.instances,
      complete: instances.complete,
      target: context.target,
      now: context.scope.now,
    });
    const outcome = judgeInstances(
      {
        service: described,
        definition,
        instances,
        constraints: facts.constraintMatches?.ok ? facts.constraintMatches.value : [],
        interfaces: facts.interfaceLimits?.ok ? facts.interfaceLimits.value : {},
        zones: facts.subnets?.ok
          ? network.flatMap(({ AvailabilityZone }) => AvailabilityZone ?? [])
          : undefined,
        running: facts.tasks?.ok && facts.tasks.value.runningComplete ? running : undefined,
        chain: {
          ...chain,
          // A service without a strategy has no provider that could bring an instance.
          unread:
            computeOf(described).providers.length === 0
              ? []
              : [
                  ...(facts.capacityProviders?.ok ? [] : ['ecs:DescribeCapacityProviders']),
                  ...(facts.scalingGroups?.ok ? [] : ['autoscaling:DescribeAutoScalingGroups']),
                  ...chain.unread,
                ],
        },
      },
      context,
    );
    return { ...outcome, notChecked: groups.flatMap(({ unread }) => unread ?? []).slice(0, 1) };
  },
});

/** A repeated event is held back for six hours. Milliseconds. */
const eventWindow = 6 * 3_600_000;
/** Milliseconds in which the scheduler comes round by itself. */
const schedulerRound = 2 * 60_000;

/** Placement is where it fails: an event says so, a task waits too long for an instance, or none is on its way. */
function isPlacementTrouble(
  described: Service,
  running: readonly Task[],
  stopped: readonly Task[],
  tasksRead: boolean,
  now: Date,
): boolean {
  const missing = missingTasks(described);
  const coming = running
    .flatMap((task) => stationOf(task) ?? [])
    .filter(({ phase }) => phase !== 'placement');
  if (missing === 0 || coming.length >= missing) return false;
  const waits = running.some((task) => {
    const station = stationOf(task);
    if (station?.phase !== 'placement') return false;
    return isStuck(task, station, normalOf('placement', [...running, ...stopped]), now);
  });
  // Tasks that were not read are not tasks that are not there.
  return (
    waits || speaksOfPlacement(described, now) || (tasksRead && isSilent(described, running, stopped, now))
  );
}

function speaksOfPlacement({ events = [], deployments = [] }: Service, now: Date): boolean {
  const begun = deployments.find(({ status }) => status === 'PRIMARY')?.createdAt?.getTime() ?? 0;
  // What was said before the service was whole, or before what it deploys now, is history.
  const steady = events.find(({ message }) => /has reached a steady state/.test(message ?? ''));
  const from = Math.max(begun, steady?.createdAt?.getTime() ?? 0, now.getTime() - eventWindow);
  return events
    .filter(({ createdAt }) => (createdAt?.getTime() ?? 0) >= from)
    .some(({ message = '' }) => {
      const [read] = explain({ where: 'service.event', text: message });
      return read?.cause.startsWith('capacity-') ?? false;
    });
}

function isSilent(
  { deployments = [], pendingCount = 0 }: Service,
  running: readonly Task[],
  stopped: readonly Task[],
  now: Date,
): boolean {
  const primary = deployments.find(({ status }) => status === 'PRIMARY');
  const since = primary?.updatedAt ?? primary?.createdAt;
  const old = since === undefined || now.getTime() - since.getTime() > schedulerRound;
  return (
    old &&
    pendingCount === 0 &&
    stopped.length === 0 &&
    running.every((task) => stationOf(task) === undefined)
  );
}
